import type { SecondPersonRefusal } from '#accounts';
import type { Values } from '#kernel/i18n';
import { translator } from '#kernel/i18n';
import type { ImportRefusal } from './import-version.ts';
import type { MoveDocumentRefusal } from './move-document.ts';
import type { OpenDocumentRefusal } from './open-document.ts';
import type { PublishRefusal } from './publish-version.ts';
import type { SaveDraftRefusal } from './save-draft.ts';
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
import de from './messages/refusals.de.json' with { type: 'json' };
import en from './messages/refusals.en.json' with { type: 'json' };

export type PoliciesRefusal =
  | ImportRefusal
  | MoveDocumentRefusal
  | OpenDocumentRefusal
  | Exclude<PublishRefusal, SecondPersonRefusal>
  | SaveDraftRefusal
  | WithdrawRefusal
  | AnswerByLinkRefusal
  | CallAcceptanceRefusal
  | DecideRefusal
  | MakeLinkRefusal
  | ReportRefusal
  | ReturnAddressRefusal
  | 'policies/return-address-gone'
  | SetAcceptanceRefusal
  | TakeBackRefusal
  | 'ledger/visibility-unchanged';

const text = translator({ en, de });

/** What happened, what was kept and what to do, for whoever was refused. A refusal without a sentence does not compile. */
export function policiesSentence(refusal: PoliciesRefusal, facts: Values, locale: string): string {
  return text(locale)(refusal, facts);
}
