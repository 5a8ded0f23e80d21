import { parseBase64, toBase64 } from './base64.ts';
import { concatBytes } from './bytes.ts';
import { parseHex, toHex } from './hex.ts';
import { isKeyName } from './note-key.ts';
import { done, refuse, type Outcome } from './outcome.ts';

/** A line below a note: which key is said to have signed, and the bytes after the four of its id. Nothing here is verified. */
export type NoteSignature = { readonly name: string; readonly id: string; readonly bytes: Uint8Array };
/** `text` ends in a newline; the blank line before the signatures belongs to neither. @see C2SP signed-note */
export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] };

export type NoteRefusal =
  | 'note/invalid-characters'
  | 'note/no-signatures'
  | 'note/too-many-signatures'
  | 'note/signature-line-malformed';

// C2SP asks for at least 16; a quorum of 32 witnesses beside retiring log keys still fits.
const maxSignatures = 100;

export function encodeNote({ text, signatures }: Note): string {
  return `${text}\n${signatures.map(encodeSignatureLine).join('')}`;
}

/** One line, U+2014, the name and base64(id ‖ bytes) between spaces, with its newline: also the body of a witness's answer. */
export function encodeSignatureLine({ name, id, bytes }: NoteSignature): string {
  return `\u2014 ${name} ${toBase64(concatBytes(parseHex(id) ?? new Uint8Array(0), bytes))}\n`;
}

export function parseNote(source: string): Outcome<Note, NoteRefusal> {
  if (!source.isWellFormed() || /[^\n\P{Cc}]/u.test(source)) return refuse('note/invalid-characters');
  // The last blank line separates: the text of a note may hold blank lines of its own.
  const blank = source.lastIndexOf('\n\n');
  if (blank < 0 || !source.endsWith('\n')) return refuse('note/no-signatures');
  const lines = source
    .slice(blank + 2)
    .split('\n')
    .slice(0, -1);
  if (lines.length === 0) return refuse('note/no-signatures');
  if (lines.length > maxSignatures) return refuse('note/too-many-signatures', { most: maxSignatures });
  const signatures: NoteSignature[] = [];
  for (const [i, line] of lines.entries()) {
    const signature = parseSignatureLine(line);
    if (!signature) return refuse('note/signature-line-malformed', { line: i + 1 });
    signatures.push(signature);
  }
  return done({ text: source.slice(0, blank + 1), signatures });
}

/** A signature line without its newline; null when malformed. */
export function parseSignatureLine(line: string): NoteSignature | null {
  const [dash, name, encoded, ...rest] = line.split(' ');
  if (dash !== '\u2014' || name === undefined || encoded === undefined || rest.length > 0 || !isKeyName(name)) return null;
  const bytes = parseBase64(encoded);
  return bytes && bytes.length > 4 ? { name, id: toHex(bytes.subarray(0, 4)), bytes: bytes.slice(4) } : null;
}
