import { alignSequences } from './align-sequences.ts';
import type { Block } from './clauses.ts';
import { normalise } from './normalise.ts';
import { pairSimilar, similarity, wordNumbers } from './pair-similar.ts';

export type Alignable = { readonly block: Block; readonly text: string; readonly heading: string };

/** Places of one clause in the old and in the new text. `moved`: it stands elsewhere among the clauses that stayed. */
export type Link = { readonly before: number | null; readonly after: number | null; readonly moved: boolean };

const mostClauseEdits = 800;
/** A clause that was reworded and moved at once is believed only when most of it is the same. */
const leastAlikeElsewhere = 0.6;
/** "Yes" that went here and "Yes" that came there are two things. */
const leastMovedLetters = 12;
const mostElsewhere = 2_000_000;

/**
 * Which clause of the old text became which of the new one: equal clauses in order, equal clauses elsewhere (moved), alike ones
 * in the same gap (reworded), alike ones elsewhere (moved and reworded). Depends on the two texts alone, takes no clock.
 * @returns Every clause of both texts once, in the order of the new one; what was taken out stands where it stood.
 */
export function alignClauses(old: readonly Alignable[], now: readonly Alignable[]): Link[] {
  const oldKeys = old.map(keyOf);
  const nowKeys = now.map(keyOf);
  const from = new Map<number, number>();
  const moved = new Set<number>();
  const taken = new Set<number>();
  const link = (before: number, after: number, isMove: boolean) => {
    from.set(after, before);
    taken.add(before);
    if (isMove) moved.add(after);
  };
  const stretches = alignSequences(oldKeys, nowKeys, mostClauseEdits);
  for (const { same, before, after } of stretches)
    if (same) for (let step = 0; step < after[1] - after[0]; step++) link(before[0] + step, after[0] + step, false);
  linkEqual(free(old, taken), freeNew(now, from), old, now, oldKeys, nowKeys, link);
  for (const { same, before, after } of stretches) {
    if (same) continue;
    const left = range(before).filter((index) => !taken.has(index));
    const right = range(after).filter((index) => !from.has(index));
    for (const [i, j] of pairSimilar(
      left.map((index) => oldKeys[index] ?? ''),
      right.map((index) => nowKeys[index] ?? ''),
    )) {
      const [was, is] = [left[i] ?? 0, right[j] ?? 0];
      if (mayBecome(old[was], now[is])) link(was, is, false);
    }
  }
  linkAlike(free(old, taken), freeNew(now, from), old, now, oldKeys, nowKeys, link);
  return inOrder(stretches, from, taken, moved);
}

/** A paragraph that became a list item still says the same; one that became a heading does not. */
function keyOf({ block, text }: Alignable): string {
  return block === 'heading' ? `# ${normalise(text)}` : normalise(text);
}

/** A heading and a paragraph with like words are two things, and so are two rows about different matters. */
function mayBecome(was: Alignable | undefined, is: Alignable | undefined): boolean {
  if (!was || !is || (was.block === 'heading') !== (is.block === 'heading')) return false;
  if (was.block !== 'table-row' || is.block !== 'table-row') return true;
  const numbers = new Map<string, number>();
  const [left, right] = [was, is].map(({ text }) => wordNumbers(text.split(' | ', 1)[0] ?? '', numbers));
  return left !== undefined && right !== undefined && similarity(left, right) >= 0.5;
}

type Linker = (before: number, after: number, isMove: boolean) => void;

/** The same words elsewhere; of several, the one under the same heading. */
function linkEqual(
  left: readonly number[],
  right: readonly number[],
  old: readonly Alignable[],
  now: readonly Alignable[],
  oldKeys: readonly string[],
  nowKeys: readonly string[],
  link: Linker,
): void {
  const places = new Map<string, number[]>();
  for (const index of left) {
    const key = oldKeys[index] ?? '';
    if (key.length < leastMovedLetters) continue;
    const list = places.get(key);
    if (list) list.push(index);
    else places.set(key, [index]);
  }
  for (const index of right) {
    const list = places.get(nowKeys[index] ?? '');
    if (!list) continue;
    // Only the first few are looked through: a line repeated ten thousand times must not cost its square.
    const near = list.slice(0, 20).findIndex((place) => old[place]?.heading === now[index]?.heading);
    const [place] = list.splice(Math.max(near, 0), 1);
    if (place !== undefined) link(place, index, true);
  }
}

const isLong = ({ words }: { words: Uint32Array }) => words.length >= 6;

function linkAlike(
  left: readonly number[],
  right: readonly number[],
  old: readonly Alignable[],
  now: readonly Alignable[],
  oldKeys: readonly string[],
  nowKeys: readonly string[],
  link: Linker,
): void {
  const numbers = new Map<string, number>();
  const wordsOf = (keys: readonly string[]) => (index: number) => ({ index, words: wordNumbers(keys[index] ?? '', numbers) });
  if (left.length * right.length > mostElsewhere) return;
  const olds = left.map(wordsOf(oldKeys)).filter(isLong);
  const news = right.map(wordsOf(nowKeys)).filter(isLong);
  const total = (list: typeof olds) => list.reduce((sum, { words }) => sum + words.length, 0);
  if (total(olds) * news.length + total(news) * olds.length > mostElsewhere) return;
  const pairs = olds.flatMap((was) =>
    news.flatMap((is) => {
      const alike = similarity(was.words, is.words);
      return alike >= leastAlikeElsewhere && mayBecome(old[was.index], now[is.index])
        ? [{ was: was.index, is: is.index, alike }]
        : [];
    }),
  );
  const used = new Set<string>();
  for (const { was, is } of pairs.toSorted((a, b) => b.alike - a.alike || a.was - b.was || a.is - b.is)) {
    if (used.has(`-${was}`) || used.has(`+${is}`)) continue;
    used.add(`-${was}`).add(`+${is}`);
    link(was, is, true);
  }
}

function inOrder(
  stretches: ReturnType<typeof alignSequences>,
  from: ReadonlyMap<number, number>,
  taken: ReadonlySet<number>,
  moved: ReadonlySet<number>,
): Link[] {
  const links: Link[] = [];
  for (const { before, after } of stretches) {
    let gone = before[0];
    const dropUpTo = (end: number) => {
      for (; gone < end; gone++) if (!taken.has(gone)) links.push({ before: gone, after: null, moved: false });
    };
    const stayed = range(after).filter((index) => from.has(index) && !moved.has(index));
    let next = 0;
    for (const index of range(after)) {
      // What went stands before what came in its place.
      dropUpTo(from.get(stayed[next] ?? -1) ?? before[1]);
      links.push({ before: from.get(index) ?? null, after: index, moved: moved.has(index) });
      if (stayed[next] === index) next++;
    }
    dropUpTo(before[1]);
  }
  return links;
}

const range = ([from, to]: readonly [number, number]) => Array.from({ length: to - from }, (_, step) => from + step);
const free = (list: readonly unknown[], taken: ReadonlySet<number>) =>
  range([0, list.length]).filter((index) => !taken.has(index));
const freeNew = (list: readonly unknown[], from: ReadonlyMap<number, number>) =>
  range([0, list.length]).filter((index) => !from.has(index));
