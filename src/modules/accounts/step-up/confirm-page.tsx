import { address, Button, Field, type Page, type Reader } from '#design';
import type { Refused } from '#kernel/outcome';
import { PasskeyForm, type PasskeyPlace, passkeyScript } from '../passkeys/passkey-form.tsx';
import { proofsText } from '../proofs-text.ts';
import { RefusedNotice } from '../refused-notice.tsx';
import type { AccountsRefusal } from '../refusals.ts';
import type { Surface } from '../tables.ts';

export type ConfirmView = {
  surface: Surface;
  /** Whose passphrase is asked for. */
  email: string;
  /** Path of this site to go on to. */
  back: string;
  place: PasskeyPlace;
  ways: { passkey: boolean; code: boolean; passphrase: boolean };
  /** Where a user without a passkey can have a letter sent, and whether one is on its way. */
  mail: { readonly address: string; readonly sent: boolean } | null;
  refused: Refused<AccountsRefusal> | null;
};

/** Asks somebody who is signed in to prove again that it is them, in any way they have. */
export function confirmPage({ surface, email, back, place, ways, mail, refused }: ConfirmView, { locale }: Reader): Page {
  const t = proofsText(locale);
  const home = surface === 'console' ? 'console' : 'me';
  const to = (...parts: string[]) => address(locale, home, 'confirm', ...parts);
  return {
    title: t(refused ? 'confirm.error' : 'confirm'),
    description: '',
    section: null,
    path: `${home}/confirm`,
    unlisted: true,
    scripts: [passkeyScript],
    body: (
      <div class="narrow">
        <h1>{t('confirm')}</h1>
        <p class="lede">{t('confirm.lede')}</p>
        <RefusedNotice refused={refused} locale={locale} />
        {ways.passkey && (
          <PasskeyForm
            locale={locale}
            place={place}
            act="get"
            action={to('passkey')}
            options={to('options')}
            button={t('confirm.passkey')}
          >
            <input type="hidden" name="return" value={back} />
          </PasskeyForm>
        )}
        {ways.code && (
          <form method="post" action={to('code')} class="more">
            <input type="hidden" name="return" value={back} />
            <Field
              name="code"
              label={t('confirm.code')}
              control={(props) => (
                <input {...props} required inputmode="numeric" autocomplete="one-time-code" maxlength={12} class="code-input" />
              )}
            />
            <Button tone="second">{t('confirm.send')}</Button>
          </form>
        )}
        {ways.passphrase && (
          <form method="post" action={to('passphrase')} class="more">
            <input type="hidden" name="return" value={back} />
            {/* For the browser's own keeper of passwords, which has to know whose it is. */}
            <input type="text" name="username" autocomplete="username" value={email} hidden readonly />
            <Field
              name="passphrase"
              label={t('confirm.passphrase')}
              control={(props) => <input {...props} type="password" required autocomplete="current-password" />}
            />
            <Button tone="second">{t('confirm.send')}</Button>
          </form>
        )}
        {mail && <ByMail mail={mail} back={back} locale={locale} />}
        {/* Whoever comes in by a provider or a link has just proved it, once they have come in again. */}
        <p class="note more">
          {t.rich('confirm.again', { link: (text) => <a href={address(locale, home, 'sign-in')}>{text}</a> })}
        </p>
      </div>
    ),
  };
}

function ByMail({ mail, back, locale }: { mail: NonNullable<ConfirmView['mail']>; back: string; locale: string }) {
  const t = proofsText(locale);
  const to = (part: string) => address(locale, 'me', 'confirm', part);
  return (
    <>
      {mail.sent && (
        <form method="post" action={to('letter-code')} class="more">
          <p class="text">{t.rich('confirm.mail.sent', { address: <bdi>{mail.address}</bdi> })}</p>
          <input type="hidden" name="return" value={back} />
          <Field
            name="letter-code"
            label={t('confirm.mail.code')}
            control={(props) => (
              <input {...props} required inputmode="numeric" autocomplete="one-time-code" maxlength={16} class="code-input" />
            )}
          />
          <Button>{t('confirm.send')}</Button>
        </form>
      )}
      <form method="post" action={to('letter')} class="more">
        <input type="hidden" name="return" value={back} />
        {!mail.sent && <p class="text">{t.rich('confirm.mail', { address: <bdi>{mail.address}</bdi> })}</p>}
        <Button tone={mail.sent ? 'second' : 'first'}>{t(mail.sent ? 'confirm.mail.again' : 'confirm.mail.send')}</Button>
      </form>
    </>
  );
}
