import { translator } from '#kernel/i18n';
import de from '../messages/acceptance.de.json' with { type: 'json' };
import en from '../messages/acceptance.en.json' with { type: 'json' };

export const acceptanceText = translator({ en, de });
