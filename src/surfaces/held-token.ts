import { cookieName, readCookie } from '#kernel/http';
import type { Site } from './site.ts';

/** The token of the session that this browser holds on a surface, if any: signing in there again ends it, whosever it is. */
export function heldToken(site: Site, request: Request, cookie: 'staff' | 'user'): string | null {
  return readCookie(request, cookieName(cookie, site.secureCookies()));
}
