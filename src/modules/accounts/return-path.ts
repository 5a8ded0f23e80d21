import type { Surface } from './tables.ts';

/**
 * Where to go on after signing in: a path of the same surface of this site, in any language or none, else `null`.
 * Whatever a browser could read as another site (`//`, `/\`, a scheme, control characters it would leave out) is none.
 */
export function returnPath(text: string | null, surface: Surface): string | null {
  if (text === null || text.length > 500 || !/^\/[^/\\]/.test(text) || /[\\\s\p{Cc}]/u.test(text)) return null;
  const url = URL.parse(text, 'https://site.invalid');
  if (url?.origin !== 'https://site.invalid') return null;
  const room = surface === 'console' ? 'console' : 'me';
  return new RegExp(`^/([a-z]{2}/)?${room}(/|$)`).test(url.pathname) ? `${url.pathname}${url.search}` : null;
}
