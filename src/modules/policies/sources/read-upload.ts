import { type Outcome, done, refuse } from '#kernel/outcome';
import { maxTextBytes, readText, type TextRefusal } from '../text/read-text.ts';
import { convertFile, type ConvertRefusal } from './convert-file.ts';

export type UploadRefusal = TextRefusal | ConvertRefusal | 'policies/file-is-pdf' | 'policies/pictures-in-text';

export type Uploaded = {
  /** Markdown: the file's own, or what was made of another kind. */
  readonly text: string;
  readonly from: 'markdown' | 'html' | 'docx';
};

/**
 * The text of a file that somebody picked, by what is in it and not by its name. A Markdown file is taken as it is; HTML and Word are
 * turned into Markdown, which the person then sees and may mend. Pictures are refused: what they say would be lost without a word.
 */
export async function readUpload(bytes: Uint8Array): Promise<Outcome<Uploaded, UploadRefusal>> {
  if (bytes.length > maxTextBytes) return refuse('policies/text-too-large', { bytes: bytes.length, limit: maxTextBytes });
  const head = Buffer.from(bytes.subarray(0, 1_000)).toString('latin1');
  if (head.startsWith('%PDF-')) return refuse('policies/file-is-pdf');
  if (isWord(bytes)) return converted('docx', bytes);
  const read = readText(bytes);
  if (!read.ok) return read;
  return startsAsHtml.test(head) ? converted('html', bytes) : done({ text: read.value, from: 'markdown' });
}

// A Markdown text may hold tags; only a whole page begins like this.
export const startsAsHtml = /^(?:\xEF\xBB\xBF)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)*<(?:!doctype\s+html|html)\b/i;

function isWord(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.subarray(0, 4).equals(Buffer.from('PK\x03\x04')) && buffer.includes('word/document.xml');
}

async function converted(from: 'html' | 'docx', bytes: Uint8Array): Promise<Outcome<Uploaded, UploadRefusal>> {
  const found = await convertFile(from, bytes);
  if (!found.ok) return found;
  const { text, pictures } = found.value;
  if (pictures > 0) return refuse('policies/pictures-in-text', { n: pictures });
  return text === '' ? refuse('policies/text-empty') : done({ text, from });
}
