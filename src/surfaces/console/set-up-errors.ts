import { accountsSentence, type CreateOwnerRefusal } from '#accounts';
import type { Refused } from '#kernel/outcome';
import { organisationSentence, type EstablishRefusal, type SetUpLinkRefusal } from '#organisation';

export type SetUpField = 'publicUrl' | 'name' | 'languages' | 'timeZone' | 'sector' | 'ownerEmail' | 'ownerPassphrase';
export type SetUpError = { field: SetUpField; message: string };

/** Refusals that no change to the form can mend: `setUpProblem` shows them on a page of their own. */
export type SetUpDeadEnd = SetUpLinkRefusal | 'organisation/already-established' | 'accounts/owner-exists';
export type SetUpRefusal = Exclude<EstablishRefusal | CreateOwnerRefusal, SetUpDeadEnd>;

const fields = {
  'organisation/name-missing': 'name',
  'organisation/public-url-not-valid': 'publicUrl',
  'organisation/public-url-not-https': 'publicUrl',
  'organisation/language-not-supported': 'languages',
  'organisation/time-zone-unknown': 'timeZone',
  'organisation/sector-unknown': 'sector',
  'accounts/email-not-valid': 'ownerEmail',
  'accounts/passphrase-too-short': 'ownerPassphrase',
} as const satisfies Record<SetUpRefusal, SetUpField>;

/** Where a refusal of `establishOrganisation` stands in the form, and how it reads there. */
export function setUpError(locale: string, { refusal, facts }: Refused<SetUpRefusal>): SetUpError {
  const message =
    refusal === 'accounts/email-not-valid' || refusal === 'accounts/passphrase-too-short'
      ? accountsSentence(refusal, facts, locale)
      : organisationSentence(refusal, facts, locale);
  return { field: fields[refusal], message };
}
