import { address, Button, Field, type Page, type Reader } from '#design';
import type { Refused } from '#kernel/outcome';
import { PasskeyForm, type PasskeyPlace, passkeyScript } from '../passkeys/passkey-form.tsx';
import { proofsText } from '../proofs-text.ts';
import { RefusedNotice } from '../refused-notice.tsx';
import type { AccountsRefusal } from '../refusals.ts';

export type SecondStepView = {
  place: PasskeyPlace;
  ways: { passkey: boolean; code: boolean; recovery: boolean };
  refused: Refused<AccountsRefusal> | null;
};

/** After the passphrase: a passkey, a code of the app, or a recovery code. */
export function secondStepPage({ place, ways, refused }: SecondStepView, { locale }: Reader): Page {
  const t = proofsText(locale);
  const asks = ways.code ? (ways.recovery ? 'either' : 'code') : 'recovery';
  return {
    title: t(refused ? 'second.error' : 'second'),
    description: '',
    section: null,
    path: 'console/sign-in/second',
    unlisted: true,
    scripts: [passkeyScript],
    body: (
      <div class="narrow">
        <h1>{t('second')}</h1>
        <p class="lede">{t('second.lede')}</p>
        <RefusedNotice refused={refused} locale={locale} />
        {ways.passkey && (
          <PasskeyForm
            locale={locale}
            place={place}
            act="get"
            action={address(locale, 'console', 'sign-in', 'passkey')}
            options={address(locale, 'console', 'sign-in', 'options')}
            button={t('second.passkey')}
          />
        )}
        {(ways.code || ways.recovery) && (
          <form method="post" action={address(locale, 'console', 'sign-in', 'second')} class="more">
            <Field
              name="code"
              label={t(`second.${asks}`)}
              hint={t(`second.${asks}.hint`)}
              control={(props) => (
                <input {...props} required autocomplete="one-time-code" maxlength={40} class="code-input" spellcheck={false} />
              )}
            />
            <Button tone={ways.passkey ? 'second' : 'first'}>{t('second.send')}</Button>
          </form>
        )}
        <p class="note more">
          {t.rich('second.over', { link: (text) => <a href={address(locale, 'console', 'sign-in')}>{text}</a> })}
        </p>
      </div>
    ),
  };
}
