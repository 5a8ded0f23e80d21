import { Claim, Evidence, type Reader } from '#design';
import { supportText } from './support-text.ts';

/** The reply-time promise and how it is kept, by the last count that stands in the log. Unanswered questions are in it. */
export type ReplyPromise = {
  /** In the reader's language, from the organisation's settings: `16 business hours`. `null` when none is promised. */
  within: string | null;
  answeredInTime: number;
  answeredLate: number;
  /** Past the deadline and without an answer: as broken as a late one. */
  openLate: number;
  /** Not answered, deadline still ahead: counted neither way. */
  openInTime: number;
  /** Index of the public statement of the count. */
  entry: number | null;
  countedAt: Temporal.Instant | null;
};

/** The promise as a row with its mark. Without a promise or without a case it is unknown, never kept. */
export function ReplyPromiseClaim(props: { promise: ReplyPromise; organisation: string; reader: Reader; level?: 2 | 3 }) {
  const { promise, organisation, reader, level = 3 } = props;
  const t = supportText(reader.locale);
  const { within, answeredInTime, answeredLate, openLate, openInTime } = promise;
  const missed = answeredLate + openLate;
  const due = answeredInTime + missed;
  const broken = missed > 0;
  const tone = within === null || due === 0 ? 'unknown' : broken ? 'broken' : 'kept';
  const figure = due === 0 ? '?' : percent(answeredInTime, due);
  const mark = { kind: 'measured', state: tone === 'unknown' ? 'unknown' : broken ? 'broken' : 'current', figure } as const;
  return (
    <Claim
      tone={tone}
      level={level}
      state={tone === 'broken' ? t('promise.broken', { n: missed }) : t(`promise.${tone}`)}
      title={within === null ? t('promise.none', { organisation }) : t('promise.text', { within })}
      evidence={
        <Evidence
          mark={mark}
          who={t('promise.who')}
          remedy={within === null ? t('promise.remedy.none') : t('promise.remedy.empty')}
          since={promise.countedAt ?? undefined}
          entry={promise.entry ?? undefined}
        />
      }
    >
      <p>{t('promise.counts', { due, inTime: answeredInTime, waiting: openInTime })}</p>
      {openLate > 0 && <p>{t('promise.overdue', { n: openLate })}</p>}
    </Claim>
  );
}

/** Rounded down, so that 399 of 400 never reads as 100 %. */
function percent(part: number, whole: number): string {
  return `${Math.floor((part / whole) * 100)}%`;
}
