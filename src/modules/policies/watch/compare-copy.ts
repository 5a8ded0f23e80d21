import { alignSequences } from '../text/align-sequences.ts';
import { splitClauses } from '../text/clauses.ts';
import { pairSimilar } from '../text/pair-similar.ts';
import { plainForm } from './plain-form.ts';

export type Difference = {
  readonly kind: 'missing' | 'reworded' | 'added';
  /** What the version says; empty for `added`. */
  readonly ours: string;
  /** What the copy says; empty for `missing`. */
  readonly theirs: string;
};

export type CopyComparison = {
  readonly missing: number;
  readonly reworded: number;
  readonly added: number;
  /** In reading order, at most 20 of each kind, long ones cut to where they differ. */
  readonly shown: readonly Difference[];
};

const mostShown = 20;
const longestShown = 600;
/** A page may have some hundreds of lines of its own around the text; the work is at most the square of this. */
const mostEdits = 3_000;

/**
 * Compares what a page says with the text it should show, both Markdown. White space, quotes, dashes and compatibility forms do not
 * count, nor does where a paragraph ends. What stands before the first and after the last passage of ours belongs to the page; a
 * passage of theirs between ours is a difference, except a heading of ours once more, as a table of contents repeats it.
 */
export function compareCopy(ours: string, theirs: string): CopyComparison {
  const own = splitClauses(ours).map(({ block, text }) => ({ block, text: plainForm(text) }));
  const wanted = own.map(({ text }) => text).filter(saysSomething);
  const found = splitClauses(theirs)
    .map(({ text }) => plainForm(text))
    .filter(saysSomething);
  const headings = new Set(own.flatMap(({ block, text }) => (block === 'heading' ? [text] : [])));
  const anchors = settle(anchorsOf(wanted, found), found);
  const differences: Difference[] = [];
  let [i, j] = [0, 0];
  for (const [at, there] of [...anchors, [wanted.length, found.length] as const]) {
    const open = { before: i === 0, after: at === wanted.length };
    differences.push(...compareGap(wanted.slice(i, at), found.slice(j, there), open));
    [i, j] = [at + 1, there + 1];
  }
  return summary(differences.filter(({ kind, theirs: text }) => kind !== 'added' || !headings.has(text)));
}

/** A row of empty cells is nothing but bars. */
function saysSomething(text: string): boolean {
  return /[^| ]/.test(text);
}

type Anchor = readonly [ours: number, theirs: number];

function anchorsOf(wanted: readonly string[], found: readonly string[]): Anchor[] {
  return alignSequences(wanted, found, mostEdits).flatMap(({ same, before, after }) =>
    same ? Array.from({ length: before[1] - before[0] }, (_, n): Anchor => [before[0] + n, after[0] + n]) : [],
  );
}

/** A page says some passages twice, above in its contents and below in its footer. The one meant is the one nearest to the text. */
function settle(anchors: readonly Anchor[], found: readonly string[]): Anchor[] {
  const settled = [...anchors];
  const last = settled.at(-1);
  if (!last) return [];
  const from = (settled.at(-2)?.[1] ?? -1) + 1;
  settled[settled.length - 1] = [last[0], found.indexOf(found[last[1]] ?? '', from)];
  for (let n = settled.length - 2; n >= 0; n--) {
    const [at, there] = settled[n] ?? last;
    const end = (settled[n + 1] ?? last)[1];
    let place = end - 1;
    while (place > there && found[place] !== found[there]) place--;
    settled[n] = [at, place];
  }
  return settled;
}

/** @param open On this side of the gap there is nothing of ours, so what stands there is the page around the text. */
function compareGap(
  wanted: readonly string[],
  found: readonly string[],
  open: { readonly before: boolean; readonly after: boolean },
): Difference[] {
  if (wanted.length === 0) return open.before || open.after ? [] : found.map(added);
  const whole = findWhole(wanted, found);
  if (whole) {
    const [first, last] = whole.pieces;
    return [
      ...(open.before ? [] : found.slice(0, first).map(added)),
      ...whole.rests.filter((rest) => rest !== '').map(added),
      ...(open.after ? [] : found.slice(last + 1).map(added)),
    ];
  }
  const pairs = pairSimilar(wanted, found);
  const differences: Difference[] = [];
  let [i, j] = [0, 0];
  for (const [at, there] of [...pairs, [wanted.length, found.length] as const]) {
    const isPage = (open.before && j === 0) || (open.after && at === wanted.length);
    differences.push(...wanted.slice(i, at).map(missing), ...(isPage ? [] : found.slice(j, there).map(added)));
    const [one, other] = [wanted[at], found[there]];
    if (one !== undefined && other !== undefined) differences.push({ kind: 'reworded', ours: one, theirs: other });
    [i, j] = [at + 1, there + 1];
  }
  return differences;
}

const missing = (ours: string): Difference => ({ kind: 'missing', ours, theirs: '' });
const added = (theirs: string): Difference => ({ kind: 'added', ours: '', theirs });

/**
 * Our passages one after the other inside theirs, wherever theirs are cut: one of ours may be two paragraphs or two cells there.
 * @returns the first and last piece that hold them, and what those pieces say before and after.
 */
function findWhole(
  wanted: readonly string[],
  found: readonly string[],
): { readonly pieces: readonly [number, number]; readonly rests: readonly [string, string] } | null {
  const text = flat(wanted);
  const pieces = found.map((each) => flat([each]));
  const place = ` ${pieces.join(' ')} `.indexOf(` ${text} `);
  if (place < 0) return null;
  const end = place + text.length;
  let from = 0;
  let [first, last] = [-1, -1];
  const rests: [string, string] = ['', ''];
  pieces.forEach((piece, n) => {
    const to = from + piece.length;
    if (to > place && from < end) {
      if (first < 0) [first, rests[0]] = [n, piece.slice(0, Math.max(0, place - from)).trim()];
      [last, rests[1]] = [n, piece.slice(Math.max(0, end - from)).trim()];
    }
    from = to + 1;
  });
  return { pieces: [first, last], rests };
}

/** Cells are told apart by a bar that only we put there. */
function flat(texts: readonly string[]): string {
  return texts
    .join(' ')
    .split(' ')
    .filter((word) => word !== '|' && word !== '')
    .join(' ');
}

function summary(differences: readonly Difference[]): CopyComparison {
  const counts = { missing: 0, reworded: 0, added: 0 };
  const shown: Difference[] = [];
  for (const difference of differences) {
    counts[difference.kind] += 1;
    if (counts[difference.kind] <= mostShown) shown.push(cut(difference));
  }
  return { ...counts, shown };
}

function cut({ kind, ours, theirs }: Difference): Difference {
  let same = 0;
  while (same < Math.min(ours.length, theirs.length) && ours[same] === theirs[same]) same++;
  const from = Math.max(ours.length, theirs.length) > longestShown && same > 100 ? same - 100 : 0;
  const part = (text: string) =>
    `${from > 0 && text !== '' ? '… ' : ''}${text.slice(from, from + longestShown)}${text.length > from + longestShown ? ' …' : ''}`;
  return { kind, ours: part(ours), theirs: part(theirs) };
}
