import { translator } from '#kernel/i18n';
import de from '../messages/scim.de.json' with { type: 'json' };
import en from '../messages/scim.en.json' with { type: 'json' };

export const scimText = translator({ en, de });

export function scimCloseUnconfirmed(locale: string): string {
  return scimText(locale)('close.unconfirmed');
}
