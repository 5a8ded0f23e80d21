import { formatInstant } from '#kernel/i18n';
import type { Letter } from '../letter.ts';
import { mailText } from '../mail-text.ts';

export type ConfirmAddressView = { organisation: string; href: string; minutes: number };

/** To the new address. */
export function confirmAddress({ organisation, href, minutes }: ConfirmAddressView, locale: string): Letter {
  const t = mailText(locale);
  return {
    subject: t('confirm.subject', { organisation }),
    blocks: [
      { kind: 'heading', text: t('confirm.heading') },
      { kind: 'paragraph', text: t('confirm.do', { organisation, minutes }) },
      { kind: 'button', label: t('confirm.button'), href },
    ],
    why: t('confirm.why', { organisation }),
  };
}

export type AddressChangedView = { organisation: string; at: string; zone: string; href: string };

/** To the old address, which may be the only one that its owner still reads. The new one is not named: the mailbox may be lost. */
export function addressChanged({ organisation, at, zone, href }: AddressChangedView, locale: string): Letter {
  const t = mailText(locale);
  const date = formatInstant(locale, Temporal.Instant.from(at), zone);
  return {
    subject: t('changed.subject', { organisation }),
    blocks: [
      { kind: 'heading', text: t('changed.heading') },
      { kind: 'paragraph', text: t('changed.what', { organisation, date }) },
      { kind: 'paragraph', text: t('changed.do', { organisation }) },
      { kind: 'button', label: t('changed.button', { organisation }), href },
    ],
    why: t('changed.why', { organisation }),
  };
}
