import { formatInstant } from '#kernel/i18n';
import type { Letter } from '../letter.ts';
import { mailText } from '../mail-text.ts';

export type NotMeView = { organisation: string; at: string; zone: string; href: string };

/** To whoever keeps the organisation secure. It names nobody: a mailbox is read by more people than the console. */
export function notMe({ organisation, at, zone, href }: NotMeView, locale: string): Letter {
  const t = mailText(locale);
  const date = formatInstant(locale, Temporal.Instant.from(at), zone);
  return {
    subject: t('not-me.subject', { organisation }),
    blocks: [
      { kind: 'heading', text: t('not-me.heading') },
      { kind: 'paragraph', text: t('not-me.what', { date }) },
      { kind: 'paragraph', text: t('not-me.do') },
      { kind: 'button', label: t('not-me.button'), href },
    ],
    why: t('not-me.why', { organisation }),
  };
}
