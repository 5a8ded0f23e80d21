import MarkdownIt, { type Token } from 'markdown-it';
import { displaySource } from './read-text.ts';

export type { Token };

const maxNesting = 60;
// html: false is what makes the absence of a sanitiser right: there is no path from a document to markup of its own.
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false, maxNesting });
// A link that is not allowed is left as its source text, so that nothing is hidden from the reader.
markdown.validateLink = (href) => linkTarget(href) !== null;

/** Block tokens of a Markdown source; `inline` tokens carry their own in `children`. */
export function parseMarkdown(source: string): Token[] {
  const text = displaySource(source);
  const tokens = markdown.parse(text, {});
  // The parser drops what is nested deeper than it goes. A published text must not hold words that no reader sees: such a one
  // is shown raw.
  return tokens.some(({ level }) => level >= maxNesting - 1) ? asCode(text) : tokens;
}

function asCode(text: string): Token[] {
  const tokens = markdown.parse('~~~', {});
  for (const token of tokens) token.content = text;
  return tokens;
}

export type LinkTarget = { href: string; external: boolean };

const allowedSchemes = new Set(['http:', 'https:', 'mailto:']);
// Reserved by RFC 2606: it can never be a real host, so it tells a relative link from an absolute one.
const nowhere = 'https://relative.invalid';

/**
 * Where a link of a document leads, read exactly as a browser would read it (tabs, backslashes and `//host` included).
 * @param base Absolute URL of the site the document was written for; without it relative links stay as they are.
 * @returns `null` when the scheme is not http, https or mailto.
 */
export function linkTarget(href: string, base?: string): LinkTarget | null {
  if (href.startsWith('#')) return { href, external: false };
  const url = URL.parse(href, base ?? nowhere);
  if (!url || !allowedSchemes.has(url.protocol)) return null;
  if (url.protocol === 'mailto:') return { href: url.href, external: false };
  if (base === undefined && url.origin === nowhere) return { href: url.href.slice(nowhere.length), external: false };
  return { href: url.href, external: true };
}

/** What a reader reads of inline tokens: no markup, one space for any run of white space. */
export function plainText(tokens: readonly Token[]): string {
  return rawText(tokens).replace(/\s+/g, ' ').trim();
}

function rawText(tokens: readonly Token[]): string {
  let text = '';
  for (const token of tokens) {
    if (token.type === 'softbreak' || token.type === 'hardbreak') text += ' ';
    else if (token.type === 'image') text += rawText(token.children ?? []);
    else text += token.content;
  }
  return text;
}
