import { diffArrays } from 'diff';

/** A stretch of two sequences: `same` for equal elements, else what stands in `before` was replaced by what stands in `after`. */
export type Stretch = { same: boolean; before: Span; after: Span };
/** Half-open: first index, and the index after the last. */
export type Span = readonly [from: number, to: number];

/**
 * Aligns two sequences by equality, in order. The stretches cover both completely; no two neighbours are both same or both
 * replaced.
 * @param maxEdits Insertions and deletions tried for (Myers' D). The work is at most about maxEdits² plus the length; beyond it
 *   only elements that occur exactly once on both sides are matched, so that a rewritten text costs no more than an edited one.
 */
export function alignSequences(before: readonly string[], after: readonly string[], maxEdits: number): Stretch[] {
  let head = 0;
  const shorter = Math.min(before.length, after.length);
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const middleBefore = before.slice(head, before.length - tail);
  const middleAfter = after.slice(head, after.length - tail);
  const runs = middleBefore.length > 0 && middleAfter.length > 0 ? matchRuns(middleBefore, middleAfter, maxEdits) : [];
  return stretchesOf(
    [
      { before: 0, after: 0, length: head },
      ...runs.map((run) => ({ before: run.before + head, after: run.after + head, length: run.length })),
    ],
    tail,
    before.length,
    after.length,
  );
}

type Run = { before: number; after: number; length: number };

function stretchesOf(runs: Run[], tail: number, beforeLength: number, afterLength: number): Stretch[] {
  const stretches: Stretch[] = [];
  let before = 0;
  let after = 0;
  for (const run of [...runs, { before: beforeLength - tail, after: afterLength - tail, length: tail }]) {
    if (run.before > before || run.after > after)
      stretches.push({ same: false, before: [before, run.before], after: [after, run.after] });
    const last = stretches.at(-1);
    before = run.before + run.length;
    after = run.after + run.length;
    if (run.length === 0) continue;
    if (last?.same)
      stretches[stretches.length - 1] = { same: true, before: [last.before[0], before], after: [last.after[0], after] };
    else stretches.push({ same: true, before: [run.before, before], after: [run.after, after] });
  }
  return stretches;
}

function matchRuns(before: string[], after: string[], maxEdits: number): Run[] {
  const changes = diffArrays(before, after, { maxEditLength: maxEdits });
  if (!changes) return matchUnique(before, after);
  const runs: Run[] = [];
  const at = { before: 0, after: 0 };
  for (const { added, removed, count } of changes) {
    if (!added && !removed) runs.push({ ...at, length: count });
    if (!added) at.before += count;
    if (!removed) at.after += count;
  }
  return runs;
}

/**
 * The longest ordered choice among elements that occur once on each side (the anchors of Bram Cohen's patience diff), O(n log
 * n).
 */
function matchUnique(before: string[], after: string[]): Run[] {
  const placeBefore = uniquePlaces(before);
  const candidates: { before: number; after: number; previous: number }[] = [];
  // piles[k] is the candidate that ends a rising chain of length k + 1 at the smallest place in `before`.
  const piles: number[] = [];
  for (const [element, place] of uniquePlaces(after)) {
    const other = placeBefore.get(element);
    if (other === undefined) continue;
    let low = 0;
    let high = piles.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((candidates[piles[middle] ?? 0]?.before ?? 0) < other) low = middle + 1;
      else high = middle;
    }
    piles[low] = candidates.length;
    candidates.push({ before: other, after: place, previous: piles[low - 1] ?? -1 });
  }
  const runs: Run[] = [];
  let chosen = candidates[piles.at(-1) ?? -1];
  while (chosen) {
    runs.push({ before: chosen.before, after: chosen.after, length: 1 });
    chosen = candidates[chosen.previous];
  }
  return runs.toReversed();
}

function uniquePlaces(elements: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  const repeated = new Set<string>();
  elements.forEach((element, index) => {
    if (places.has(element)) repeated.add(element);
    places.set(element, index);
  });
  for (const element of repeated) places.delete(element);
  return places;
}
