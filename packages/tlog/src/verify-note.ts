import { ed25519Verify } from '#primitives';
import { utf8 } from './bytes.ts';
import { cosignedMessage } from './cosigned-message.ts';
import { parseNote, type Note, type NoteRefusal, type NoteSignature } from './note.ts';
import type { PublicNoteKey } from './note-key.ts';
import { done, refuse, type Outcome } from './outcome.ts';

/** One of the known keys signed, and when it says so: Unix seconds for a cosignature, null for a plain signature. */
export type VerifiedSignature = { readonly key: PublicNoteKey; readonly time: number | null };
export type VerifiedNote = { readonly text: string; readonly signatures: readonly VerifiedSignature[] };
export type VerifyNoteRefusal = NoteRefusal | 'note/signature-invalid' | 'note/no-known-signature';

/**
 * Checks a note against known keys. Signatures of unknown keys are ignored; a known key whose signature does not verify spoils
 * the whole note; at least one known key must have signed.
 */
export function verifyNote(source: string, keys: readonly PublicNoteKey[]): Outcome<VerifiedNote, VerifyNoteRefusal> {
  const note = parseNote(source);
  if (!note.ok) return note;
  const signatures = new Map<PublicNoteKey, VerifiedSignature>();
  for (const signature of note.value.signatures) {
    const key = keys.find(({ name, id }) => name === signature.name && id === signature.id);
    if (!key) continue;
    const verified = verifySignature(note.value, signature, key);
    if (!verified) return refuse('note/signature-invalid', { name: key.name, id: key.id });
    // Repeated lines of one key count once, so that nobody fills a quorum alone.
    if (!signatures.has(key)) signatures.set(key, verified);
  }
  if (signatures.size === 0) return refuse('note/no-known-signature');
  return done({ text: note.value.text, signatures: [...signatures.values()] });
}

/** The signature as this key's, verified; null when it is not. */
export function verifySignature(
  { text }: Pick<Note, 'text'>,
  { bytes }: NoteSignature,
  key: PublicNoteKey,
): VerifiedSignature | null {
  if (key.type === 'note') return ed25519Verify(key.publicKey, utf8(text), bytes) ? { key, time: null } : null;
  if (bytes.length !== 72) return null;
  const time = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0));
  // The format allows times up to 2^63; what a number cannot hold exactly lies 285 million years ahead.
  if (!Number.isSafeInteger(time)) return null;
  return ed25519Verify(key.publicKey, cosignedMessage(text, time), bytes.subarray(8)) ? { key, time } : null;
}
