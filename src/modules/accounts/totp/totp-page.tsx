import { Button, Field, Hash, type Page, type Reader } from '#design';
import type { Refused } from '#kernel/outcome';
import { ownAddress, ownPath } from '../own-pages.ts';
import { proofsText } from '../proofs-text.ts';
import { RefusedNotice } from '../refused-notice.tsx';
import { QrCode } from './qr-code.tsx';
import type { SetUpTotpRefusal } from './set-up-totp.ts';

export type TotpView = {
  /** What the app reads: `otpauth://totp/…`. */
  address: string;
  /** Base32, to be typed where nothing can be scanned. */
  secret: string;
  sealed: string;
  refused: Refused<SetUpTotpRefusal> | null;
};

/** Sets up an authenticator app: the secret as a picture and as text, and its first code. */
export function totpPage({ address, secret, sealed, refused }: TotpView, { locale }: Reader): Page {
  const t = proofsText(locale);
  return {
    title: t(refused ? 'totp.error' : 'totp'),
    description: '',
    section: null,
    path: ownPath('console', 'totp'),
    unlisted: true,
    body: (
      <div class="narrow">
        <h1>{t('totp')}</h1>
        <p class="lede">{t('totp.lede')}</p>
        <RefusedNotice refused={refused} locale={locale} />
        <h2>{t('totp.scan')}</h2>
        <p class="more">
          <QrCode text={address} label={t('totp.picture')} />
        </p>
        <p class="hint more">{t('totp.type')}</p>
        <p>
          <Hash value={secret} />
        </p>
        <form method="post" action={ownAddress(locale, 'console', 'totp')} class="more">
          <input type="hidden" name="sealed" value={sealed} />
          <Field
            name="code"
            label={t('totp.code')}
            hint={t('totp.code.hint')}
            control={(props) => (
              <input {...props} required inputmode="numeric" autocomplete="one-time-code" maxlength={12} class="code-input" />
            )}
          />
          <div class="actions">
            <Button>{t('totp.send')}</Button>
            <a href={ownAddress(locale, 'console')}>{t('cancel')}</a>
          </div>
        </form>
      </div>
    ),
  };
}
