/** Address of a human page: language first, every part percent-encoded. `address('en', 'policies', 'privacy')` is `/en/policies/privacy`. */
export function address(locale: string, ...parts: readonly (string | number)[]): string {
  return `/${[locale, ...parts].map((part) => urlPart(String(part))).join('/')}${parts.length === 0 ? '/' : ''}`;
}

/** Any text as one part of an address. Half a surrogate pair, which would make the platform's encoder throw, becomes U+FFFD. */
export function urlPart(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
