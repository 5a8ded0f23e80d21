import type { Secrets } from '#kernel/context';
import { deriveKey, seal, unseal } from '#kernel/crypto';

/** Boxes under a key derived from the root secret, which lies outside database and backup. */
export function secretsFrom(root: Uint8Array): Secrets {
  const key = deriveKey(root, 'database');
  return { seal: (place, plain) => seal(key, place, plain), unseal: (place, box) => unseal(key, place, box) };
}
