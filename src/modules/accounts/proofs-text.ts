import { translator } from '#kernel/i18n';
import de from './messages/proofs.de.json' with { type: 'json' };
import en from './messages/proofs.en.json' with { type: 'json' };

/** Sentences about how people prove who they are, for the pages of both surfaces. */
export const proofsText = translator({ en, de });
