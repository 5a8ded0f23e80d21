import { sha256 } from '#primitives';
import { concatBytes } from './bytes.ts';
import { canonicalBytes, parseCanonicalJson, type Json } from './canonical-json.ts';
import { maxEntryLength } from './entry-bundle.ts';
import { toHex } from './hex.ts';
import { done, refuse, type Outcome } from './outcome.ts';
import { isTimestamp } from './timestamp.ts';

export type FieldValue = string | number | boolean | null | readonly string[];

/** A leaf of the public log: what a stranger may compute with about a statement, never its text. Hashes are lowercase hex. */
export type PublicLeaf = {
  /** Such as `policy.version-published`. */
  readonly type: string;
  /** The random public id of what the statement is about. */
  readonly object: string;
  /** 1 for the object's first leaf, then one more each. */
  readonly seq: number;
  /** RFC 6962 leaf hash of the object's previous leaf; null exactly at seq 1. */
  readonly prev: string | null;
  /** `YYYY-MM-DDTHH:mm:ss.sssZ`. */
  readonly at: string;
  /** SHA-256(salt ‖ body); null, with length 0 and media type null, when the statement has no body. */
  readonly bodyHash: string | null;
  /** Of the exact body, in bytes. */
  readonly bodyLength: number;
  readonly mediaType: string | null;
  /** Further members by type, written beside the ones above. Numbers are safe integers. */
  readonly fields: Readonly<Record<string, FieldValue>>;
};

/** Which further fields a leaf of each type may carry. A type that is not listed may not be written at all. */
export type AllowedFields = Readonly<Record<string, readonly string[]>>;

/** The types that the ledger itself writes. Modules add theirs: `{ ...publicLeafFields, 'policy.version-published': [...] }`. */
export const publicLeafFields: AllowedFields = {
  'body.withheld': ['reason', 'withheld'],
  'visibility.changed': ['from', 'to'],
};

export type PublicLeafRefusal =
  | 'leaf/not-canonical'
  | 'leaf/member-missing'
  | 'leaf/version-unknown'
  | 'leaf/type-invalid'
  | 'leaf/type-not-allowed'
  | 'leaf/object-invalid'
  | 'leaf/chain-invalid'
  | 'leaf/time-invalid'
  | 'leaf/body-invalid'
  | 'leaf/field-not-allowed'
  | 'leaf/field-invalid'
  | 'leaf/too-long';

const members = ['v', 'type', 'object', 'seq', 'prev', 'at', 'bodyHash', 'bodyLength', 'mediaType'];
const hashForm = /^[0-9a-f]{64}$/;
// One bounded class on purpose: a pattern that nests repetitions let a hostile leaf occupy the verifier for hours.
const mediaTypeForm = /^[!-~][ -~]{0,198}[!-~]$/;

/** The exact bytes of a leaf. @throws TypeError naming the refusal: a leaf outside the allow-list is a bug of its writer. */
export function encodePublicLeaf(leaf: PublicLeaf, allowed: AllowedFields): Uint8Array {
  const { fields, ...rest } = leaf;
  const refusal = firstFault(leaf) ?? faultInList(leaf, allowed);
  if (refusal) throw new TypeError(`${refusal} in a leaf of type ${leaf.type}`);
  const bytes = canonicalBytes({ ...fields, v: 1, ...rest });
  if (bytes.length > maxEntryLength) throw new TypeError(`leaf/too-long in a leaf of type ${leaf.type}`);
  return bytes;
}

/** The leaf of bytes that `encodePublicLeaf` would write. A stranger, who cannot know every type, leaves the allow-list null. */
export function parsePublicLeaf(bytes: Uint8Array, allowed: AllowedFields | null): Outcome<PublicLeaf, PublicLeafRefusal> {
  if (bytes.length > maxEntryLength) return refuse('leaf/too-long', { most: maxEntryLength });
  const value = parseCanonicalJson(bytes);
  if (!isObject(value)) return refuse('leaf/not-canonical');
  const missing = members.find((member) => !Object.hasOwn(value, member));
  if (missing) return refuse('leaf/member-missing', { member: missing });
  if (value['v'] !== 1) return refuse('leaf/version-unknown');
  const leaf = leafFrom(value);
  if (!leaf) return refuse('leaf/field-invalid');
  const fault = firstFault(leaf) ?? (allowed && faultInList(leaf, allowed));
  return fault ? refuse(fault, { type: leaf.type }) : done(leaf);
}

/** SHA-256(salt ‖ body) as hexadecimal. Without its 32 random bytes of salt a short body could be guessed. */
export function hashBody(salt: Uint8Array, body: Uint8Array): string {
  if (salt.length !== 32) throw new RangeError('the salt of a body is 32 bytes');
  return toHex(sha256(concatBytes(salt, body)));
}

function leafFrom(value: { readonly [key: string]: Json }): PublicLeaf | null {
  const { v: _, type, object, seq, prev, at, bodyHash, bodyLength, mediaType, ...fields } = value;
  if (typeof type !== 'string' || typeof object !== 'string' || typeof at !== 'string') return null;
  if (typeof seq !== 'number' || typeof bodyLength !== 'number') return null;
  if (!isTextOrNull(prev) || !isTextOrNull(bodyHash) || !isTextOrNull(mediaType)) return null;
  return hasFieldValues(fields) ? { type, object, seq, prev, at, bodyHash, bodyLength, mediaType, fields } : null;
}

function firstFault(leaf: PublicLeaf): PublicLeafRefusal | null {
  if (!/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/.test(leaf.type)) return 'leaf/type-invalid';
  if (!/^[!-~]{1,200}$/.test(leaf.object)) return 'leaf/object-invalid';
  if (!Number.isSafeInteger(leaf.seq) || leaf.seq < 1 || (leaf.seq === 1) !== (leaf.prev === null)) return 'leaf/chain-invalid';
  if (leaf.prev !== null && !hashForm.test(leaf.prev)) return 'leaf/chain-invalid';
  if (!isTimestamp(leaf.at)) return 'leaf/time-invalid';
  if (!isBodyConsistent(leaf)) return 'leaf/body-invalid';
  if (!hasFieldValues(leaf.fields)) return 'leaf/field-invalid';
  const misnamed = Object.keys(leaf.fields).some((name) => members.includes(name) || !/^[a-z][A-Za-z0-9]*$/.test(name));
  return misnamed ? 'leaf/field-invalid' : null;
}

function faultInList({ type, fields }: PublicLeaf, allowed: AllowedFields): PublicLeafRefusal | null {
  const names = Object.hasOwn(allowed, type) ? allowed[type] : undefined;
  if (!names) return 'leaf/type-not-allowed';
  return Object.keys(fields).every((name) => names.includes(name)) ? null : 'leaf/field-not-allowed';
}

function isBodyConsistent({ bodyHash, bodyLength, mediaType }: PublicLeaf): boolean {
  if (bodyHash === null) return bodyLength === 0 && mediaType === null;
  if (!hashForm.test(bodyHash) || !Number.isSafeInteger(bodyLength) || bodyLength < 0) return false;
  return mediaType !== null && mediaTypeForm.test(mediaType);
}

function hasFieldValues(fields: { readonly [key: string]: Json }): fields is Record<string, FieldValue> {
  return Object.values(fields).every(
    (value) =>
      isTextOrNull(value) ||
      typeof value === 'boolean' ||
      (typeof value === 'number' && Number.isSafeInteger(value)) ||
      (Array.isArray(value) && value.every((item) => typeof item === 'string')),
  );
}

function isTextOrNull(value: Json | undefined): value is string | null {
  return value === null || typeof value === 'string';
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
