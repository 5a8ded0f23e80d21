import { emptyRoot, nodeHash } from './tree.ts';

/**
 * All a sequencer must keep of a tree to go on: the roots of its complete subtrees from left (largest) to right (smallest),
 * one for each binary digit 1 of `size`.
 */
export type Edge = { readonly size: number; readonly peaks: readonly Uint8Array[] };

export const emptyEdge: Edge = { size: 0, peaks: [] };

/** The edge after appending leaf hashes in order. About one node hash per leaf; the given edge stays as it was. */
export function appendLeaves(edge: Edge, leafHashes: Iterable<Uint8Array>): Edge {
  const peaks = [...edge.peaks];
  let size = edge.size;
  for (const hash of leafHashes) {
    peaks.push(hash);
    size += 1;
    for (let rest = size; rest % 2 === 0; rest /= 2) mergeLastTwo(peaks);
  }
  return { size, peaks };
}

/** The root of the whole tree: the peaks folded from the right, as RFC 6962 §2.1 nests them. */
export function rootOf(edge: Edge): Uint8Array {
  return edge.peaks.reduceRight<Uint8Array | null>((right, left) => (right ? nodeHash(left, right) : left), null) ?? emptyRoot();
}

function mergeLastTwo(peaks: Uint8Array[]): void {
  const right = peaks.pop();
  const left = peaks.pop();
  if (!left || !right) throw new RangeError('the edge has fewer peaks than its size has binary digits 1');
  peaks.push(nodeHash(left, right));
}
