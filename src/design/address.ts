/** Address of a human page: language first, every part percent-encoded. `address('en', 'policies', 'privacy')` is `/en/policies/privacy`. */
export function address(locale: string, ...parts: readonly (string | number)[]): string {
  return `/${[locale, ...parts].map((part) => encodeURIComponent(part)).join('/')}${parts.length === 0 ? '/' : ''}`;
}
