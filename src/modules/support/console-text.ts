import { translator } from '#kernel/i18n';
import de from './messages/console-de.json' with { type: 'json' };
import en from './messages/console-en.json' with { type: 'json' };

export const supportConsoleText = translator({ en, de });
