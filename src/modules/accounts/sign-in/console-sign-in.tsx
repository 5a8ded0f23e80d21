import { address, Button, Field, Notice, type Page, type Reader } from '#design';
import type { Refused } from '#kernel/outcome';
import { accountsText } from '../accounts-text.ts';
import type { CheckAssertionRefusal } from '../passkeys/check-assertion.ts';
import { PasskeyForm, type PasskeyPlace, passkeyScript } from '../passkeys/passkey-form.tsx';
import { proofsText } from '../proofs-text.ts';
import type { ProviderLink } from '../providers/list-providers.ts';
import { ProviderLinks } from '../providers/provider-links.tsx';
import type { OpenSessionRefusal } from '../sessions/open-session.ts';
import type { CheckPassphraseRefusal } from './check-passphrase.ts';
import { RefusedNotice } from '../refused-notice.tsx';
import type { SecondStepRefusal } from '../step-up/second-step.ts';

export type SignInView = {
  organisation: string;
  /** As typed, when it came back. The passphrase never does. */
  email: string;
  refused: Refused<CheckAssertionRefusal | CheckPassphraseRefusal | OpenSessionRefusal | SecondStepRefusal> | null;
  place: PasskeyPlace;
  /** Why somebody who was signed in sees this page. */
  after: 'signed-out' | 'session-ended' | null;
  providers: readonly ProviderLink[];
};

/** One answer for an unknown address and a wrong passphrase, so that nobody learns who works here. */
export function consoleSignIn(view: SignInView, { locale }: Reader): Page {
  const t = accountsText(locale);
  const own = proofsText(locale);
  const { refused } = view;
  return {
    title: t(refused ? 'sign-in.error' : 'sign-in'),
    description: '',
    section: null,
    path: 'console/sign-in',
    unlisted: true,
    scripts: [passkeyScript],
    body: (
      <div class="narrow">
        <h1>{t('sign-in')}</h1>
        <p class="lede">{t('sign-in.lede', { organisation: view.organisation })}</p>
        <RefusedNotice refused={refused} locale={locale} />
        {view.after && (
          <Notice announce>
            <p>{t(view.after)}</p>
          </Notice>
        )}
        <PasskeyForm
          locale={locale}
          place={view.place}
          act="get"
          action={address(locale, 'console', 'sign-in', 'passkey')}
          options={address(locale, 'console', 'sign-in', 'options')}
          button={own('sign-in.passkey')}
          tone="second"
        />
        <ProviderLinks providers={view.providers} surface="console" locale={locale} />
        <h2 class="more">{own('sign-in.or')}</h2>
        <form method="post" action={address(locale, 'console', 'sign-in')} class="more">
          <Field
            name="email"
            label={t('email')}
            control={(props) => <input {...props} type="email" required autocomplete="username" value={view.email} />}
          />
          <Field
            name="passphrase"
            label={t('passphrase')}
            control={(props) => <input {...props} type="password" required autocomplete="current-password" />}
          />
          <div class="actions">
            <Button>{t('send')}</Button>
          </div>
        </form>
        <details class="more">
          <summary>{t('lost')}</summary>
          <p>{t('lost.do')}</p>
          <pre class="command" dir="ltr" translate={false}>
            <code>npm run troth -- owner reset</code>
          </pre>
        </details>
        <p class="note more">
          {t.rich('elsewhere', {
            link: (text) => <a href={address(locale)}>{text}</a>,
            portal: (text) => <a href={address(locale, 'me')}>{text}</a>,
          })}
        </p>
      </div>
    ),
  };
}
