import { translator } from '#kernel/i18n';
import de from '../messages/self.de.json' with { type: 'json' };
import en from '../messages/self.en.json' with { type: 'json' };

export const selfText = translator({ en, de });
