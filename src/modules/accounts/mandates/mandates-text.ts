import { translator } from '#kernel/i18n';
import de from '../messages/mandates.de.json' with { type: 'json' };
import en from '../messages/mandates.en.json' with { type: 'json' };

export const mandatesText = translator({ en, de });
