/** Entries `from` up to and including `to`. */
export type Span = { from: number; to: number };
/** One joining on the way from an entry to the root: what was covered, the neighbour it is joined with, what is covered then. */
export type Join = { own: Span; neighbour: Span; side: 'left' | 'right'; joined: Span };

/**
 * Which entries each step of an inclusion proof covers, from the entry to the whole log.
 * @throws RangeError unless 0 <= index < size.
 * @see RFC 6962, section 2.1: a tree of n entries splits at the largest power of two below n.
 */
export function proofPath(index: number, size: number): readonly Join[] {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw new RangeError(`No entry ${index} in a log of ${size}.`);
  const joins: Join[] = [];
  let joined: Span = { from: 0, to: size - 1 };
  while (joined.from < joined.to) {
    const middle = joined.from + largestPowerBelow(joined.to - joined.from + 1);
    const left = { from: joined.from, to: middle - 1 };
    const right = { from: middle, to: joined.to };
    const [own, neighbour] = index < middle ? [left, right] : [right, left];
    joins.push({ own, neighbour, side: index < middle ? 'right' : 'left', joined });
    joined = own;
  }
  return joins.toReversed();
}

function largestPowerBelow(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}
