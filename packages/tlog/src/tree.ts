import { sha256 } from '#primitives';

/** Length of every hash in the tree, in bytes. */
export const hashLength = 32;

/** SHA-256(0x00 ‖ entry). The prefix keeps an entry from posing as an inner node. @see RFC 6962 §2.1 */
export function leafHash(entry: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + entry.length);
  input.set(entry, 1);
  return sha256(input);
}

/** SHA-256(0x01 ‖ left ‖ right). @see RFC 6962 §2.1 */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + 2 * hashLength);
  input[0] = 1;
  input.set(left, 1);
  input.set(right, 1 + hashLength);
  return sha256(input);
}

/** The root of a tree without leaves: SHA-256 of nothing. */
export function emptyRoot(): Uint8Array {
  return sha256(new Uint8Array(0));
}

/** The largest power of two below `size`, where RFC 6962 splits a tree. Arithmetic only: bit operators stop at 2^31. size ≥ 2. */
export function splitPoint(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

export function isSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
