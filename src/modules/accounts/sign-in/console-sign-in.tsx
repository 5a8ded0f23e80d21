import { address, Button, Field, Notice, type Page, type Reader } from '#design';
import type { Refused } from '#kernel/outcome';
import { accountsText } from '../accounts-text.ts';
import { connectionsText } from '../connections-text.ts';
import type { ProviderLink } from '../providers/list-providers.ts';
import { ProviderLinks } from '../providers/provider-links.tsx';
import type { OpenSessionRefusal } from '../sessions/open-session.ts';
import type { CheckPassphraseRefusal } from './check-passphrase.ts';
import { accountsSentence } from '../refusals.ts';

export type SignInView = {
  organisation: string;
  /** As typed, when it came back. The passphrase never does. */
  email: string;
  refused: Refused<CheckPassphraseRefusal | OpenSessionRefusal> | null;
  /** Why somebody who was signed in sees this page. */
  after: 'signed-out' | 'session-ended' | null;
  providers: readonly ProviderLink[];
};

/** One answer for an unknown address and a wrong passphrase, so that nobody learns who works here. */
export function consoleSignIn(view: SignInView, { locale }: Reader): Page {
  const t = accountsText(locale);
  const { refused } = view;
  return {
    title: t(refused ? 'sign-in.error' : 'sign-in'),
    description: '',
    section: null,
    path: 'console/sign-in',
    unlisted: true,
    body: (
      <div class="narrow">
        <h1>{t('sign-in')}</h1>
        <p class="lede">{t('sign-in.lede', { organisation: view.organisation })}</p>
        {refused && (
          <div class="notice bad" role="alert">
            <p>{accountsSentence(refused.refusal, refused.facts, locale)}</p>
          </div>
        )}
        {view.after && (
          <Notice announce>
            <p>{t(view.after)}</p>
          </Notice>
        )}
        <ProviderLinks providers={view.providers} surface="console" locale={locale} />
        {view.providers.length > 0 && <h2>{connectionsText(locale)('with.or')}</h2>}
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
