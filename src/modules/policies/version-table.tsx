import { address, EntryNumber, Instant, Table, type Column } from '#design';
import { policiesText } from './policies-text.ts';
import { scopeText } from './scope-text.ts';
import { everyone, sameScope } from './scope.ts';
import type { VersionView } from './version-view.ts';

/** All versions, newest first, each with its text, its change and its entry in the log. */
export function VersionTable({ versions, slug, locale }: { versions: readonly VersionView[]; slug: string; locale: string }) {
  const t = policiesText(locale);
  const scoped = versions.some((version) => !sameScope(version, everyone));
  const oldest = versions.at(-1)?.number;
  const columns: readonly Column<VersionView>[] = [
    {
      head: t('version'),
      cell: ({ number }) => <a href={address(locale, 'policies', slug, 'v', number)}>{t('version.number', { number })}</a>,
    },
    ...(scoped ? [{ head: t('scope'), cell: (version: VersionView) => scopeText(version, locale) }] : []),
    { head: t('standing'), cell: (version) => <Standing version={version} locale={locale} /> },
    {
      head: t('changes'),
      cell: ({ number, summary }) => (
        <>
          {summary}
          {number !== oldest && (
            <>
              {summary && ' '}
              <a href={address(locale, 'policies', slug, 'changes', number)}>
                {t('changes.against', { number, before: number - 1 })}
              </a>
            </>
          )}
          {number === oldest && !summary && t('changes.first')}
        </>
      ),
    },
    {
      head: t('log.entry'),
      cell: ({ entry }) =>
        entry === null ? (
          t('entry.pending.short')
        ) : (
          <a href={address(locale, 'log', 'public', 'entry', entry)}>
            <EntryNumber index={entry} />
          </a>
        ),
    },
  ];
  return <Table caption={t('versions')} columns={columns} rows={versions} />;
}

function Standing({ version, locale }: { version: VersionView; locale: string }) {
  const t = policiesText(locale);
  if (version.standing === 'withdrawn') return <>{t('standing.withdrawn')}</>;
  if (version.effectiveAt === null) return <>{t.rich('published.claimed', { date: <Instant at={version.publishedAt} day /> })}</>;
  const date = <Instant at={version.effectiveAt} day />;
  if (version.origin === 'imported') return <>{t.rich('effective.claimed', { date })}</>;
  return <>{t.rich(version.standing === 'superseded' ? 'standing.superseded' : `standing.${version.standing}`, { date })}</>;
}
