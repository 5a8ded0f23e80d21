import type { Refused } from '#kernel/outcome';
import { connectionsText } from '../connections-text.ts';
import { accountsSentence } from '../refusals.ts';
import type { MakeKeyRefusal } from './make-key.ts';
import type { RotateKeyRefusal } from './rotate-key.ts';

export type KeyField = 'name' | 'scopes' | 'days' | 'overlapDays' | 'confirm';
export type KeyError = { readonly field: KeyField; readonly message: string };

/** Answered by a page of its own (404): a program that is not there. */
type FormRefusal = Exclude<MakeKeyRefusal | RotateKeyRefusal, 'accounts/key-unknown'>;

const fields = {
  'accounts/key-name-not-valid': 'name',
  'accounts/key-scopes-missing': 'scopes',
  'accounts/key-scope-unknown': 'scopes',
  'accounts/key-scope-too-wide': 'scopes',
  'accounts/key-days-not-valid': 'days',
  'accounts/key-overlap-not-valid': 'overlapDays',
} as const satisfies Record<FormRefusal, KeyField>;

/** Where a refusal stands in the form of a key. */
export function keyError(locale: string, { refusal, facts }: Refused<FormRefusal>): KeyError {
  return { field: fields[refusal], message: accountsSentence(refusal, facts, locale) };
}

export function errorAt(errors: readonly KeyError[], field: KeyField): string | undefined {
  return errors.find((error) => error.field === field)?.message;
}

export function keyConfirmMissing(locale: string): KeyError {
  return { field: 'confirm', message: connectionsText(locale)('key.revoke.unconfirmed') };
}
