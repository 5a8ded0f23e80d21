import { address, type Page, type Reader } from '#design';
import { linksText } from './links-text.ts';

export type PortalSignedInView = { organisation: string; email: string | null };

/** Right after a link: who one is now, and how to need no letter the next time. */
export function portalSignedIn({ organisation, email }: PortalSignedInView, { locale }: Reader): Page {
  const t = linksText(locale);
  return {
    title: t('in.title'),
    description: '',
    section: null,
    path: 'me/signed-in',
    unlisted: true,
    body: (
      <div class="narrow">
        <h1>{t('in.title')}</h1>
        <p class="lede">{t('in.lede', { organisation })}</p>
        {email !== null && <p>{t.rich('in.as', { email: <bdi>{email}</bdi> })}</p>}
        <section class="section" aria-labelledby="passkey">
          <h2 id="passkey">{t('in.passkey')}</h2>
          <p>{t('in.passkey.do')}</p>
          <p>
            <a href={address(locale, 'me', 'security')}>{t('in.passkey.link')}</a>
          </p>
        </section>
        <p class="more">
          <a href={address(locale, 'me')}>{t('in.on')}</a>
        </p>
      </div>
    ),
  };
}
