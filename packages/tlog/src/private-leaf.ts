import { equalBytes } from './bytes.ts';
import { done, refuse, type Outcome } from './outcome.ts';

/** A leaf of the private log: to everybody without the subject's key it is 64 random-looking bytes. Both members are 32 bytes. */
export type PrivateLeaf = { readonly label: Uint8Array; readonly commitment: Uint8Array };
export type PrivateLeafRefusal = 'leaf/length-wrong' | 'leaf/version-unknown' | 'leaf/reserved-not-zero';

/** Every private leaf has this many bytes, so that its length says nothing. */
export const privateLeafLength = 96;

/** Version 1, seven zero bytes, label, commitment, 24 zero bytes. */
export function encodePrivateLeaf({ label, commitment }: PrivateLeaf): Uint8Array {
  if (label.length !== 32 || commitment.length !== 32) throw new RangeError('label and commitment are 32 bytes each');
  const bytes = new Uint8Array(privateLeafLength);
  bytes[0] = 1;
  bytes.set(label, 8);
  bytes.set(commitment, 40);
  return bytes;
}

export function parsePrivateLeaf(bytes: Uint8Array): Outcome<PrivateLeaf, PrivateLeafRefusal> {
  if (bytes.length !== privateLeafLength)
    return refuse('leaf/length-wrong', { expected: privateLeafLength, found: bytes.length });
  if (bytes[0] !== 1) return refuse('leaf/version-unknown', { version: bytes[0] ?? 0 });
  const leaf: PrivateLeaf = { label: bytes.slice(8, 40), commitment: bytes.slice(40, 72) };
  return equalBytes(encodePrivateLeaf(leaf), bytes) ? done(leaf) : refuse('leaf/reserved-not-zero');
}

/** A leaf that stands for nothing, so that batches have a fixed step. @param random 64 bytes that nobody keeps. */
export function coverLeaf(random: Uint8Array): Uint8Array {
  if (random.length !== 64) throw new RangeError('a cover leaf needs 64 random bytes');
  return encodePrivateLeaf({ label: random.subarray(0, 32), commitment: random.subarray(32) });
}
