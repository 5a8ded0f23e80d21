import { randomBytes, randomUUID } from 'node:crypto';

/** Key for rows: time-ordered (RFC 9562 UUIDv7), so that inserts touch one end of the index. Never shown in public. */
export function rowId(now: Temporal.Instant): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now.epochMilliseconds, 0, 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Key for objects that strangers see: random, because a time-ordered one would tell when a draft was begun. */
export function objectId(): string {
  return randomUUID();
}

/** How an id is written, for the address of a route: `/people/:id{${idForm}}`. */
export const idForm = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

const wholeId = new RegExp(`^${idForm}$`);

/** Whether a text out of an address or a form can be the key of a row; PostgreSQL answers any other with an error. */
export function isId(text: string): boolean {
  return wholeId.test(text);
}

// Crockford's alphabet: no I, L, O, U, so a code survives being read aloud or copied from paper.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A receipt code of 100 random bits as `XXXXX-XXXXX-XXXXX-XXXXX`: too many to guess, so only its hash needs storing. */
export function receiptCode(): string {
  const letters = Array.from(randomBytes(20), (byte) => alphabet[byte & 31]);
  return [0, 5, 10, 15].map((from) => letters.slice(from, from + 5).join('')).join('-');
}

/** The canonical form of a typed-in code: case, spaces and the letters people confuse do not matter. `null` when it cannot be one. */
export function parseReceiptCode(typed: string): string | null {
  const letters = typed
    .toUpperCase()
    .replace(/[\s\-–]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  if (!/^[0-9A-HJKMNP-TV-Z]{20}$/.test(letters)) return null;
  return letters.replace(/(.{5})(?=.)/g, '$1-');
}
