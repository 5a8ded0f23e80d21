/** What a change means for the reader, as a person judged it. */
export const changeClasses = ['adverse', 'material', 'editorial'] as const;
export type ChangeClass = (typeof changeClasses)[number];

/** How long before its effect a change is told. Days and months of the calendar; 0 days: at the latest when it takes effect. */
export type NoticePeriod =
  | { readonly unit: 'days'; readonly count: number }
  | { readonly unit: 'months'; readonly count: number };

type Words = { readonly en: string; readonly de: string };

/** One rule about notice, as data that cites its source. A rule that changes gets a new version beside the old one, for ever. */
export type NoticeRule = {
  readonly id: string;
  readonly version: number;
  readonly title: Words;
  /** Law, and the article in it; `null` for what is not law. */
  readonly article: string | null;
  readonly source: string | null;
  /** The day on which somebody compared our words with the source. */
  readonly checkedOn: string;
  /** Whom it concerns: who has to choose it. */
  readonly concerns: Words;
  /** What it asks for, in plain words. */
  readonly summary: Words;
  readonly periods: Readonly<Record<ChangeClass, NoticePeriod>>;
  /** Changes of which each person has to be told, and not only by publication. */
  readonly tellEach: readonly ChangeClass[];
};

/** The name of a rule in entries: it never changes its meaning. */
export function ruleName({ id, version }: Pick<NoticeRule, 'id' | 'version'>): string {
  return `${id}@${version}`;
}
