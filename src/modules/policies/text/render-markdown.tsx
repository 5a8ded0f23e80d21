import { Fragment, h, type ComponentChild, type VNode } from 'preact';
import { clausesOfTokens, type Clause } from './clauses.ts';
import { linkTarget, parseMarkdown, plainText, type Token } from './parse-markdown.ts';

export type RenderOptions = {
  /** Absolute URL of the site the document was written for; its relative links then lead there. */
  base?: string;
  /**
   * Element level of the outermost headings; 2 unless told, since the page owns the h1. Skipped levels are closed up (WCAG
   * 1.3.1).
   */
  headingLevel?: 2 | 3 | 4;
  /** Called once per section heading; what it returns stands right after the heading, never inside it. */
  clauseExtra?: (clause: Clause) => ComponentChild;
};

/**
 * Renders a Markdown source as nodes. Every piece of the document becomes a text node or one of the elements named below,
 * so there is nothing to sanitise. Pictures become links, since a policy that needs a picture cannot be read aloud or compared.
 */
export function renderMarkdown(source: string, options: RenderOptions = {}): VNode {
  const tokens = parseMarkdown(source);
  return <>{renderBlocks(tokens, pageOf(tokens, options), 0, tokens.length)}</>;
}

/** What stands between two headings. `clause` is the heading's; `null` for what stands before the first. */
export type RenderedSection = { readonly clause: Clause | null; readonly body: VNode };

/** The same nodes cut at the headings, for a page that sets notes beside each section. The headings themselves are left to the page. */
export function renderSections(source: string, options: RenderOptions = {}): RenderedSection[] {
  const tokens = parseMarkdown(source);
  const page = pageOf(tokens, options);
  // A heading inside a quotation belongs to the quotation, so only those at the outermost level cut.
  const cuts = tokens.flatMap(({ type, level }, index) => (type === 'heading_open' && level === 0 ? [index] : []));
  const sections = [-1, ...cuts].map((start, at) => {
    const end = cuts[at] ?? tokens.length;
    // Opening, inline and closing token of the heading.
    const from = start === -1 ? 0 : start + 3;
    return { clause: page.byToken.get(start) ?? null, empty: from === end, body: <>{renderBlocks(tokens, page, from, end)}</> };
  });
  return sections.filter(({ clause, empty }) => clause !== null || !empty).map(({ clause, body }) => ({ clause, body }));
}

function pageOf(tokens: readonly Token[], options: RenderOptions): Page {
  const clauses = clausesOfTokens(tokens);
  return {
    options,
    byToken: new Map(clauses.map((clause) => [clause.token, clause])),
    byFragment: new Map(clauses.flatMap(({ fragment, id }) => (fragment === undefined ? [] : [[fragment, id] as const]))),
  };
}

type Page = { options: RenderOptions; byToken: Map<number, Clause>; byFragment: Map<string, string> };
type Open = { children: ComponentChild[]; close: (children: ComponentChild[]) => ComponentChild };

const plainTags = new Set(['p', 'ul', 'li', 'blockquote', 'thead', 'tbody', 'tr', 'strong', 'em', 's']);

function renderBlocks(tokens: readonly Token[], page: Page, from: number, to: number): ComponentChild[] {
  const root: Open = { children: [], close: (children) => children };
  const open: Open[] = [root];
  const append = (node: ComponentChild) => (open.at(-1) ?? root).children.push(node);
  for (const [offset, token] of tokens.slice(from, to).entries()) {
    const index = from + offset;
    if (token.nesting === 1) open.push({ children: [], close: closing(token, tokens, index, page) });
    else if (token.nesting === -1) {
      const done = open.pop() ?? root;
      append(done.close(done.children));
    } else if (token.type === 'inline') append(renderInline(token.children ?? [], page));
    else if (token.type === 'hr') append(<hr />);
    else if (token.type === 'fence' || token.type === 'code_block')
      append(
        <pre id={page.byToken.get(index)?.id}>
          <code>{token.content}</code>
        </pre>,
      );
  }
  return root.children;
}

