import { type TermKind, termsIn } from './data-terms.ts';

type Side = 'before' | 'after';

/** What the two texts say as a whole, for detectors that ask whether a thing is new. Each question is answered once. */
export type Elsewhere = {
  readonly says: (side: Side, pattern: RegExp) => boolean;
  readonly names: (side: Side, kind: TermKind, key: string) => boolean;
  /** True once for each thing: of forty new rows that all say "analytics", the first is the news. */
  readonly isFirst: (side: Side, kind: TermKind, key: string) => boolean;
};

export function openElsewhere(
  old: readonly { text: string }[],
  now: readonly { text: string }[],
  language: 'en' | 'de',
): Elsewhere {
  const texts: { before?: string; after?: string } = {};
  const textOf = (side: Side) => (texts[side] ??= (side === 'before' ? old : now).map(({ text }) => text).join('\n'));
  const said = new Map<string, boolean>();
  const named = new Map<string, ReadonlySet<string>>();
  const told = new Set<string>();
  return {
    says: (side, pattern) => {
      const question = `${side} ${pattern.source}`;
      const known = said.get(question);
      if (known !== undefined) return known;
      const answer = textOf(side).search(pattern) >= 0;
      said.set(question, answer);
      return answer;
    },
    names: (side, kind, key) => {
      const question = `${side} ${kind}`;
      const known = named.get(question) ?? new Set(termsIn(textOf(side), kind, language).map((term) => term.key));
      named.set(question, known);
      return known.has(key);
    },
    isFirst: (side, kind, key) => {
      const question = `${side} ${kind} ${key}`;
      if (told.has(question)) return false;
      told.add(question);
      return true;
    },
  };
}
