import { randomBytes } from 'node:crypto';
import { sha256 } from '#kernel/crypto';

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz';

/** `troth_`, eight characters that tell which key it is, and 256 random bits. Its form is one that scanners for secrets can look for. */
export const keyForm = /^troth_([0-9a-z]{8})_([A-Za-z0-9_-]{43})$/;

/** @returns the whole key, told once; of its secret only the hash is kept. */
export function newSecret(): { key: string; prefix: string; secretHash: Buffer } {
  // 252 is the largest multiple of 36 in a byte; the bytes above would make some letters likelier.
  const bytes = [...randomBytes(64)].filter((byte) => byte < 252).slice(0, 8);
  const prefix = bytes.map((byte) => alphabet[byte % 36]).join('');
  const secret = randomBytes(32).toString('base64url');
  return { key: `troth_${prefix}_${secret}`, prefix, secretHash: sha256(secret) };
}
