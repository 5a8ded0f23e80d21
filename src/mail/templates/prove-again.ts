import type { Letter } from '../letter.ts';
import { mailText } from '../mail-text.ts';

export type ProveAgainView = {
  organisation: string;
  href: string;
  /** As it is typed: `1234 5678`. */
  code: string;
  minutes: number;
  /** Where it was asked for; empty where unknown. */
  device: string;
  network: string;
};

export function proveAgain({ organisation, href, code, minutes, device, network }: ProveAgainView, locale: string): Letter {
  const t = mailText(locale);
  return {
    subject: t('prove.subject', { organisation }),
    blocks: [
      { kind: 'heading', text: t('prove.heading') },
      { kind: 'paragraph', text: t('prove.do', { minutes }) },
      { kind: 'button', label: t('prove.button'), href },
      { kind: 'paragraph', text: t('prove.code', { code }) },
      {
        kind: 'paragraph',
        text: t('link.asked', { device: device || t('device.unknown'), network: network || t('network.unknown') }),
      },
    ],
    why: t('prove.why', { organisation }),
  };
}
