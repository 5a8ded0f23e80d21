import { type Outcome, done, refuse } from '#kernel/outcome';

export type AddressRefusal = 'policies/address-not-valid' | 'policies/address-not-https';

const longestUrl = 2_000;

/**
 * An address that somebody typed in. Whether anybody may be reached there is found out by asking: what a name leads to today says
 * nothing about tomorrow.
 */
export function checkAddress(text: string): Outcome<string, AddressRefusal> {
  const url = URL.parse(text.trim());
  if (!url || text.length > longestUrl || url.username !== '' || url.password !== '' || !/^https?:$/.test(url.protocol))
    return refuse('policies/address-not-valid');
  const here = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !here) return refuse('policies/address-not-https');
  url.hash = '';
  return done(url.href);
}
