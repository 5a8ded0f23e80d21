import { createHmac } from 'node:crypto';

/** Every authenticator app knows these and few know others. */
export const totpForm = { digits: 6, seconds: 30, hash: 'sha1' } as const;

type Form = { readonly digits: number; readonly hash: 'sha1' | 'sha256' | 'sha512' };

/** The code of a step, leading zeros included. @see RFC 6238 §4.2, RFC 4226 §5.3 */
export function totpCode(secret: Uint8Array, step: number, { digits, hash }: Form = totpForm): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac(hash, secret).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0x0f;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** Steps of 30 s since 1970. */
export function stepAt(at: Temporal.Instant): number {
  return Math.floor(at.epochMilliseconds / 1000 / totpForm.seconds);
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base32 without padding, as apps take a secret that is typed (RFC 4648 §6). */
export function base32(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet[(held >> (bits - 5)) & 31];
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + alphabet[(held << (5 - bits)) & 31];
}

/** What the app reads from the picture. */
export function totpAddress(secret: Uint8Array, { issuer, account }: { issuer: string; account: string }): string {
  const label = [issuer, account].map((part) => encodeURIComponent(part.toWellFormed())).join(':');
  const query = new URLSearchParams({ secret: base32(secret), issuer: issuer.toWellFormed() });
  // Apps read a plus sign as a plus sign, not as the space that forms mean by it.
  return `otpauth://totp/${label}?${query.toString().replaceAll('+', '%20')}`;
}
