import { translator } from '#kernel/i18n';
import de from '../messages/approvals.de.json' with { type: 'json' };
import en from '../messages/approvals.en.json' with { type: 'json' };

export const approvalsText = translator({ en, de });
