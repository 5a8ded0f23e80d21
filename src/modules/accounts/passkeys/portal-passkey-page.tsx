import { address, type Page, type Reader } from '#design';
import type { Refused } from '#kernel/outcome';
import { proofsText } from '../proofs-text.ts';
import { RefusedNotice } from '../refused-notice.tsx';
import type { OpenSessionRefusal } from '../sessions/open-session.ts';
import type { CheckAssertionRefusal } from './check-assertion.ts';
import { PasskeyForm, type PasskeyPlace, passkeyScript } from './passkey-form.tsx';

export type PortalPasskeyView = {
  organisation: string;
  place: PasskeyPlace;
  refused: Refused<CheckAssertionRefusal | OpenSessionRefusal> | null;
};

/** Signs a user in with a passkey; the other ways stand on the portal's sign-in page. */
export function portalPasskeyPage({ organisation, place, refused }: PortalPasskeyView, { locale }: Reader): Page {
  const t = proofsText(locale);
  return {
    title: t(refused ? 'portal-passkey.error' : 'portal-passkey'),
    description: '',
    section: null,
    path: 'me/passkey',
    unlisted: true,
    scripts: [passkeyScript],
    body: (
      <div class="narrow">
        <h1>{t('portal-passkey')}</h1>
        <p class="lede">{t('portal-passkey.lede', { organisation })}</p>
        <RefusedNotice refused={refused} locale={locale} />
        <PasskeyForm
          locale={locale}
          place={place}
          act="get"
          action={address(locale, 'me', 'passkey')}
          options={address(locale, 'me', 'passkey', 'options')}
          button={t('portal-passkey.send')}
        />
        <p class="more">
          <a href={address(locale, 'me', 'sign-in')}>{t('portal-passkey.other')}</a>
        </p>
      </div>
    ),
  };
}
