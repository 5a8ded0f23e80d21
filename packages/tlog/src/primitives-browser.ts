import { ed25519 } from '@noble/curves/ed25519.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 as sha256OfNoble } from '@noble/hashes/sha2.js';

// WebCrypto is left out on purpose: its digest is asynchronous and reaches about 26,000 tree hashes per second, noble 278,000.

/** SHA-256 of the bytes: 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return sha256OfNoble(bytes);
}

/** HMAC-SHA-256: 32 bytes. */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  return hmac(sha256OfNoble, key, message);
}

/** @throws RangeError when the seed is not 32 bytes (RFC 8032 §5.1.5). */
export function ed25519Signer(seed: Uint8Array): { publicKey: Uint8Array; sign: (message: Uint8Array) => Uint8Array } {
  if (seed.length !== 32) throw new RangeError('an Ed25519 seed is 32 bytes');
  const secret = seed.slice();
  return { publicKey: ed25519.getPublicKey(secret), sign: (message) => ed25519.sign(message, secret) };
}

/** Whether `signature` is the key's Ed25519 signature over `message`; false for keys and signatures of a wrong form too. */
export function ed25519Verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  // RFC 8032 rules rather than ZIP 215, so that the browser refuses what OpenSSL refuses.
  return ed25519.verify(signature, message, publicKey, { zip215: false });
}
