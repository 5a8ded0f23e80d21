import { translator } from '#kernel/i18n';
import de from '../messages/links.de.json' with { type: 'json' };
import en from '../messages/links.en.json' with { type: 'json' };

export const linksText = translator({ en, de });
