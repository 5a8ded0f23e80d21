import { ed25519Signer, sha256 } from '#primitives';
import { parseBase64, toBase64 } from './base64.ts';
import { concatBytes, utf8 } from './bytes.ts';
import { parseHex, toHex } from './hex.ts';
import { done, refuse, type Outcome } from './outcome.ts';

/** What a key signs. 0x01: a note's text. 0x04: a checkpoint together with the time, as a witness. @see C2SP signed-note */
export type KeyType = 'note' | 'cosignature';

export type PublicNoteKey = {
  readonly type: KeyType;
  readonly name: string;
  /** 8 lowercase hexadecimal digits: 4 bytes derived from name, type and key. A label, too short to identify anybody. */
  readonly id: string;
  readonly publicKey: Uint8Array;
};

/** A key that can sign. `seed` is the Ed25519 private key of RFC 8032: 32 bytes. */
export type SecretNoteKey = PublicNoteKey & { readonly seed: Uint8Array };

export type KeyRefusal = 'key/not-a-key' | 'key/name-invalid' | 'key/type-unsupported' | 'key/id-mismatch';

const typeBytes = { note: 0x01, cosignature: 0x04 } as const;

/** Names are non-empty and hold neither `+` nor any Unicode space or control character. */
export function isKeyName(name: string): boolean {
  return name !== '' && name.isWellFormed() && !/[\s+\p{White_Space}\p{Cc}]/u.test(name);
}

/** @throws RangeError on an invalid name or a key that is not 32 bytes. */
export function publicNoteKey(type: KeyType, name: string, publicKey: Uint8Array): PublicNoteKey {
  if (!isKeyName(name)) throw new RangeError(`"${name}" cannot name a key`);
  if (publicKey.length !== 32) throw new RangeError('an Ed25519 key is 32 bytes');
  const id = sha256(concatBytes(utf8(`${name}\n`), Uint8Array.of(typeBytes[type]), publicKey)).subarray(0, 4);
  return { type, name, id: toHex(id), publicKey };
}

/** The key pair of a 32-byte seed. @throws RangeError on an invalid name or seed. */
export function secretNoteKey(type: KeyType, name: string, seed: Uint8Array): SecretNoteKey {
  return { ...publicNoteKey(type, name, ed25519Signer(seed).publicKey), seed };
}

/** SHA-256 of the raw 32-byte public key in lowercase hexadecimal: what people compare, whatever name and use the key has. */
export function fingerprintOf({ publicKey }: PublicNoteKey): string {
  return toHex(sha256(publicKey));
}

/** `name+id+base64(type ‖ public key)`. */
export function encodeVkey({ type, name, id, publicKey }: PublicNoteKey): string {
  return `${name}+${id}+${typedBase64(type, publicKey)}`;
}

/** `PRIVATE+KEY+name+id+base64(type ‖ seed)`, the form of Go's sumdb/note. */
export function encodeSkey({ type, name, id, seed }: SecretNoteKey): string {
  return `PRIVATE+KEY+${name}+${id}+${typedBase64(type, seed)}`;
}

export function parseVkey(text: string): Outcome<PublicNoteKey, KeyRefusal> {
  return parseKey(text, publicNoteKey);
}

export function parseSkey(text: string): Outcome<SecretNoteKey, KeyRefusal> {
  const prefix = 'PRIVATE+KEY+';
  return text.startsWith(prefix) ? parseKey(text.slice(prefix.length), secretNoteKey) : refuse('key/not-a-key');
}

function parseKey<Key extends PublicNoteKey>(
  text: string,
  make: (type: KeyType, name: string, bytes: Uint8Array) => Key,
): Outcome<Key, KeyRefusal> {
  // The base64 part may hold "+" itself, so only the first two separate.
  const [, name, id, encoded] = /^([^+]*)\+([^+]*)\+(.*)$/s.exec(text) ?? [];
  const typed = encoded === undefined ? null : parseBase64(encoded);
  if (name === undefined || id === undefined || !typed || parseHex(id)?.length !== 4) return refuse('key/not-a-key');
  if (!isKeyName(name)) return refuse('key/name-invalid');
  const type = typed[0] === typeBytes.note ? 'note' : typed[0] === typeBytes.cosignature ? 'cosignature' : null;
  if (!type) return refuse('key/type-unsupported', { type: typed[0] ?? -1 });
  if (typed.length !== 33) return refuse('key/not-a-key');
  const key = make(type, name, typed.slice(1));
  return key.id === id ? done(key) : refuse('key/id-mismatch', { expected: key.id, found: id });
}

function typedBase64(type: KeyType, bytes: Uint8Array): string {
  return toBase64(concatBytes(Uint8Array.of(typeBytes[type]), bytes));
}
