import type { Values } from '#kernel/i18n';
import { translator } from '#kernel/i18n';
import type { CheckPassphraseRefusal } from './sign-in/check-passphrase.ts';
import type { OpenSessionRefusal } from './sessions/open-session.ts';
import type { CreateOwnerRefusal } from './create-owner.ts';
import type { ResetOwnerRefusal } from './reset-owner.ts';
import type { AskForLinkRefusal } from './links/ask-for-link.ts';
import type { ConfirmAddressRefusal } from './links/confirm-address.ts';
import type { EnterLinkCodeRefusal } from './links/enter-link-code.ts';
import type { OpenLinkRefusal } from './links/open-link.ts';
import de from './messages/refusals.de.json' with { type: 'json' };
import en from './messages/refusals.en.json' with { type: 'json' };

/** Of links sent by mail. */
type LinksRefusal =
  | AskForLinkRefusal
  | ConfirmAddressRefusal
  | EnterLinkCodeRefusal
  | OpenLinkRefusal
  | 'accounts/too-many-attempts';

export type AccountsRefusal = LinksRefusal | CheckPassphraseRefusal | CreateOwnerRefusal | OpenSessionRefusal | ResetOwnerRefusal;

const text = translator({ en, de });

/** What happened, what was kept and what to do, for whoever was refused. A refusal without a sentence does not compile. */
export function accountsSentence(refusal: AccountsRefusal, facts: Values, locale: string): string {
  return text(locale)(refusal, facts);
}
