import { parseMarkdown, plainText, type Token } from './parse-markdown.ts';
import { shortHash, slugOf } from './slug.ts';

export type Block = 'heading' | 'paragraph' | 'list-item' | 'quote' | 'code' | 'table-row';

export type Clause = {
  /** Unique in the document, `[a-z0-9._~-]` only, fit for a URL fragment and an `id` attribute. */
  id: string;
  block: Block;
  /** Text of the heading whose section this clause stands in; its own text for a heading; '' before the first heading. */
  heading: string;
  /** How deep the section is, 1 for the outermost; 0 before the first heading. Levels that a document skips do not count. */
  depth: number;
  /** Readable text without markup. Cells of a table row are joined by " | ". */
  text: string;
  /** Index of the token whose element carries the id. */
  token: number;
  /** What a reader does not read: where links lead, one a line. */
  links: string;
  /** What a reader does not read: mark of the block, kinds of emphasis, in order. Equal for `*a*` and `_a_`. */
  markup: string;
  /** The Markdown of the text as it is written, without the marks of the block. */
  raw: string;
  /** For a heading: the fragment that GitHub and most site generators give it, so that a document's own links to it work. */
  fragment?: string;
};

/**
 * Splits a Markdown source into its clauses, in reading order.
 *
 * The id of a heading is the path of its section (`c-payment.refunds`), that of any other clause the path and a hash of its text
 * (`c-payment.refunds~9k2m4x7q`), so an id survives when other clauses come, go or move, and changes when the clause says
 * something else. Every id starts with `c-` because the page around the text has ids of its own (`main`, `search`) that a
 * heading may equal.
 */
export function splitClauses(source: string): Clause[] {
  return clausesOfTokens(parseMarkdown(source));
}

type Section = { level: number; slug: string };

export function clausesOfTokens(tokens: readonly Token[]): Clause[] {
  const found: Clause[] = [];
  const used = new Map<string, number>();
  const fragments = new Map<string, number>();
  const open: number[] = [];
  let sections: Section[] = [];
  let heading = '';
  let row: Inline[] | null = null;

  const add = (block: Block, { text, ...unread }: Inline, token: number, fragment?: string) => {
    const path = sections
      .map(({ slug }) => slug)
      .filter((slug) => slug !== '')
      .join('.');
    const id = `c-${block === 'heading' ? path || 'title' : `${path}~${shortHash(text)}`}`;
    found.push({
      id: unique(id, '~', used),
      block,
      heading,
      depth: sections.length,
      text,
      token,
      ...unread,
      markup: `${tokens[token]?.type}${tokens[token]?.markup} ${unread.markup}`,
      ...(fragment === undefined ? {} : { fragment }),
    });
  };

  tokens.forEach((token, index) => {
    if (token.nesting === 1) open.push(index);
    if (token.type === 'tr_open') row = [];
    if (token.type === 'inline') {
      const inline = inlineOf(token);
      const { text } = inline;
      const parent = open.at(-1) ?? index;
      if (row) row.push(inline);
      else if (tokens[parent]?.type === 'heading_open') {
        const level = Number(tokens[parent].tag.slice(1));
        heading = text;
        // A document's title is above all its sections; in their path it would only make every id longer.
        sections = [...sections.filter((section) => section.level < level), { level, slug: level === 1 ? '' : slugOf(text) }];
        add('heading', inline, parent, unique(fragmentOf(text), '-', fragments));
      } else if (text !== '') {
        const item = open.at(-2);
        const isItem = item !== undefined && item === parent - 1 && tokens[item]?.type === 'list_item_open';
        add(blockOf(tokens, open), inline, isItem ? item : parent);
      }
    }
    if (token.type === 'tr_close' && row) {
      const join = (part: keyof Inline) => (row ?? []).map((cell) => cell[part]).join(' | ');
      add(
        'table-row',
        { text: join('text'), links: join('links'), markup: join('markup'), raw: join('raw') },
        open.at(-1) ?? index,
      );
      row = null;
    }
    if ((token.type === 'fence' || token.type === 'code_block') && token.content.trim() !== '')
      add('code', { text: token.content.trimEnd(), links: '', markup: '', raw: token.content.trimEnd() }, index);
    if (token.nesting === -1) open.pop();
  });
  return found;
}

type Inline = Pick<Clause, 'text' | 'links' | 'markup' | 'raw'>;

function inlineOf({ content, children }: Token): Inline {
  let links = '';
  let markup = '';
  for (const token of children ?? []) {
    if (token.nesting === 1) markup += `${token.tag} `;
    if (token.type === 'code_inline') markup += 'code ';
    const target = token.type === 'link_open' ? token.attrGet('href') : token.type === 'image' ? token.attrGet('src') : null;
    if (target !== null) links += `${target}\n`;
  }
  return { text: plainText(children ?? []), links, markup, raw: content };
}

function blockOf(tokens: readonly Token[], open: readonly number[]): Block {
  for (const index of open.toReversed()) {
    const type = tokens[index]?.type;
    if (type === 'list_item_open') return 'list-item';
    if (type === 'blockquote_open') return 'quote';
  }
  return 'paragraph';
}

function unique(id: string, separator: string, used: Map<string, number>): string {
  const count = (used.get(id) ?? 0) + 1;
  used.set(id, count);
  return count === 1 ? id : `${id}${separator}${separator === '-' ? count - 1 : count}`;
}

function fragmentOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    .replaceAll(' ', '-');
}
