import { equalBytes } from './bytes.ts';
import { hashLength, isSize, nodeHash, splitPoint } from './tree.ts';

export type Inclusion = {
  /** Zero-based position of the leaf. */
  readonly index: number;
  readonly size: number;
  readonly leafHash: Uint8Array;
  /** From the leaf's sibling up to the child of the root. */
  readonly path: readonly Uint8Array[];
};

/** Whether the path leads from this leaf at this place to this root. Malformed input is simply no proof. @see RFC 6962 §2.1.1 */
export function verifyInclusion(inclusion: Inclusion, root: Uint8Array): boolean {
  const { index, size, leafHash, path } = inclusion;
  if (!isSize(index) || !isSize(size) || index >= size) return false;
  if (![leafHash, root, ...path].every((hash) => hash.length === hashLength)) return false;
  const computed = rootOver(index, size, leafHash, path);
  return computed !== null && equalBytes(computed, root);
}

function rootOver(index: number, size: number, leafHash: Uint8Array, path: readonly Uint8Array[]): Uint8Array | null {
  const sibling = path.at(-1);
  if (size === 1 || !sibling) return size === 1 && !sibling ? leafHash : null;
  const split = splitPoint(size);
  const below = path.slice(0, -1);
  if (index < split) {
    const left = rootOver(index, split, leafHash, below);
    return left && nodeHash(left, sibling);
  }
  const right = rootOver(index - split, size - split, leafHash, below);
  return right && nodeHash(sibling, right);
}
