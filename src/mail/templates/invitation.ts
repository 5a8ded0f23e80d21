import type { Letter } from '../letter.ts';
import { mailText } from '../mail-text.ts';

export type InvitationView = {
  organisation: string;
  href: string;
  hours: number;
  /** What they will be, in words of the reader's language: `support, moderator`. */
  roles: string;
};

export function invitation({ organisation, href, hours, roles }: InvitationView, locale: string): Letter {
  const t = mailText(locale);
  return {
    subject: t('invitation.subject', { organisation }),
    blocks: [
      { kind: 'heading', text: t('invitation.heading', { organisation }) },
      { kind: 'paragraph', text: t('invitation.what', { organisation, roles }) },
      { kind: 'paragraph', text: t('invitation.do', { hours }) },
      { kind: 'button', label: t('invitation.button'), href },
    ],
    why: t('invitation.why', { organisation }),
  };
}
