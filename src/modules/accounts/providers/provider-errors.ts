import type { Refused } from '#kernel/outcome';
import { connectionsText } from '../connections-text.ts';
import { accountsSentence } from '../refusals.ts';
import type { AddProviderRefusal } from './add-provider.ts';
import type { ChangeProviderRefusal } from './change-provider.ts';
import type { ProviderProblem } from './discover-provider.ts';

export type ProviderField = 'id' | 'issuer' | 'clientId' | 'clientSecret' | 'name' | 'scopes' | 'confirm';
export type ProviderError = { readonly field: ProviderField; readonly message: string };

type FormRefusal = AddProviderRefusal | ChangeProviderRefusal | ProviderProblem;

const fields = {
  'accounts/provider-id-not-valid': 'id',
  'accounts/provider-id-taken': 'id',
  'accounts/provider-unknown': 'id',
  'accounts/provider-issuer-not-valid': 'issuer',
  'accounts/provider-not-reached': 'issuer',
  'accounts/provider-not-understood': 'issuer',
  'accounts/provider-other-issuer': 'issuer',
  'accounts/provider-too-weak': 'issuer',
  'accounts/provider-name-not-valid': 'name',
  'accounts/provider-client-not-valid': 'clientId',
  'accounts/provider-scopes-not-valid': 'scopes',
} as const satisfies Record<FormRefusal, ProviderField>;

/** Where a refusal stands in the form of a provider. */
export function providerError(locale: string, { refusal, facts }: Refused<FormRefusal>): ProviderError {
  return { field: fields[refusal], message: accountsSentence(refusal, facts, locale) };
}

export function providerConfirmMissing(locale: string): ProviderError {
  return { field: 'confirm', message: connectionsText(locale)('provider.disable.unconfirmed') };
}
