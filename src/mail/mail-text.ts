import { translator } from '#kernel/i18n';
import de from './messages/de.json' with { type: 'json' };
import en from './messages/en.json' with { type: 'json' };

export const mailText = translator({ en, de });
