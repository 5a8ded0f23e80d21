import { translator } from '#kernel/i18n';
import de from '../messages/webhooks.de.json' with { type: 'json' };
import en from '../messages/webhooks.en.json' with { type: 'json' };

export const webhooksText = translator({ en, de });

export function webhookRemoveUnconfirmed(locale: string): string {
  return webhooksText(locale)('remove.unconfirmed');
}
