import type { ComponentChildren } from 'preact';
import { address, Button, ErrorSummary, Field, type Page, type Reader } from '#design';
import { linkLasts } from './link-box.ts';
import { linksText } from './links-text.ts';

export type PortalLinkSentView = {
  /** As typed. */
  code: string;
  error: string | null;
  tooMany: boolean;
};

/** After asking for a link, whatever was asked for. It names no address, so it can be the same for all of them. */
export function portalLinkSent({ code, error, tooMany }: PortalLinkSentView, { locale }: Reader): Page {
  const t = linksText(locale);
  const again = (text: ComponentChildren) => <a href={address(locale, 'me', 'sign-in')}>{text}</a>;
  return {
    title: t(error ? 'title.error' : 'sent.title'),
    description: '',
    section: null,
    path: 'me/sign-in/sent',
    unlisted: true,
    body: (
      <div class="narrow">
        <h1>{t('sent.title')}</h1>
        <p class="lede">{t('sent.lede', { minutes: linkLasts.total('minutes') })}</p>
        <p>{t('sent.here')}</p>
        <ErrorSummary errors={error ? [{ field: 'code', message: error }] : []} />
        <section class="section" aria-labelledby="elsewhere">
          <h2 id="elsewhere">{t('sent.elsewhere')}</h2>
          {tooMany ? (
            <div class="notice bad" role="alert">
              <p>{t.rich('sent.too-many', { link: again })}</p>
            </div>
          ) : (
            <form method="post" action={address(locale, 'me', 'sign-in', 'code')}>
              <Field
                name="code"
                label={t('sent.code')}
                hint={t('sent.elsewhere.do')}
                error={error ?? undefined}
                control={(props) => (
                  <input
                    {...props}
                    class="code-input"
                    required
                    inputmode="numeric"
                    autocomplete="one-time-code"
                    spellcheck={false}
                    dir="ltr"
                    maxlength={12}
                    value={code}
                  />
                )}
              />
              <div class="actions">
                <Button>{t('sent.code.send')}</Button>
              </div>
            </form>
          )}
        </section>
        <section class="section" aria-labelledby="nothing">
          <h2 id="nothing">{t('sent.nothing')}</h2>
          <p>{t.rich('sent.nothing.do', { link: again })}</p>
        </section>
      </div>
    ),
  };
}
