import { hmacSha256 } from '#primitives';
import { concatBytes, uint64, utf8 } from './bytes.ts';
import { canonicalBytes, parseCanonicalJson, type Json } from './canonical-json.ts';
import { isTimestamp } from './timestamp.ts';

/** What happened to one person, as it stands inside a commitment. `seq` counts this subject's events from 1. */
export type PrivateEvent = {
  readonly v: 1;
  readonly type: string;
  readonly seq: number;
  /** `YYYY-MM-DDTHH:mm:ss.sssZ`. */
  readonly at: string;
  readonly body: Json;
};

/** Stands for the previous commitment at a subject's first event: 32 zero bytes. */
export const noCommitment: Uint8Array = new Uint8Array(32);

/** The bytes that a commitment covers. @throws TypeError on an event that is not of this form. */
export function canonicalPrivateEvent({ v, type, seq, at, body }: PrivateEvent): Uint8Array {
  const event: PrivateEvent = { v, type, seq, at, body };
  if (!isPrivateEvent(event)) throw new TypeError(`no private event of version 1: ${type} ${seq}`);
  return canonicalBytes(event);
}

/** The event of bytes that `canonicalPrivateEvent` would write; null for any others. */
export function parsePrivateEvent(bytes: Uint8Array): PrivateEvent | null {
  const value = parseCanonicalJson(bytes);
  return isPrivateEvent(value) ? value : null;
}

/** HMAC-SHA-256(subject key, "label" ‖ n as uint64 big-endian): only the subject can find event n. 32 bytes each. */
export function labelOf(subjectKey: Uint8Array, n: number): Uint8Array {
  require32(subjectKey, 'a subject key');
  return hmacSha256(subjectKey, concatBytes(utf8('label'), uint64(n)));
}

/** HMAC-SHA-256(opening, event ‖ previous commitment of the same subject): binds the event and all before it. */
export function commitTo(event: Uint8Array, previous: Uint8Array, opening: Uint8Array): Uint8Array {
  // HMAC pads short keys with zeros: only a fixed length makes the opening of a commitment unique.
  require32(opening, 'an opening');
  require32(previous, 'a commitment');
  return hmacSha256(opening, concatBytes(event, previous));
}

function isPrivateEvent(value: Json | PrivateEvent): value is PrivateEvent {
  if (typeof value !== 'object' || value === null || !('v' in value)) return false;
  const { v, type, seq, at, body, ...others } = value;
  if (v !== 1 || typeof type !== 'string' || type === '' || typeof at !== 'string' || body === undefined) return false;
  return typeof seq === 'number' && Number.isSafeInteger(seq) && seq >= 1 && isTimestamp(at) && Object.keys(others).length === 0;
}

function require32(bytes: Uint8Array, what: string): void {
  if (bytes.length !== 32) throw new RangeError(`${what} is 32 bytes`);
}
