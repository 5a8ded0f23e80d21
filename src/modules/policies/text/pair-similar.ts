export type Pair = readonly [before: number, after: number];

/** Below this share of common words a rewording reads better as one text struck out and another put in. */
const leastSimilar = 0.4;
/** Word comparisons for one call, about 40 ms. A rewrite of 200 by 200 clauses of 35 words stays within it. */
const mostComparisons = 4_000_000;

/**
 * Finds which texts of `before` became which of `after`: the pairs, in order on both sides, whose words have most in common in
 * total. Without any pair when the lists are too long to compare each with each.
 */
export function pairSimilar(before: readonly string[], after: readonly string[]): Pair[] {
  if (before.length === 0 || after.length === 0 || before.length * after.length > mostComparisons) return [];
  const numbers = new Map<string, number>();
  const left = before.map((text) => wordNumbers(text, numbers));
  const right = after.map((text) => wordNumbers(text, numbers));
  const cost = after.length * total(left) + before.length * total(right);
  return cost > mostComparisons ? [] : bestPairs(left, right);
}

function bestPairs(left: readonly Uint32Array[], right: readonly Uint32Array[]): Pair[] {
  const width = right.length + 1;
  const cell = left.length * right.length;
  const score = new Float64Array((left.length + 1) * width);
  const likeness = new Float64Array(cell);
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const alike = similarity(left[i] ?? empty, right[j] ?? empty);
      likeness[i * right.length + j] = alike;
      const skip = Math.max(score[(i + 1) * width + j] ?? 0, score[i * width + j + 1] ?? 0);
      const pair = alike < leastSimilar ? 0 : alike + (score[(i + 1) * width + j + 1] ?? 0);
      score[i * width + j] = Math.max(skip, pair);
    }
  }
  const pairs: Pair[] = [];
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    const here = score[i * width + j] ?? 0;
    const alike = likeness[i * right.length + j] ?? 0;
    if (alike >= leastSimilar && here === alike + (score[(i + 1) * width + j + 1] ?? 0)) pairs.push([i++, j++]);
    else if (here === score[(i + 1) * width + j]) i++;
    else j++;
  }
  return pairs;
}

const empty = new Uint32Array();

/** The words of a text as sorted numbers, so that two texts are compared by one walk over both. */
export function wordNumbers(text: string, numbers: Map<string, number>): Uint32Array {
  // A script without spaces would be one single word; its letters serve instead.
  const words =
    text
      .toLowerCase()
      .match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];
  const list = Uint32Array.from(words, (word) => {
    const number = numbers.get(word) ?? numbers.size;
    numbers.set(word, number);
    return number;
  });
  return list.toSorted();
}

/** Dice's coefficient over words with repetition, 0..1. */
export function similarity(left: Uint32Array, right: Uint32Array): number {
  let common = 0;
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    const difference = (left[i] ?? 0) - (right[j] ?? 0);
    if (difference === 0) common++;
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return left.length + right.length === 0 ? 1 : (2 * common) / (left.length + right.length);
}

function total(lists: readonly Uint32Array[]): number {
  return lists.reduce((sum, list) => sum + list.length, 0);
}
