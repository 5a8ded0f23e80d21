import { Instant, urlPart, type Page, type Reader } from '#design';
import { trustText } from './trust-text.ts';

export type AccessibilityView = {
  organisation: string;
  /** Where barriers are reported; `null` until the organisation names an address. */
  email: string | null;
  /** When the pages were last walked by the automatic check of this release. */
  checkedAt: Temporal.Instant;
  /** Barriers that are known and not yet mended, in the reader's language. */
  known: readonly string[];
};

/** The accessibility statement: what was aimed at, how it was checked, what is known to fail, whom to tell. */
export function accessibilityPage(view: AccessibilityView, { locale }: Reader): Page {
  const t = trustText(locale);
  return {
    title: t('accessibility.title'),
    description: t('accessibility.description', { organisation: view.organisation }),
    section: null,
    path: 'accessibility',
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t('accessibility.title')}</h1>
            <p class="lede">{t('accessibility.lede')}</p>
          </div>
        </div>
        <section class="section text">
          <h2>{t('accessibility.checked')}</h2>
          <p>{t.rich('accessibility.checked.how', { date: <Instant at={view.checkedAt} day /> })}</p>
          <p>{t('accessibility.checked.limits')}</p>
        </section>
        <section class="section text">
          <h2>{t('accessibility.known')}</h2>
          {view.known.length === 0 ? (
            <p>{t('accessibility.known.none')}</p>
          ) : (
            <ul>
              {view.known.map((barrier) => (
                <li>{barrier}</li>
              ))}
            </ul>
          )}
        </section>
        <section class="section text">
          <h2>{t('accessibility.tell')}</h2>
          {view.email === null ? (
            <p>{t('accessibility.tell.none', { organisation: view.organisation })}</p>
          ) : (
            <p>
              {t.rich('accessibility.tell.how', {
                email: <a href={`mailto:${urlPart(view.email).replace('%40', '@')}`}>{view.email}</a>,
              })}
            </p>
          )}
        </section>
      </>
    ),
  };
}
