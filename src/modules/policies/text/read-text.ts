import { done, refuse, type Outcome } from '#kernel/outcome';

export type TextRefusal =
  | 'policies/text-empty'
  | 'policies/text-too-large'
  | 'policies/text-binary'
  | 'policies/text-not-utf8'
  | 'policies/text-other-encoding';

/** The longest real policy we know of is under 0.1 MB; fifty times that still renders and compares in seconds. */
export const maxTextBytes = 5_000_000;

/**
 * Reads the bytes of a document as text, or says what is wrong with them. The bytes themselves are what is stored; nothing is
 * repaired, since a repaired text would no longer be the one that was signed off.
 *
 * Facts by refusal: `text-too-large` {bytes, limit}; `text-binary` {format} or {offset}; `text-not-utf8` {offset}, the first
 * byte that is no UTF-8, counted from 0; `text-other-encoding` {encoding}.
 */
export function readText(bytes: Uint8Array): Outcome<string, TextRefusal> {
  if (bytes.length === 0) return refuse('policies/text-empty');
  if (bytes.length > maxTextBytes) return refuse('policies/text-too-large', { bytes: bytes.length, limit: maxTextBytes });
  const encoding = byteOrderMarks.find(({ mark }) => startsWith(bytes, mark))?.encoding;
  if (encoding) return refuse('policies/text-other-encoding', { encoding });
  const format = fileFormats.find(({ magic }) => startsWith(bytes, magic))?.format;
  if (format) return refuse('policies/text-binary', { format });
  const nul = bytes.indexOf(0);
  if (nul !== -1) return refuse('policies/text-binary', { offset: nul });

  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse('policies/text-not-utf8', { offset: firstInvalidByte(bytes) });
  }
  // A file of nothing but front matter and comments would be published as a blank page.
  return displaySource(text).trim() === '' ? refuse('policies/text-empty') : done(text);
}

// UTF-32 little-endian begins with the mark of UTF-16 little-endian, so it is asked first.
const byteOrderMarks = [
  { encoding: 'UTF-32', mark: [0xff, 0xfe, 0, 0] },
  { encoding: 'UTF-32', mark: [0, 0, 0xfe, 0xff] },
  { encoding: 'UTF-16', mark: [0xff, 0xfe] },
  { encoding: 'UTF-16', mark: [0xfe, 0xff] },
];

// The files people most often pick by mistake, named so that the sentence can say "this is a PDF".
const fileFormats = [
  { format: 'PDF', magic: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { format: 'Word or ZIP', magic: [0x50, 0x4b, 0x03, 0x04] },
  { format: 'Word 97', magic: [0xd0, 0xcf, 0x11, 0xe0] },
  { format: 'RTF', magic: [0x7b, 0x5c, 0x72, 0x74, 0x66] },
  { format: 'PNG', magic: [0x89, 0x50, 0x4e, 0x47] },
  { format: 'JPEG', magic: [0xff, 0xd8, 0xff] },
  { format: 'gzip', magic: [0x1f, 0x8b] },
];

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

/** Offset of the first byte that begins no well-formed sequence (RFC 3629 section 4; the Unicode Standard, table 3-7). */
function firstInvalidByte(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return at;
}

function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const length = lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  if (length === 0) return 0;
  // The second byte alone rules out overlong forms, surrogates and anything above U+10FFFF.
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  const second = bytes[at + 1] ?? 0;
  if (second < low || second > high) return 0;
  for (let index = 2; index < length; index++) if (((bytes[at + index] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

/**
 * The Markdown a reader is shown: without byte order mark, front matter and HTML comments, lines ended by \n.
 * For display and comparison only; hashes and storage use the exact bytes.
 */
export function displaySource(source: Uint8Array | string): string {
  const text = typeof source === 'string' ? source : new TextDecoder('utf-8', { ignoreBOM: true }).decode(source);
  const lines = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  return withoutComments(withoutFrontMatter(lines));
}

function withoutFrontMatter(text: string): string {
  if (!/^---[ \t]*\n/.test(text)) return text;
  // Keys are required: a document may also open with a rule that is drawn by three hyphens.
  const end = /\n(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(text);
  if (!end) return text;
  const matter = text.slice(text.indexOf('\n') + 1, end.index + 1);
  return matter.trim() === '' || /^[\w-]+[ \t]*:/m.test(matter) ? text.slice(end.index + end[0].length) : text;
}

const fence = /^ {0,3}(`{3,}|~{3,})/;
/** A longer code span is taken for stray backticks: the search for its end must not cost a whole 5 MB line each time. */
const maxCodeSpan = 1_000;

/**
 * Drops `<!-- -->` outside code, where it would be read as an example. An unclosed one stays visible: hiding the rest is worse.
 */
function withoutComments(text: string): string {
  if (!text.includes('<!--')) return text;
  const kept: string[] = [];
  let at = 0;
  let keptTo = 0;
  let open = '';
  while (at < text.length) {
    if (at === 0 || text[at - 1] === '\n') {
      const mark = fence.exec(text.slice(at, at + 80))?.[1] ?? '';
      if (open === '') open = mark;
      else if (mark.startsWith(open)) open = '';
      if (open !== '' || mark !== '') {
        at = lineEnd(text, at);
        continue;
      }
    }
    if (text[at] === '`') {
      at = afterCodeSpan(text, at);
    } else if (text.startsWith('<!--', at)) {
      const end = text.indexOf('-->', at + 4);
      if (end === -1) break;
      kept.push(text.slice(keptTo, at));
      at = keptTo = end + 3;
    } else {
      at++;
    }
  }
  return kept.join('') + text.slice(keptTo);
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}

function afterCodeSpan(text: string, at: number): number {
  let length = 1;
  while (text[at + length] === '`') length++;
  const near = text.slice(at + length, at + length + maxCodeSpan);
  const paragraph = near.split('\n\n', 1)[0] ?? '';
  for (const run of paragraph.matchAll(/`+/g)) if (run[0].length === length) return at + length + run.index + length;
  return at + length;
}