function closing(token: Token, tokens: readonly Token[], index: number, page: Page): Open['close'] {
  const clause = page.byToken.get(index);
  const props: { id?: string } = clause ? { id: clause.id } : {};
  switch (token.type) {
    case 'heading_open':
      return (children) => heading(clause, children, page.options);
    case 'paragraph_open':
      // The paragraph of a tight list is not an element; it only becomes one when a clause hangs on it.
      if (token.hidden) return (children) => (clause ? h('span', props, children) : h(Fragment, null, children));
      break;
    case 'ordered_list_open': {
      const start = token.attrGet('start');
      return (children) => <ol {...(start === null ? {} : { start: Number(start) })}>{children}</ol>;
    }
    case 'table_open':
      // Wide tables scroll in a frame of their own, which the keyboard must reach (WCAG 2.1.1).
      return (children) =>
        h(
          'div',
          { class: 'table-scroll', role: 'group', 'aria-label': tableName(tokens, index), tabIndex: 0 },
          h('table', null, children),
        );
    case 'th_open':
    case 'td_open': {
      const align = /text-align:(\w+)/.exec(attribute(token, 'style'))?.[1];
      const cell = align ? { class: `align-${align}` } : {};
      // A header cell without text would be announced as a header of nothing.
      const isHeader = token.type === 'th_open' && tokens[index + 1]?.content !== '';
      return (children) => (isHeader ? h('th', { ...cell, scope: 'col' }, children) : h('td', cell, children));
    }
  }
  if (!plainTags.has(token.tag)) throw new Error(`no element for the token ${token.type}`);
  return (children) => h(token.tag, props, children);
}

function heading(
  clause: Clause | undefined,
  children: ComponentChild[],
  { headingLevel = 2, clauseExtra }: RenderOptions,
): VNode {
  const level = Math.min(6, headingLevel + (clause?.depth ?? 1) - 1);
  const element = h(`h${level}`, clause ? { id: clause.id } : {}, children);
  const extra = clause && clauseExtra?.(clause);
  return extra ? (
    <>
      {element}
      {extra}
    </>
  ) : (
    element
  );
}

function tableName(tokens: readonly Token[], tableOpen: number): string {
  const names: string[] = [];
  for (let index = tableOpen; index < tokens.length && tokens[index]?.type !== 'thead_close'; index++)
    if (tokens[index]?.type === 'inline') names.push(plainText(tokens[index]?.children ?? []));
  return names.filter((name) => name !== '').join(', ');
}

function renderInline(tokens: readonly Token[], page: Page): ComponentChild[] {
  const root: Open = { children: [], close: (children) => children };
  const open: Open[] = [root];
  const append = (node: ComponentChild) => (open.at(-1) ?? root).children.push(node);
  let insideLink = false;
  for (const token of tokens) {
    if (token.nesting === 1) {
      const isLink = token.type === 'link_open';
      const href = isLink ? attribute(token, 'href') : '';
      if (isLink) insideLink = true;
      open.push({ children: [], close: (children) => (isLink ? link(href, children, page) : inlineElement(token, children)) });
    } else if (token.nesting === -1) {
      if (token.type === 'link_close') insideLink = false;
      const done = open.pop() ?? root;
      append(done.close(done.children));
    } else if (token.type === 'code_inline') append(<code>{token.content}</code>);
    else if (token.type === 'hardbreak') append(<br />);
    else if (token.type === 'softbreak') append('\n');
    else if (token.type === 'image') {
      const source = attribute(token, 'src');
      const name = plainText(token.children ?? []) || source;
      append(insideLink ? name : link(source, [name], page));
    } else append(token.content);
  }
  return root.children;
}

function inlineElement(token: Token, children: ComponentChild[]): ComponentChild {
  if (!plainTags.has(token.tag)) throw new Error(`no element for the token ${token.type}`);
  return h(token.tag, null, children);
}

function link(href: string, children: ComponentChild[], { options, byFragment }: Page): ComponentChild {
  const target = linkTarget(href, options.base);
  if (!target) return <>{children}</>;
  if (!href.startsWith('#'))
    return target.external ? (
      <a href={target.href} rel="nofollow noopener noreferrer">
        {children}
      </a>
    ) : (
      <a href={target.href}>{children}</a>
    );
  const id = byFragment.get(decoded(href.slice(1)).toLowerCase());
  return <a href={id === undefined ? href : `#${id}`}>{children}</a>;
}

function attribute(token: Token, name: string): string {
  return String(token.attrGet(name) ?? '');
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
