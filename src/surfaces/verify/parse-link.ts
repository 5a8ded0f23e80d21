import { done, refuse, type Outcome } from '#kernel/outcome';

export type LinkRefusal = 'link/other-site' | 'link/not-an-entry';

/**
 * The entry of the public log that a person means: an entry page, its proof, the language-neutral address, or the bare number.
 * @param origin Of the page, such as `https://trust.example`: a page can read only from its own site.
 */
export function parseLink(text: string, origin: string): Outcome<number, LinkRefusal> {
  const trimmed = text.trim();
  const number = /^#?(0|[1-9]\d{0,14})$/.exec(trimmed)?.[1];
  if (number !== undefined) return done(Number(number));
  if (!URL.canParse(trimmed, origin)) return refuse('link/not-an-entry');
  const url = new URL(trimmed, origin);
  if (url.origin !== origin) return refuse('link/other-site', { host: url.host || url.protocol });
  const index = /^(?:\/[A-Za-z][A-Za-z0-9-]*)?\/log\/public\/(?:entry|proof)\/(0|[1-9]\d{0,14})\/?$/.exec(url.pathname)?.[1];
  return index === undefined ? refuse('link/not-an-entry') : done(Number(index));
}
