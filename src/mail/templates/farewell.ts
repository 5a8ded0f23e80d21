import type { Letter } from '../letter.ts';
import { mailText } from '../mail-text.ts';

export type FarewellView = {
  organisation: string;
  /** What must be kept, each a sentence with why and until when; usually nothing. */
  kept: readonly string[];
};

export function farewell({ organisation, kept }: FarewellView, locale: string): Letter {
  const t = mailText(locale);
  return {
    subject: t('farewell.subject', { organisation }),
    blocks: [
      { kind: 'heading', text: t('farewell.heading') },
      { kind: 'paragraph', text: t('farewell.what', { organisation }) },
      { kind: 'paragraph', text: t('farewell.kept', { n: kept.length }) },
      ...(kept.length > 0 ? [{ kind: 'list', items: kept } as const] : []),
    ],
    why: t('farewell.why', { organisation }),
  };
}
