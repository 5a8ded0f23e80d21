import { emptyRoot, hashLength, isSize, nodeHash, splitPoint } from './tree.ts';
import { equalBytes } from './bytes.ts';

/** A tree at one size. */
export type TreeHead = { readonly size: number; readonly root: Uint8Array };

type Roots = { old: Uint8Array; new: Uint8Array };

/**
 * Whether the newer tree begins with exactly the older one. From size 0 only the empty proof holds, as a C2SP witness takes it.
 * @see RFC 6962 §2.1.2
 */
export function verifyConsistency(older: TreeHead, newer: TreeHead, proof: readonly Uint8Array[]): boolean {
  if (!isSize(older.size) || !isSize(newer.size) || older.size > newer.size) return false;
  if (![older.root, newer.root, ...proof].every((hash) => hash.length === hashLength)) return false;
  if (newer.size === 0 && !equalBytes(newer.root, emptyRoot())) return false;
  if (older.size === 0) return proof.length === 0 && equalBytes(older.root, emptyRoot());
  const roots = rootsOver(older, newer.size, proof, true);
  return roots !== null && equalBytes(roots.old, older.root) && equalBytes(roots.new, newer.root);
}

/** `whole` says that the old tree as such is a subtree here; then its root is known and not repeated in the proof. */
function rootsOver(older: TreeHead, size: number, proof: readonly Uint8Array[], whole: boolean): Roots | null {
  const last = proof.at(-1);
  if (older.size === size) {
    const shared = whole ? older.root : last;
    return shared && proof.length === (whole ? 0 : 1) ? { old: shared, new: shared } : null;
  }
  if (!last) return null;
  const split = splitPoint(size);
  const below = proof.slice(0, -1);
  if (older.size <= split) {
    const left = rootsOver(older, split, below, whole);
    return left && { old: left.old, new: nodeHash(left.new, last) };
  }
  const right = rootsOver({ ...older, size: older.size - split }, size - split, below, false);
  return right && { old: nodeHash(last, right.old), new: nodeHash(last, right.new) };
}
