import { formatInstant } from '#kernel/i18n';
import type { Letter } from '../letter.ts';
import { mailText } from '../mail-text.ts';

export type NewDeviceView = { organisation: string; at: string; zone: string; device: string; network: string; href: string };

export function newDevice({ organisation, at, zone, device, network, href }: NewDeviceView, locale: string): Letter {
  const t = mailText(locale);
  const date = formatInstant(locale, Temporal.Instant.from(at), zone);
  return {
    subject: t('device.subject', { organisation }),
    blocks: [
      { kind: 'heading', text: t('device.heading') },
      {
        kind: 'list',
        items: [date, device || t('device.unknown'), t('device.network', { network: network || t('network.unknown') })],
      },
      { kind: 'paragraph', text: t('device.you') },
      { kind: 'paragraph', text: t('device.not-you') },
      { kind: 'button', label: t('device.button'), href },
    ],
    why: t('device.why', { organisation }),
  };
}
