import { type Outcome, done, refuse } from '#kernel/outcome';

/** What can be changed about a provider. */
export type ProviderEntry = {
  /** On the button of the sign-in page. */
  readonly name: string;
  readonly clientId: string;
  /** Divided by spaces; `openid` is added when missing. */
  readonly scopes: string;
  readonly addressesVerified: boolean;
  readonly everyoneIsStaff: boolean;
};

export type ProviderEntryRefusal =
  | 'accounts/provider-name-not-valid'
  | 'accounts/provider-client-not-valid'
  | 'accounts/provider-scopes-not-valid';

export const longestProviderName = 60;

/** Trimmed and checked. */
export function checkEntry(entry: ProviderEntry): Outcome<ProviderEntry, ProviderEntryRefusal> {
  const name = entry.name.trim();
  const clientId = entry.clientId.trim();
  if (name === '' || name.length > longestProviderName)
    return refuse('accounts/provider-name-not-valid', { longest: longestProviderName });
  // RFC 6749, appendix A: printable ASCII.
  if (!/^[\x20-\x7e]{1,500}$/.test(clientId)) return refuse('accounts/provider-client-not-valid');
  const scopes = [...new Set(['openid', ...entry.scopes.split(/\s+/).filter(Boolean)])];
  if (scopes.length > 20 || !scopes.every((scope) => /^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/.test(scope)))
    return refuse('accounts/provider-scopes-not-valid');
  return done({ ...entry, name, clientId, scopes: scopes.join(' ') });
}

/** Where a provider's client secret is sealed. */
export const secretPlace = (providerId: string): string => `accounts.provider/${providerId}/client-secret`;
