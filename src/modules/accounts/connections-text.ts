import { translator } from '#kernel/i18n';
import de from './messages/connections.de.json' with { type: 'json' };
import en from './messages/connections.en.json' with { type: 'json' };

export const connectionsText = translator({ en, de });
