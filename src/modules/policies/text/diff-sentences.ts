import { alignSequences, type Span } from './align-sequences.ts';
import { normalise } from './normalise.ts';
import { pairSimilar } from './pair-similar.ts';

export type Part = { kind: 'same' | 'inserted' | 'deleted'; text: string };

/** A sentence that is not the same in both clauses. Offsets count UTF-16 units of the clause's text as it is. */
export type SentencePair = { before: Span | null; after: Span | null };

/** What may still be spent on one comparison, shared by all its clauses; counted down as it is used. */
export type Budget = {
  /** Steps of word comparison. */
  words: number;
  /** Characters to be cut into sentences. */
  characters: number;
};

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
 * `same` and `inserted` parts joined give `after`, `same` and `deleted` give `before`, both up to white space at the very end and
 * up to what `normalise` makes one.
 * @returns `pairs` is null when the texts were too long to be cut: they are then one taken out and one put in.
 */
export function diffSentences(
  before: string,
  after: string,
  language: string,
  budget: Budget,
): { parts: Part[]; pairs: SentencePair[] | null } {
  if (before === after) return { parts: joined([{ kind: 'same', text: after }]), pairs: [] };
  const length = before.length + after.length;
  if (before.length > longestClause || after.length > longestClause || length > budget.characters)
    return { parts: joined(replaced(before, after)), pairs: null };
  budget.characters -= length;
  const old = sentences(before, language);
  const now = sentences(after, language);
  const parts: Part[] = [];
  const pairs: SentencePair[] = [];
  const place = { before: 0, after: 0 };
  for (const { same, before, after } of alignSequences(keysOf(old), keysOf(now), mostSentenceEdits)) {
    if (same) {
      for (let step = 0; step < after[1] - after[0]; step++)
        parts.push({ kind: 'same', text: spaced(now[after[0] + step], old[before[0] + step]) });
      place.before += lengthOf(old.slice(...before));
      place.after += lengthOf(now.slice(...after));
    } else diffReplaced(old.slice(...before), now.slice(...after), { language, budget, parts, pairs, place });
  }
  return { parts: joined(parts), pairs };
}

type Progress = {
  language: string;
  budget: Budget;
  parts: Part[];
  pairs: SentencePair[];
  place: { before: number; after: number };
};

function diffReplaced(old: string[], now: string[], { language, budget, parts, pairs, place }: Progress): void {
  let i = 0;
  let j = 0;
  const span = (side: 'before' | 'after', sentence = ''): Span => {
    const from = place[side];
    place[side] += sentence.length;
    return [from, from + sentence.trimEnd().length];
  };
  const upTo = (before: number, after: number) => {
    parts.push(...replaced(old.slice(i, before).join(''), now.slice(j, after).join('')));
    while (i < before) pairs.push({ before: span('before', old[i++]), after: null });
    while (j < after) pairs.push({ before: null, after: span('after', now[j++]) });
  };
  for (const [before, after] of pairSimilar(old, now)) {
    upTo(before, after);
    parts.push(...diffWords(old[before] ?? '', now[after] ?? '', language, budget));
    pairs.push({ before: span('before', old[i++]), after: span('after', now[j++]) });
  }
  upTo(old.length, now.length);
}

/** A clause that only one text has, cut the same way; null when it was too long to be cut. */
export function sentenceSpans(text: string, language: string, budget: Budget): Span[] | null {
  if (text.length > longestClause || text.length > budget.characters) return null;
  budget.characters -= text.length;
  let at = 0;
  return sentences(text, language).map((sentence) => {
    const from = at;
    at += sentence.length;
    return [from, from + sentence.trimEnd().length];
  });
}

function diffWords(before: string, after: string, language: string, budget: Budget): Part[] {
  const old = words(before, language);
  const now = words(after, language);
  const cost = (old.length + now.length) * Math.min(mostWordEdits, old.length + now.length);
  if (cost > budget.words) return replaced(before, after);
  budget.words -= cost;
  const parts: Part[] = [];
  let gap: { before: Span; after: Span } | null = null;
  const close = () => {
    if (gap) parts.push(...replaced(old.slice(...gap.before).join(''), now.slice(...gap.after).join('')));
    gap = null;
  };
  const stretches = alignSequences(old.map(wordKey), now.map(wordKey), mostWordEdits);
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

function keysOf(list: readonly string[]): string[] {
  return list.map(normalise);
}

function wordKey(word: string): string {
  return normalise(word) || ' ';
}

function lengthOf(list: readonly string[]): number {
  return list.reduce((sum, text) => sum + text.length, 0);
}

/** A sentence that moved away from the end of one text has a space after it in the other. */
function spaced(text = '', other = ''): string {
  return text === text.trimEnd() ? text + other.slice(other.trimEnd().length) : text;
}
