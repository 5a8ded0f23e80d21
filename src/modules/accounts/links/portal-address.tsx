import { address, Button, ErrorSummary, Field, Notice, type Page, type Reader, urlPart } from '#design';
import { linksText } from './links-text.ts';

export type PortalAddressView = {
  organisation: string;
  current: string | null;
  /** As typed. */
  entered: string;
  error: string | null;
  /** The answer to the form that was just sent. */
  sent: boolean;
};

/** A user's own address, and how to change it. */
export function portalAddress(view: PortalAddressView, { locale }: Reader): Page {
  const t = linksText(locale);
  const { organisation, current, error } = view;
  return {
    title: t(error ? 'address.title.error' : 'address.title'),
    description: '',
    section: 'security',
    path: 'me/address',
    unlisted: true,
    body: (
      <div class="narrow">
        <h1>{t('address.title')}</h1>
        <p class="lede">
          {current === null
            ? t('address.none', { organisation })
            : t.rich('address.now', { organisation, email: <bdi>{current}</bdi> })}
        </p>
        {view.sent && (
          <Notice announce>
            <p>{t('address.sent')}</p>
          </Notice>
        )}
        <ErrorSummary errors={error ? [{ field: 'email', message: error }] : []} />
        <form method="post" action={address(locale, 'me', 'address')} class="more">
          <Field
            name="email"
            label={t('address.new')}
            hint={t('address.hint')}
            error={error ?? undefined}
            control={(props) => (
              <input {...props} type="email" required autocomplete="email" maxlength={254} value={view.entered} />
            )}
          />
          <div class="actions">
            <Button>{t('address.send')}</Button>
          </div>
        </form>
      </div>
    ),
  };
}

export type PortalConfirmAddressView = {
  organisation: string;
  token: string;
  /** The answer to the button. */
  done: boolean;
  /** Why it changed nothing, a sentence. */
  refused: string | null;
};

/** Behind the link to a new address. The button changes it; programs that look through mail press none. */
export function portalConfirmAddress(view: PortalConfirmAddressView, { locale }: Reader): Page {
  const t = linksText(locale);
  const { organisation, refused } = view;
  const title = view.done ? t('confirm.done') : t('confirm.title');
  return {
    title,
    description: '',
    section: null,
    path: view.token === '' ? 'me/address/confirm' : `me/address/confirm?token=${urlPart(view.token)}`,
    unlisted: true,
    body: (
      <div class="narrow">
        <h1>{title}</h1>
        {view.done && <p class="lede">{t('confirm.done.lede', { organisation })}</p>}
        {refused !== null && (
          <div class="notice bad" role="alert">
            <p>{refused}</p>
          </div>
        )}
        {!view.done && refused === null && (
          <>
            <p class="lede">{t('confirm.lede', { organisation })}</p>
            <form method="post" action={address(locale, 'me', 'address', 'confirm')}>
              <input type="hidden" name="token" value={view.token} />
              <div class="actions">
                <Button>{t('confirm.button')}</Button>
              </div>
            </form>
          </>
        )}
      </div>
    ),
  };
}
