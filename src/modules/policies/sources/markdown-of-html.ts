import { gfm } from '@joplin/turndown-plugin-gfm';
import { createDocument } from '@mixmark-io/domino';
import TurndownService from 'turndown';

export type FoundText = {
  /** Markdown without any HTML; empty when the page says nothing. */
  readonly text: string;
  /** Pictures that stood in the text. What they say is not in it. */
  readonly pictures: number;
};

// Nothing of these is part of what a page says.
const noText =
  'script, style, noscript, template, nav, form, iframe, object, embed, button, dialog, [hidden], [aria-hidden="true"]';
const picture = 'img, picture, svg, canvas, video, audio';
// An address of another kind runs, or shows what no reader can check.
const safeLink = /^(https?:|mailto:|tel:|[#/?.]|[^:]*$)/i;

/** The text of a page as Markdown: its one `main` or `article` where there is one, else its whole body. */
export function markdownOfHtml(html: string): FoundText {
  const document = createDocument(html);
  const alone = ['main', 'article'].map((tag) => document.querySelectorAll<HTMLElement>(tag)).find(({ length }) => length === 1);
  const root: HTMLElement = alone?.[0] ?? document.body;
  for (const element of all(root, noText)) element.remove();
  const pictures = all(root, picture).filter((element) => !element.parentElement?.closest(picture)).length;
  for (const element of all(root, picture)) element.remove();
  for (const link of all(root, 'a[href]'))
    if (!safeLink.test(link.getAttribute('href')?.trim() ?? '')) link.removeAttribute('href');
  // A cell is one line in Markdown.
  for (const line of all(root, 'td br, th br')) line.parentNode?.replaceChild(document.createTextNode(' '), line);
  for (const block of all(root, 'td p, td div, th p, th div')) unwrap(document, block);
  const text = writer().turndown(root).trim();
  return { text: text === '' ? '' : `${text}\n`, pictures };
}

function all(root: Element, selector: string): Element[] {
  return Array.from(root.querySelectorAll(selector));
}

function unwrap(document: Document, element: Element): void {
  element.parentNode?.insertBefore(document.createTextNode(' '), element);
  while (element.firstChild) element.parentNode?.insertBefore(element.firstChild, element);
  element.parentNode?.replaceChild(document.createTextNode(' '), element);
}

function writer(): TurndownService {
  const turndown = new TurndownService({ headingStyle: 'atx', bulletListMarker: '-', codeBlockStyle: 'fenced' });
  turndown.use(gfm);
  const escape = turndown.escape.bind(turndown);
  // What is written out as "<!--" on a page is text, and would be hidden as a comment in Markdown.
  turndown.escape = (text) => escape(text).replace(/<(?=[a-z!/?])/gi, '&lt;');
  return turndown;
}
