/** A message before it is text or HTML: both are made from the same blocks, so neither says more than the other. */
export type Letter = {
  readonly subject: string;
  readonly blocks: readonly Block[];
  /** Why the reader gets this, and what happens when they do nothing. */
  readonly why: string;
};

/** The first block is the heading. Text is one line; whatever breaks it is made a space. */
export type Block =
  | { readonly kind: 'heading' | 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** The one thing to do. `href` is an address of ours. */
  | { readonly kind: 'button'; readonly label: string; readonly href: string };

export type Rendered = { readonly subject: string; readonly text: string; readonly html: string };

/**
 * One line of words: no control or invisible characters, so that a name can neither begin a header nor draw a second paragraph,
 * and no formatting characters that turn the reading direction of what follows.
 */
export function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/[\p{Cf}\p{Cs}]/gu, '')
    .trim();
}
