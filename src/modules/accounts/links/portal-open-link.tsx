import { address, Button, type Page, type Reader, urlPart } from '#design';
import { linksText } from './links-text.ts';

export type PortalOpenLinkView = {
  organisation: string;
  token: string;
  /** Why it opened nothing, a sentence. */
  refused: string | null;
};

/** Behind a sign-in link. Opening it changes nothing and looks at nothing; the button does. */
export function portalOpenLink({ organisation, token, refused }: PortalOpenLinkView, { locale }: Reader): Page {
  const t = linksText(locale);
  return {
    title: refused ? t('title.error') : t('open.title', { organisation }),
    description: '',
    section: null,
    // In the other language the same link is opened: without its token the page there could sign nobody in.
    path: token === '' ? 'me/sign-in/open' : `me/sign-in/open?token=${urlPart(token)}`,
    unlisted: true,
    body: (
      <div class="narrow">
        <h1>{t('open.title', { organisation })}</h1>
        {refused ? (
          <>
            <div class="notice bad" role="alert">
              <p>{refused}</p>
            </div>
            <p>
              <a href={address(locale, 'me', 'sign-in')}>{t('open.again')}</a>
            </p>
          </>
        ) : (
          <>
            <p class="lede">{t('open.lede')}</p>
            <form method="post" action={address(locale, 'me', 'sign-in', 'open')}>
              <input type="hidden" name="token" value={token} />
              <div class="actions">
                <Button>{t('open.button')}</Button>
              </div>
            </form>
          </>
        )}
      </div>
    ),
  };
}

/** The link was opened where nobody asked for one: six digits for the browser that did. */
export function portalLinkCode({ code }: { code: string }, { locale }: Reader): Page {
  const t = linksText(locale);
  return {
    title: t('code.title'),
    description: '',
    section: null,
    path: 'me/sign-in',
    unlisted: true,
    body: (
      <div class="narrow">
        <h1>{t('code.title')}</h1>
        <p class="lede">{t('code.lede')}</p>
        <pre class="command" dir="ltr" translate={false}>
          <code>{`${code.slice(0, 3)} ${code.slice(3)}`}</code>
        </pre>
        <div class="notice warn">
          <p>{t('code.warn')}</p>
        </div>
      </div>
    ),
  };
}
