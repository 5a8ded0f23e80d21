import { translator } from '#kernel/i18n';
import de from '../messages/acceptance-console.de.json' with { type: 'json' };
import en from '../messages/acceptance-console.en.json' with { type: 'json' };

export const acceptanceConsoleText = translator({ en, de });
