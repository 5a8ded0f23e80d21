import { address, type Page, type Reader } from '#design';
import { supportPortalText } from './portal-text.ts';

export type PortalErasedView = {
  organisation: string;
  /** How many sealed commitments of this person stay in the log. */
  commitments: number;
  wasPublished: boolean;
};

/** After an erasure: what was destroyed, what remains, and why what remains tells nothing. */
export function portalErased(view: PortalErasedView, { locale }: Reader): Page {
  const t = supportPortalText(locale);
  return {
    title: t('erased'),
    description: '',
    section: null,
    path: 'me',
    unlisted: true,
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t('erased')}</h1>
            <p class="lede">{t('erased.lede', { organisation: view.organisation })}</p>
          </div>
        </div>
        <div class="section two-lists">
          <section aria-labelledby="gone">
            <h2 id="gone">{t('erased.gone')}</h2>
            <ul>
              <li>{t('erased.gone.content')}</li>
              <li>{t('erased.gone.key')}</li>
              <li>{t('erased.gone.code')}</li>
              {view.wasPublished && <li>{t('erased.gone.published')}</li>}
            </ul>
          </section>
          <section aria-labelledby="left">
            <h2 id="left">{t('erased.left')}</h2>
            <ul>
              <li>{t('erased.left.commitments', { n: view.commitments })}</li>
              <li>{t('erased.left.count')}</li>
              <li>{t('erased.left.backup', { organisation: view.organisation })}</li>
              <li>{t('erased.left.file')}</li>
            </ul>
          </section>
        </div>
        <p class="section">
          <a href={address(locale)}>{t('erased.home', { organisation: view.organisation })}</a>
        </p>
      </>
    ),
  };
}
