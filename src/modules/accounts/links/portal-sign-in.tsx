import { address, Button, ErrorSummary, Field, Notice, type Page, type Reader } from '#design';
import { linksText } from './links-text.ts';

export type PortalSignInView = {
  organisation: string;
  /** The organisation's own providers; `id` is the last part of the address that begins there. */
  providers: readonly { id: string; name: string }[];
  /** As typed. */
  email: string;
  error: string | null;
  /** Why somebody who was signed in sees this page. */
  after: 'signed-out' | 'session-ended' | null;
};

/** Every way into the portal. The same page for everybody: nothing on it depends on who has an account. */
export function portalSignIn(view: PortalSignInView, { locale }: Reader): Page {
  const t = linksText(locale);
  const { organisation, providers, error } = view;
  return {
    title: t(error ? 'title.error' : 'title'),
    description: '',
    section: null,
    path: 'me/sign-in',
    unlisted: true,
    body: (
      <div class="narrow">
        <h1>{t('title')}</h1>
        <p class="lede">{t('lede', { organisation })}</p>
        {view.after && (
          <Notice announce>
            <p>{t(`after.${view.after}`)}</p>
          </Notice>
        )}
        <ErrorSummary errors={error ? [{ field: 'email', message: error }] : []} />
        {providers.length > 0 && (
          <section class="section" aria-labelledby="providers">
            <h2 id="providers">{t('providers')}</h2>
            <ul>
              {providers.map(({ id, name }) => (
                <li>
                  <a href={address(locale, 'me', 'sign-in', 'with', id)}>{t('provider', { name })}</a>
                </li>
              ))}
            </ul>
          </section>
        )}
        <section class="section" aria-labelledby="mail">
          <h2 id="mail">{t('mail')}</h2>
          <form method="post" action={address(locale, 'me', 'sign-in')}>
            <Field
              name="email"
              label={t('email')}
              hint={t('email.hint')}
              error={error ?? undefined}
              control={(props) => (
                <input {...props} type="email" required autocomplete="email" maxlength={254} value={view.email} />
              )}
            />
            <div class="actions">
              <Button>{t('send')}</Button>
            </div>
          </form>
        </section>
        <section class="section" aria-labelledby="passkey">
          <h2 id="passkey">{t('passkey')}</h2>
          <p>{t.rich('passkey.do', { link: (text) => <a href={address(locale, 'me', 'passkey')}>{text}</a> })}</p>
        </section>
        <section class="section" aria-labelledby="receipt">
          <h2 id="receipt">{t('receipt')}</h2>
          <p>{t.rich('receipt.do', { link: (text) => <a href={address(locale, 'me', 'matter')}>{text}</a> })}</p>
        </section>
      </div>
    ),
  };
}
