import { translator } from '#kernel/i18n';
import de from '../messages/people.de.json' with { type: 'json' };
import en from '../messages/people.en.json' with { type: 'json' };

export const peopleText = translator({ en, de });
