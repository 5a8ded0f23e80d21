import type { SecondPersonRefusal } from '#accounts';
import type { Refused } from '#kernel/outcome';
import { policiesConsoleText } from './console-text.ts';
import type { EndDocumentRefusal } from './end-document.ts';
import type { MoveDocumentRefusal } from './move-document.ts';
import type { ChooseNoticeRulesRefusal } from './notice/choose-notice-rules.ts';
import type { OpenDocumentRefusal } from './open-document.ts';
import type { PublishRefusal } from './publish-version.ts';
import { policiesSentence } from './refusals.ts';
import type { SaveDraftRefusal } from './save-draft.ts';
import type { AttachSignedCopyRefusal } from './signed-copy/attach-signed-copy.ts';
import type { RemoveSignedCopyRefusal } from './signed-copy/remove-signed-copy.ts';
import type { UploadRefusal } from './sources/read-upload.ts';
import type { PublishTranslationRefusal } from './translation/publish-translation.ts';
import type { SaveTranslationRefusal } from './translation/save-translation.ts';
import type { WithdrawRefusal } from './withdraw-version.ts';

export type PolicyField =
  | 'title'
  | 'slug'
  | 'language'
  | 'way'
  | 'text'
  | 'file'
  | 'signedCopy'
  | 'template'
  | 'summary'
  | 'effectiveLocal'
  | 'confirm'
  | 'audience'
  | 'jurisdiction'
  | 'legalBasis'
  | 'noticeRules'
  | 'endsLocal'
  | 'endReason'
  | 'endBasis'
  | 'department'
  | 'approvers'
  | `reason-${number}`;
export type PolicyError = { field: PolicyField; message: string };

/** Answered by pages of their own: a missing document (404), a draft that somebody else saved (`PolicyConflict`), a second person (the review). */
type Elsewhere =
  | 'policies/document-not-found'
  | 'policies/version-not-found'
  | 'policies/approvals-missing'
  | SecondPersonRefusal;
type EditRefusal = Exclude<
  | MoveDocumentRefusal
  | OpenDocumentRefusal
  | SaveDraftRefusal
  | PublishRefusal
  | PublishTranslationRefusal
  | SaveTranslationRefusal
  | UploadRefusal
  | AttachSignedCopyRefusal
  | RemoveSignedCopyRefusal,
  Elsewhere
>;
type LateRefusal = Exclude<WithdrawRefusal, Elsewhere>;

const fields = {
  'policies/title-missing': 'title',
  'policies/slug-not-valid': 'slug',
  'policies/slug-taken': 'slug',
  'policies/department-not-found': 'department',
  'policies/department-unchanged': 'department',
  'policies/text-empty': 'text',
  'policies/text-too-large': 'text',
  'policies/text-binary': 'text',
  'policies/text-not-utf8': 'text',
  'policies/text-other-encoding': 'text',
  'policies/text-unchanged': 'text',
  'policies/translation-unchanged': 'text',
  'policies/draft-changed-meanwhile': 'text',
  'policies/document-hidden': 'text',
  'policies/already-withdrawn': 'text',
  'policies/language-not-valid': 'text',
  'policies/language-is-original': 'text',
  'policies/file-broken': 'file',
  'policies/file-too-slow': 'file',
  'policies/file-is-pdf': 'file',
  'policies/pictures-in-text': 'file',
  'policies/draft-missing': 'signedCopy',
  'policies/signed-copy-missing': 'signedCopy',
  'policies/signed-copy-not-pdf': 'signedCopy',
  'policies/signed-copy-too-large': 'signedCopy',
  'policies/blank-left': 'text',
  'policies/summary-missing': 'summary',
  'policies/summary-too-long': 'summary',
  'policies/effective-not-valid': 'effectiveLocal',
  'policies/effective-in-past': 'effectiveLocal',
  'policies/notice-too-short': 'effectiveLocal',
  'policies/audience-unknown': 'audience',
  'policies/jurisdiction-unknown': 'jurisdiction',
  'policies/legal-basis-too-short': 'legalBasis',
  'policies/legal-basis-too-long': 'legalBasis',
} as const satisfies Record<EditRefusal, PolicyField>;

/** Where a refusal stands in the form. @param source where the text came from: its errors stand there. */
export function policyError(
  locale: string,
  { refusal, facts }: Refused<EditRefusal>,
  source: 'text' | 'file' = 'text',
): PolicyError {
  const field = fields[refusal];
  const message = policiesSentence(refusal, facts, locale);
  return { field: field === 'text' ? source : field, message };
}

export function withdrawError(locale: string, number: number, { refusal, facts }: Refused<LateRefusal>): PolicyError {
  return { field: `reason-${number}`, message: policiesSentence(refusal, facts, locale) };
}

const endFields = {
  'policies/reason-missing': 'endReason',
  'policies/nothing-to-end': 'endsLocal',
  'policies/already-ending': 'endsLocal',
  'policies/version-coming': 'endsLocal',
  'policies/effective-not-valid': 'endsLocal',
  'policies/effective-in-past': 'endsLocal',
  'policies/notice-too-short': 'endsLocal',
  'policies/legal-basis-too-short': 'endBasis',
  'policies/legal-basis-too-long': 'endBasis',
} as const satisfies Record<Exclude<EndDocumentRefusal, Elsewhere>, PolicyField>;

/** Where a refusal stands in the form that ends a document. */
export function endError(locale: string, { refusal, facts }: Refused<Exclude<EndDocumentRefusal, Elsewhere>>): PolicyError {
  return { field: endFields[refusal], message: policiesSentence(refusal, facts, locale) };
}

export function rulesError(
  locale: string,
  { refusal, facts }: Refused<Exclude<ChooseNoticeRulesRefusal, Elsewhere>>,
): PolicyError {
  return { field: 'noticeRules', message: policiesSentence(refusal, facts, locale) };
}

/** What a form lacks before any verb is asked. */
export function formError(
  locale: string,
  missing: 'file-missing' | 'signed-copy-file-missing' | 'template-missing' | 'way-missing' | 'hide-unconfirmed',
): PolicyError {
  const field = {
    'file-missing': 'file',
    'signed-copy-file-missing': 'signedCopy',
    'template-missing': 'template',
    'way-missing': 'way',
    'hide-unconfirmed': 'confirm',
  } as const;
  return { field: field[missing], message: policiesConsoleText(locale)(missing) };
}

export function errorAt(errors: readonly PolicyError[], field: PolicyField): string | undefined {
  return errors.find((error) => error.field === field)?.message;
}
