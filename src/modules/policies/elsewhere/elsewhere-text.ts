import { translator } from '#kernel/i18n';
import de from '../messages/elsewhere.de.json' with { type: 'json' };
import en from '../messages/elsewhere.en.json' with { type: 'json' };

export const elsewhereText = translator({ en, de });
