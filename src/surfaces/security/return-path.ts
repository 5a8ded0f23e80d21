/**
 * Where somebody goes on to after proving who they are: a page of the same surface on this site, or `home`. Whatever a browser
 * could read as another site (two slashes, a backslash, a scheme, control characters) is not one.
 */
export function returnPath(wanted: string, home: string): string {
  if (!/^\/[a-z]{2}\/(console|me)(\/|\?|$)/.test(wanted) || /[\\\p{Cc}]|\/\//u.test(wanted)) return home;
  const { origin, pathname, search } = new URL(wanted, 'http://site.invalid');
  const surface = home.split('/')[2] ?? '';
  if (origin !== 'http://site.invalid' || pathname.split('/')[2] !== surface) return home;
  return `${pathname}${search}`;
}

/** After a refused act: the page itself, or for a form the page it stood on. */
export function pageToReturnTo(request: Request): string {
  const { pathname, search, origin } = new URL(request.url);
  if (request.method === 'GET') return `${pathname}${search}`;
  const referer = request.headers.get('referer');
  const [, locale = 'en', surface = 'console'] = pathname.split('/');
  const home = `/${locale}/${surface}`;
  if (referer === null || !URL.canParse(referer)) return home;
  const from = new URL(referer);
  // The request's own host; a proxy may have changed the scheme, and only the path is used.
  return from.host === new URL(origin).host ? returnPath(`${from.pathname}${from.search}`, home) : home;
}
