import type { Values } from '#kernel/i18n';
import { translator } from '#kernel/i18n';
import type { CreateOwnerRefusal } from '#accounts';
import type { ReplyTimeRefusal } from './declare-reply-time.ts';
import type { EstablishRefusal } from './establish-organisation.ts';
import de from './messages/refusals.de.json' with { type: 'json' };
import en from './messages/refusals.en.json' with { type: 'json' };

export type OrganisationRefusal = Exclude<EstablishRefusal, CreateOwnerRefusal> | ReplyTimeRefusal;

const text = translator({ en, de });

/** What happened, what was kept and what to do, for whoever was refused. A refusal without a sentence does not compile. */
export function organisationSentence(refusal: OrganisationRefusal, facts: Values, locale: string): string {
  return text(locale)(refusal, facts);
}
