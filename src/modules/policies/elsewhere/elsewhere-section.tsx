import { address } from '#design';
import { CopyStanding } from './copy-standing.tsx';
import { elsewhereText } from './elsewhere-text.ts';
import type { ElsewhereStanding } from './load-elsewhere.ts';
import { PullStanding } from './pull-standing.tsx';

/** The part of a document's desk that says where else its text stands. */
export function ElsewhereSection({ view, locale }: { view: ElsewhereStanding; locale: string }) {
  const t = elsewhereText(locale);
  const { slug, language, copy, pull } = view;
  return (
    <section class="section" aria-labelledby="elsewhere">
      <h2 id="elsewhere">{t('elsewhere')}</h2>
      {!copy && !pull && <p class="text">{t('elsewhere.none')}</p>}
      {copy && (
        <>
          <h3>{t('copy')}</h3>
          <CopyStanding copy={copy} language={language} locale={locale} />
        </>
      )}
      {pull && (
        <>
          <h3>{t('pull')}</h3>
          <PullStanding view={view} locale={locale} />
        </>
      )}
      <p class="actions">
        <a class="button second" href={address(locale, 'console', 'policies', slug, 'elsewhere')}>
          {t('elsewhere.set')}
        </a>
      </p>
    </section>
  );
}
