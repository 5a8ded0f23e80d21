import { alignSequences, type Span } from './align-sequences.ts';
import { pairSimilar } from './pair-similar.ts';

export type Part = { kind: 'same' | 'inserted' | 'deleted'; text: string };

/** What may still be spent on comparing words, shared by all clauses of one comparison; counted down as it is used. */
export type WordBudget = { left: number };

/**
 * A clause longer than this is no prose; it is shown as taken out and put in (cutting 5 MB into sentences alone takes seconds).
 */
const longestClause = 100_000;
const mostSentenceEdits = 200;
const mostWordEdits = 300;
/** With less in common than this, a sentence of struck and inserted crumbs is harder to read than the two sentences. */
const leastShared = 0.35;

/**
 * Compares two plain texts sentence by sentence, and word by word inside sentences that became one another.
 * `same` and `inserted` parts joined give `after`, `same` and `deleted` give `before`, both up to white space at the very end.
 */
export function diffSentences(before: string, after: string, language: string, budget: WordBudget): Part[] {
  if (before === after) return joined([{ kind: 'same', text: after }]);
  if (before.length > longestClause || after.length > longestClause) return replaced(before, after);
  const old = sentences(before, language);
  const now = sentences(after, language);
  const parts: Part[] = [];
  for (const { same, before, after } of alignSequences(keysOf(old), keysOf(now), mostSentenceEdits)) {
    if (same)
      for (let step = 0; step < after[1] - after[0]; step++)
        parts.push({ kind: 'same', text: longer(old[before[0] + step], now[after[0] + step]) });
    else parts.push(...diffReplaced(old.slice(...before), now.slice(...after), language, budget));
  }
  return joined(parts);
}

function diffReplaced(old: string[], now: string[], language: string, budget: WordBudget): Part[] {
  const parts: Part[] = [];
  let i = 0;
  let j = 0;
  for (const [before, after] of pairSimilar(old, now)) {
    parts.push(...replaced(old.slice(i, before).join(''), now.slice(j, after).join('')));
    parts.push(...diffWords(old[before] ?? '', now[after] ?? '', language, budget));
    i = before + 1;
    j = after + 1;
  }
  return [...parts, ...replaced(old.slice(i).join(''), now.slice(j).join(''))];
}

function diffWords(before: string, after: string, language: string, budget: WordBudget): Part[] {
  const old = words(before, language);
  const now = words(after, language);
  const cost = (old.length + now.length) * Math.min(mostWordEdits, old.length + now.length);
  if (cost > budget.left) return replaced(before, after);
  budget.left -= cost;
  const parts: Part[] = [];
  let gap: { before: Span; after: Span } | null = null;
  const close = () => {
    if (gap) parts.push(...replaced(old.slice(...gap.before).join(''), now.slice(...gap.after).join('')));
    gap = null;
  };
  const stretches = alignSequences(old, now, mostWordEdits);
  stretches.forEach((stretch, index) => {
    const text = now.slice(...stretch.after).join('');
    // A comma or an "of" left standing between two changes breaks one change into two that say nothing.
    const crumb = stretch.same && text.trim().length < 4 && index > 0 && index < stretches.length - 1;
    if (stretch.same && !crumb) {
      close();
      parts.push({ kind: 'same', text });
    } else {
      gap = {
        before: [gap?.before[0] ?? stretch.before[0], stretch.before[1]],
        after: [gap?.after[0] ?? stretch.after[0], stretch.after[1]],
      };
    }
  });
  close();
  const shared = parts.reduce((length, part) => length + (part.kind === 'same' ? part.text.length : 0), 0);
  return shared < leastShared * Math.max(before.length, after.length) ? replaced(before, after) : parts;
}

function replaced(before: string, after: string): Part[] {
  return [
    { kind: 'deleted', text: before },
    { kind: 'inserted', text: after },
  ];
}

/** Without empty parts, and neighbours of one kind as one. */
function joined(parts: readonly Part[]): Part[] {
  const result: Part[] = [];
  for (const { kind, text } of parts) {
    const last = result.at(-1);
    if (last?.kind === kind) last.text += text;
    else if (text !== '') result.push({ kind, text });
  }
  return result;
}

// Making a segmenter costs some 0.1 ms, cutting a sentence far less.
const segmenters = new Map<string, Intl.Segmenter>();

function segments(text: string, language: string, granularity: 'sentence' | 'word'): string[] {
  const key = `${language} ${granularity}`;
  const segmenter = segmenters.get(key) ?? new Intl.Segmenter(language, { granularity });
  segmenters.set(key, segmenter);
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Sentences with the white space that follows them; joined they are the text. */
function sentences(text: string, language: string): string[] {
  return segments(text, language, 'sentence');
}

function words(text: string, language: string): string[] {
  return segments(text, language, 'word');
}

/** The last sentence has no space after it and would differ from the same sentence in the middle. */
function keysOf(list: readonly string[]): string[] {
  return list.map((sentence, index) =>
    index === list.length - 1 && sentence === sentence.trimEnd() ? `${sentence} ` : sentence,
  );
}

function longer(left = '', right = ''): string {
  return left.length > right.length ? left : right;
}
