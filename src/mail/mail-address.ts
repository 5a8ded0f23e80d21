import { domainToASCII } from 'node:url';

const localPart = /^[^\s@<>(),;:"[\]\\\p{Cc}\p{Cf}]+$/u;
const domain = /^(localhost|[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+)$/;

/**
 * One form of an address that somebody typed: the domain in small ASCII letters (`bücher.example` becomes `xn--bcher-kva.example`),
 * the part before it composed (NFC) and otherwise as typed, since only its owner knows whether case matters there.
 * @returns `null` for what cannot be an address. Quoted local parts and address literals count as such: nobody has one.
 * @see RFC 6531 §3.3, RFC 5321 §4.5.3.1
 */
export function mailAddress(typed: string): string | null {
  const text = typed.trim().normalize('NFC');
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  if (at < 1 || Buffer.byteLength(local) > 64 || !localPart.test(local)) return null;
  const host = domainToASCII(text.slice(at + 1));
  if (!domain.test(host) || host.length + Buffer.byteLength(local) > 253) return null;
  return `${local}@${host}`;
}
