import { readTree, type TileReader, type TreeView } from './read-tree.ts';
import { isSize, splitPoint } from './tree.ts';

type Range = readonly [start: number, end: number];

/** The root of the tree of this size, read from its tiles. */
export function rootFromTiles(readTile: TileReader, size: number): Promise<Uint8Array> {
  return readTree(readTile, size).rangeHash(0, size);
}

/** The path from leaf `index` to the root of `size` leaves. @throws RangeError when index ≥ size. @see RFC 6962 §2.1.1 */
export function proveInclusion(readTile: TileReader, index: number, size: number): Promise<Uint8Array[]> {
  if (!isSize(index) || !isSize(size) || index >= size) throw new RangeError(`no leaf ${index} in a tree of ${size}`);
  return hashesOf(readTree(readTile, size), inclusionRanges(index, 0, size));
}

/** The proof that the tree of `size` begins with that of `oldSize`. @throws RangeError when it shrank. @see RFC 6962 §2.1.2 */
export function proveConsistency(readTile: TileReader, oldSize: number, size: number): Promise<Uint8Array[]> {
  if (!isSize(oldSize) || !isSize(size) || oldSize > size) throw new RangeError(`no growth from ${oldSize} to ${size}`);
  const ranges = oldSize === 0 ? [] : consistencyRanges(oldSize, 0, size, true);
  return hashesOf(readTree(readTile, size), ranges);
}

function hashesOf(tree: TreeView, ranges: readonly Range[]): Promise<Uint8Array[]> {
  return Promise.all(ranges.map(([start, end]) => tree.rangeHash(start, end)));
}

function inclusionRanges(index: number, start: number, end: number): Range[] {
  if (end - start === 1) return [];
  const split = start + splitPoint(end - start);
  return index < split
    ? [...inclusionRanges(index, start, split), [split, end]]
    : [...inclusionRanges(index, split, end), [start, split]];
}

function consistencyRanges(oldEnd: number, start: number, end: number, whole: boolean): Range[] {
  if (oldEnd === end) return whole ? [] : [[start, end]];
  const split = start + splitPoint(end - start);
  return oldEnd <= split
    ? [...consistencyRanges(oldEnd, start, split, whole), [split, end]]
    : [...consistencyRanges(oldEnd, split, end, false), [start, split]];
}
