import type { Letter } from '../letter.ts';
import { mailText } from '../mail-text.ts';

export type SignInLinkView = {
  organisation: string;
  href: string;
  minutes: number;
  /** Where it was asked for, as `Firefox · Linux` and `203.0.113.*`; empty where unknown. */
  device: string;
  network: string;
};

export function signInLink({ organisation, href, minutes, device, network }: SignInLinkView, locale: string): Letter {
  const t = mailText(locale);
  return {
    subject: t('link.subject', { organisation }),
    blocks: [
      { kind: 'heading', text: t('link.heading', { organisation }) },
      { kind: 'paragraph', text: t('link.do', { minutes }) },
      { kind: 'button', label: t('link.button'), href },
      {
        kind: 'paragraph',
        text: t('link.asked', { device: device || t('device.unknown'), network: network || t('network.unknown') }),
      },
    ],
    why: t('link.why', { organisation, minutes }),
  };
}
