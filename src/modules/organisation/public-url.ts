import { type Outcome, done, refuse } from '#kernel/outcome';

export type PublicUrlRefusal = 'organisation/public-url-not-valid' | 'organisation/public-url-not-https';

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * The address people will type for ever: it names both logs. No path, query or user part; https, except on this machine itself.
 * @returns the address without a trailing slash, and the host (with port) that the origins begin with.
 */
export function parsePublicUrl(text: string): Outcome<{ url: string; host: string }, PublicUrlRefusal> {
  const url = URL.parse(text.trim());
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash || url.username || url.password) {
    return refuse('organisation/public-url-not-valid');
  }
  if (url.protocol === 'http:' && !loopback.test(url.hostname)) return refuse('organisation/public-url-not-https');
  return done({ url: url.origin, host: url.host });
}
