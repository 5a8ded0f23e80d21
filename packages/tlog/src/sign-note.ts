import { ed25519Signer } from '#primitives';
import { concatBytes, uint64, utf8 } from './bytes.ts';
import { cosignedMessage } from './cosigned-message.ts';
import type { NoteSignature } from './note.ts';
import type { SecretNoteKey } from './note-key.ts';

/** An Ed25519 signature (type 0x01) over a note's text. @throws RangeError when the key is not of type note. */
export function signNote(text: string, key: SecretNoteKey): NoteSignature {
  if (key.type !== 'note') throw new RangeError('a cosignature key never signs a bare note');
  return { name: key.name, id: key.id, bytes: ed25519Signer(key.seed).sign(utf8(text)) };
}

/** A witness's cosignature (type 0x04) over a checkpoint's text at `time` in Unix seconds. @see C2SP tlog-cosignature */
export function cosign(text: string, key: SecretNoteKey, time: number): NoteSignature {
  if (key.type !== 'cosignature') throw new RangeError('only a cosignature key states a time');
  const signature = ed25519Signer(key.seed).sign(cosignedMessage(text, time));
  return { name: key.name, id: key.id, bytes: concatBytes(uint64(time), signature) };
}
