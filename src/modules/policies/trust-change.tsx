import { address, DiffView, Pagination, urlPart, type Compared, type Page, type Reader } from '#design';
import { dir } from '#kernel/i18n';
import { Crumbs } from './crumbs.tsx';
import { policiesText } from './policies-text.ts';
import { VersionEvidence } from './version-evidence.tsx';
import type { VersionView } from './version-view.ts';

export type ChangeView = {
  organisation: string;
  slug: string;
  title: string;
  after: VersionView;
  before: VersionView;
  /** Later change in the same policy, by the number of its newer version. */
  later: number | null;
  earlier: number | null;
  /** `null` when comparing took too long: the two texts can still be read. */
  comparison: Compared | null;
};

/** What one version changed against the one before it. */
export function trustChange(view: ChangeView, { locale }: Reader): Page {
  const t = policiesText(locale);
  const { after, before, slug, title, organisation, comparison } = view;
  const numbers = { number: after.number, before: before.number };
  const at = (other: number | null) => (other === null ? undefined : address(locale, 'policies', slug, 'changes', other));
  return {
    title: t('change.title', { ...numbers, title }),
    description: t('change.description', { ...numbers, title, organisation }),
    section: 'policies',
    path: `policies/${urlPart(slug)}/changes/${after.number}`,
    body: (
      <>
        <Crumbs locale={locale} policy={{ slug, title }} />
        <div class="head">
          <div>
            <h1>{t('change.heading', numbers)}</h1>
            {after.summary && <p class="lede">{after.summary}</p>}
            <p class="text more">
              {comparison &&
                t('change.counts', {
                  changed: comparison.changed,
                  inserted: comparison.inserted,
                  deleted: comparison.deleted,
                })}{' '}
              {t('change.legend')}
            </p>
          </div>
          <p class="note links">
            <a href={address(locale, 'policies', slug, 'v', after.number)}>{t('change.read', { number: after.number })}</a>
            <a href={address(locale, 'policies', slug, 'v', before.number)}>{t('change.read', { number: before.number })}</a>
          </p>
        </div>
        <div class="section noted">
          <div lang={after.language} dir={dir(after.language)}>
            {comparison ? <DiffView comparison={comparison} /> : <p class="empty">{t('change.too-long')}</p>}
          </div>
          <div class="note stack">
            <VersionEvidence version={after} organisation={organisation} locale={locale} />
            <VersionEvidence version={before} organisation={organisation} locale={locale} />
          </div>
        </div>
        <Pagination newer={at(view.later)} older={at(view.earlier)} />
      </>
    ),
  };
}
