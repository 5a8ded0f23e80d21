import type { SecondPersonRefusal } from '#accounts';
import type { Values } from '#kernel/i18n';
import { translator } from '#kernel/i18n';
import type { ImportRefusal } from './import-version.ts';
import type { MoveDocumentRefusal } from './move-document.ts';
import type { OpenDocumentRefusal } from './open-document.ts';
import type { PublishRefusal } from './publish-version.ts';
import type { SaveDraftRefusal } from './save-draft.ts';
import type { UploadRefusal } from './sources/read-upload.ts';
import type { PullRefusal } from './pull/judge-pulled.ts';
import type { RemovePullRefusal } from './pull/remove-pull.ts';
import type { SetPullRefusal } from './pull/set-pull.ts';
import type { TakePulledRefusal } from './pull/take-pulled.ts';
import type { UnwatchCopyRefusal } from './watch/unwatch-copy.ts';
import type { WatchCopyRefusal } from './watch/watch-copy.ts';
import type { WithdrawRefusal } from './withdraw-version.ts';
import de from './messages/refusals.de.json' with { type: 'json' };
import en from './messages/refusals.en.json' with { type: 'json' };

export type PoliciesRefusal =
  | ImportRefusal
  | MoveDocumentRefusal
  | OpenDocumentRefusal
  | Exclude<PublishRefusal, SecondPersonRefusal>
  | SaveDraftRefusal
  | UploadRefusal
  | WithdrawRefusal
  | PullRefusal
  | RemovePullRefusal
  | SetPullRefusal
  | TakePulledRefusal
  | UnwatchCopyRefusal
  | WatchCopyRefusal
  | 'ledger/visibility-unchanged';

const text = translator({ en, de });

/** What happened, what was kept and what to do, for whoever was refused. A refusal without a sentence does not compile. */
export function policiesSentence(refusal: PoliciesRefusal, facts: Values, locale: string): string {
  return text(locale)(refusal, facts);
}
