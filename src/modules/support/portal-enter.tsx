import { address, Button, ErrorSummary, Field, Notice, type Page, type Reader } from '#design';
import { supportPortalText } from './portal-text.ts';

/**
 * `malformed`: it cannot be a code, whatever is stored. `unknown` is one answer for never issued, mistyped and erased,
 * so that nobody learns whether a code was ever somebody's.
 */
export type ReceiptProblem = 'malformed' | 'unknown' | 'too-many';

export type PortalEnterView = {
  organisation: string;
  /** As typed. */
  code: string;
  known: string;
  problem: ReceiptProblem | null;
  /** The answer to the form that was just sent. */
  left: boolean;
};

/** The door of the portal: a receipt code is all that is needed. */
export function portalEnter(view: PortalEnterView, { locale }: Reader): Page {
  const t = supportPortalText(locale);
  const error = view.problem ? t(`enter.${view.problem}`) : undefined;
  return {
    title: t(view.problem ? 'enter.title.error' : 'enter.title'),
    description: t('enter.description', { organisation: view.organisation }),
    section: null,
    path: 'me',
    unlisted: true,
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t('enter.title')}</h1>
            <p class="lede">{t('enter.lede', { organisation: view.organisation })}</p>
          </div>
        </div>
        <div class="section noted">
          <div>
            {view.left && (
              <Notice announce>
                <p>{t('enter.left')}</p>
              </Notice>
            )}
            <ErrorSummary errors={error ? [{ field: 'code', message: error }] : []} />
            <form method="post" action={address(locale, 'me')}>
              <Field
                name="code"
                label={t('enter.code')}
                hint={t.rich('enter.code.hint', { example: <code dir="ltr">K7M2Q-9XTRB-4HNPC-0WZDE</code> })}
                error={error}
                control={(props) => (
                  <input
                    {...props}
                    class="code-input"
                    required
                    autocomplete="off"
                    autocapitalize="characters"
                    spellcheck={false}
                    dir="ltr"
                    maxlength={60}
                    value={view.code}
                  />
                )}
              />
              <Field
                name="known"
                label={t('enter.known')}
                hint={t('enter.known.hint')}
                optional
                control={(props) => (
                  <input {...props} inputmode="email" autocomplete="email" maxlength={254} value={view.known} />
                )}
              />
              <div class="actions">
                <Button>{t('enter.send')}</Button>
              </div>
            </form>
          </div>
          <section class="note" aria-labelledby="none">
            <h2 class="label" id="none">
              {t('enter.none')}
            </h2>
            <p>{t.rich('enter.none.do', { policies: (text) => <a href={address(locale, 'policies')}>{text}</a> })}</p>
            <p>{t('enter.lost', { organisation: view.organisation })}</p>
            <p>{t.rich('enter.account', { link: (text) => <a href={address(locale, 'me', 'sign-in')}>{text}</a> })}</p>
          </section>
        </div>
      </>
    ),
  };
}
