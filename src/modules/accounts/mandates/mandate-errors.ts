import type { Refused } from '#kernel/outcome';
import { accountsSentence } from '../refusals.ts';
import type { ApproveMandateRefusal } from './approve-mandate.ts';
import type { OfferMandateRefusal } from './offer-mandate.ts';
import type { RefuseMandateRefusal } from './refuse-mandate.ts';
import type { RequestMandateRefusal } from './request-mandate.ts';

export type MandateField =
  | 'kind'
  | 'principalName'
  | 'principalAddress'
  | 'delegateAddress'
  | 'bornOn'
  | 'read'
  | 'until'
  | 'words'
  | 'proof'
  | 'principal'
  | 'reason';
export type MandateError = { readonly field: MandateField; readonly message: string };

/** A mandate that is not there is a page of its own (404). */
type InForm = Exclude<
  RequestMandateRefusal | OfferMandateRefusal | ApproveMandateRefusal | RefuseMandateRefusal,
  'accounts/mandate-not-found' | 'accounts/mandate-with-oneself'
>;

const fields = {
  'accounts/mandate-kind-not-known': 'kind',
  'accounts/too-many-mandates': 'kind',
  'accounts/mandate-over': 'principal',
  'accounts/own-mandate': 'principal',
  'accounts/principal-missing': 'principalName',
  'accounts/principal-address-not-valid': 'principalAddress',
  'accounts/delegate-address-not-valid': 'delegateAddress',
  'accounts/birthday-missing': 'bornOn',
  'accounts/of-age': 'bornOn',
  'accounts/mandate-scope-not-known': 'read',
  'accounts/mandate-wider': 'until',
  'accounts/mandate-end-not-valid': 'until',
  'accounts/mandate-too-long': 'until',
  'accounts/proof-missing': 'proof',
  'accounts/mandate-words-too-long': 'words',
  'accounts/principal-not-found': 'principal',
  'accounts/mandate-reason-missing': 'reason',
} as const satisfies Record<InForm, MandateField>;

/** Where a refusal stands in a form. @param address The field in which the other side's address is typed or chosen. */
export function mandateError(
  locale: string,
  { refusal, facts }: Refused<InForm | 'accounts/mandate-with-oneself'>,
  address: 'principalAddress' | 'delegateAddress' | 'principal',
): MandateError {
  const field = refusal === 'accounts/mandate-with-oneself' ? address : fields[refusal];
  return { field, message: accountsSentence(refusal, facts, locale) };
}

export function errorAt(errors: readonly MandateError[], field: MandateField): string | undefined {
  return errors.find((error) => error.field === field)?.message;
}
