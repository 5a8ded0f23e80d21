import type { Page, Reader } from '#design';
import { trustText } from './trust-text.ts';

/** The accessibility statement: what was aimed at, how it was checked, what is known to fail, whom to tell. */
export function accessibilityPage({ organisation }: { organisation: string }, { locale }: Reader): Page {
  const t = trustText(locale);
  return {
    title: t('accessibility.title'),
    description: t('accessibility.description', { organisation }),
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
          <p>{t('accessibility.checked.how')}</p>
          <p>{t('accessibility.checked.limits')}</p>
        </section>
        <section class="section text">
          <h2>{t('accessibility.known')}</h2>
          <p>{t('accessibility.known.text')}</p>
        </section>
        <section class="section text">
          <h2>{t('accessibility.tell')}</h2>
          <p>{t('accessibility.tell.how', { organisation })}</p>
        </section>
      </>
    ),
  };
}
