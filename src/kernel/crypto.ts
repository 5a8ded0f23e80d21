import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

const version = 1;
const nonceLength = 12;
const tagLength = 16;

/** 32-byte key for one purpose. Separate purposes never share a key, so a box of one can never be opened as another. */
export function deriveKey(secret: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(0), `troth/v1/${purpose}`, 32));
}

/**
 * Encrypts and binds to a place (AES-256-GCM): a box moved to another row or column does not open.
 * @param place Names row and column, for example `ledger.subject/<id>/key`.
 * @returns version byte ‖ nonce (12) ‖ ciphertext ‖ tag (16).
 */
export function seal(key: Uint8Array, place: string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place));
  return Buffer.concat([Buffer.from([version]), nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** @throws Error when the key, the place or a single bit differs. */
export function unseal(key: Uint8Array, place: string, box: Uint8Array): Buffer {
  if (box[0] !== version || box.length < 1 + nonceLength + tagLength)
    throw new Error(`sealed box at ${place} has an unknown format`);
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(1, 1 + nonceLength))
    .setAAD(Buffer.from(place))
    .setAuthTag(box.subarray(box.length - tagLength));
  return Buffer.concat([decipher.update(box.subarray(1 + nonceLength, box.length - tagLength)), decipher.final()]);
}

export function sha256(...parts: readonly (Uint8Array | string)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
