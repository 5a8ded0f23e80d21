import type { SecondPersonRefusal } from '#accounts';
import type { Values } from '#kernel/i18n';
import { translator } from '#kernel/i18n';
import { dayText } from './day-text.ts';
import type { EndDocumentRefusal } from './end-document.ts';
import type { ImportRefusal } from './import-version.ts';
import type { MoveDocumentRefusal } from './move-document.ts';
import type { ChooseNoticeRulesRefusal } from './notice/choose-notice-rules.ts';
import { ruleTitle } from './notice/rule-title.ts';
import type { OpenDocumentRefusal } from './open-document.ts';
import type { PublishRefusal } from './publish-version.ts';
import type { AnswerReviewRefusal } from './review/answer-review.ts';
import type { AskForReviewRefusal } from './review/ask-for-review.ts';
import type { SetApproversRefusal } from './review/set-approvers.ts';
import type { SaveDraftRefusal } from './save-draft.ts';
import type { UploadRefusal } from './sources/read-upload.ts';
import type { PublishTranslationRefusal } from './translation/publish-translation.ts';
import type { SaveTranslationRefusal } from './translation/save-translation.ts';
import type { PullRefusal } from './pull/judge-pulled.ts';
import type { RemovePullRefusal } from './pull/remove-pull.ts';
import type { SetPullRefusal } from './pull/set-pull.ts';
import type { TakePulledRefusal } from './pull/take-pulled.ts';
import type { UnwatchCopyRefusal } from './watch/unwatch-copy.ts';
import type { WatchCopyRefusal } from './watch/watch-copy.ts';
import type { WithdrawRefusal } from './withdraw-version.ts';
// Acceptance.
import type { AnswerByLinkRefusal } from './acceptance/answer-by-link.ts';
import type { CallAcceptanceRefusal } from './acceptance/call-acceptance.ts';
import type { DecideRefusal } from './acceptance/decide.ts';
import type { MakeLinkRefusal } from './acceptance/make-acceptance-link.ts';
import type { ReportRefusal } from './acceptance/report-decision.ts';
import type { ReturnAddressRefusal } from './acceptance/return-addresses.ts';
import type { SetAcceptanceRefusal } from './acceptance/set-acceptance.ts';
import type { TakeBackRefusal } from './acceptance/take-back.ts';
// Signed copy.
import type { AttachSignedCopyRefusal } from './signed-copy/attach-signed-copy.ts';
import type { RemoveSignedCopyRefusal } from './signed-copy/remove-signed-copy.ts';
import de from './messages/refusals.de.json' with { type: 'json' };
import en from './messages/refusals.en.json' with { type: 'json' };

export type PoliciesRefusal =
  | AnswerReviewRefusal
  | AskForReviewRefusal
  | SetApproversRefusal
  | PublishTranslationRefusal
  | SaveTranslationRefusal
  | ImportRefusal
  | MoveDocumentRefusal
  | OpenDocumentRefusal
  | Exclude<PublishRefusal, SecondPersonRefusal>
  | SaveDraftRefusal
  | UploadRefusal
  | WithdrawRefusal
  | EndDocumentRefusal
  | ChooseNoticeRulesRefusal
  | PullRefusal
  | RemovePullRefusal
  | SetPullRefusal
  | TakePulledRefusal
  | UnwatchCopyRefusal
  | WatchCopyRefusal
  | AnswerByLinkRefusal
  | CallAcceptanceRefusal
  | DecideRefusal
  | MakeLinkRefusal
  | ReportRefusal
  | ReturnAddressRefusal
  | 'policies/return-address-gone'
  | SetAcceptanceRefusal
  | TakeBackRefusal
  // Signed copy.
  | AttachSignedCopyRefusal
  | RemoveSignedCopyRefusal
  | 'ledger/visibility-unchanged';

const text = translator({ en, de });

/** What happened, what was kept and what to do, for whoever was refused. A refusal without a sentence does not compile. */
export function policiesSentence(refusal: PoliciesRefusal, facts: Values, locale: string): string {
  const { rule, earliest } = facts;
  const named = typeof rule === 'string' ? { rule: ruleTitle(rule, locale) } : {};
  const dated =
    refusal === 'policies/notice-too-short' ? { earliest: dayText(Temporal.PlainDate.from(String(earliest)), locale) } : {};
  return text(locale)(refusal, { ...facts, ...named, ...dated });
}
