import { translator } from '#kernel/i18n';
import de from './messages/portal-de.json' with { type: 'json' };
import en from './messages/portal-en.json' with { type: 'json' };

export const supportPortalText = translator({ en, de });
