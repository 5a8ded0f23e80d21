import { address, Button, EntryNumber, Instant, Table } from '#design';
import { errorAt, type PolicyError } from './console-errors.ts';
import { policiesConsoleText } from './console-text.ts';
import type { VersionView } from './version-view.ts';

export type ConsoleVersionsView = {
  slug: string;
  versions: readonly VersionView[];
  withdrawal: { number: number; reason: string } | null;
  errors: readonly PolicyError[];
};

type Part = { view: ConsoleVersionsView; locale: string };

/** Every version with its place in the log; those not yet in force can be withdrawn. */
export function ConsoleVersions({ view, locale }: Part) {
  const t = policiesConsoleText(locale);
  const { slug, versions } = view;
  if (versions.length === 0) return null;
  return (
    <section class="section">
      <Table
        caption={t('versions')}
        rows={versions}
        columns={[
          {
            head: t('version'),
            cell: ({ number }) => <a href={address(locale, 'policies', slug, 'v', number)}>{t('version.number', { number })}</a>,
          },
          { head: t('standing'), cell: (version) => <Standing version={version} locale={locale} /> },
          { head: t('summary'), cell: ({ summary, language }) => (summary ? <span lang={language}>{summary}</span> : t('none')) },
          {
            head: t('version.entry'),
            cell: ({ entry }) =>
              entry === null ? (
                <span class="quiet">{t('entry.pending')}</span>
              ) : (
                <a href={address(locale, 'log', 'public', 'entry', entry)}>
                  <EntryNumber index={entry} />
                </a>
              ),
          },
        ]}
      />
      {versions
        .filter(({ standing }) => standing === 'scheduled')
        .map((version) => (
          <WithdrawForm version={version} view={view} locale={locale} />
        ))}
    </section>
  );
}

function Standing({ version, locale }: { version: VersionView; locale: string }) {
  const t = policiesConsoleText(locale);
  const { effectiveAt, standing, origin } = version;
  if (standing === 'withdrawn') return <>{t('standing.withdrawn')}</>;
  if (effectiveAt === null) return <>{t.rich('standing.claimed', { date: <Instant at={version.publishedAt} day /> })}</>;
  if (origin === 'imported') return <>{t.rich('standing.claimed', { date: <Instant at={effectiveAt} day /> })}</>;
  return <>{t.rich(`standing.${standing}`, { date: <Instant at={effectiveAt} age={standing === 'scheduled'} /> })}</>;
}

/** People may have been told of it: taking it back needs a reason, and the reason is public. */
function WithdrawForm({ version, view, locale }: Part & { version: VersionView }) {
  const t = policiesConsoleText(locale);
  const { number } = version;
  const id = `reason-${number}` as const;
  const error = errorAt(view.errors, id);
  const described = error ? `${id}-hint ${id}-error` : `${id}-hint`;
  return (
    <details class="more" open={error !== undefined}>
      <summary>{t('withdraw', { number })}</summary>
      <form method="post" action={address(locale, 'console', 'policies', view.slug, 'withdraw')}>
        <input type="hidden" name="number" value={number} />
        <div class={error ? 'field error' : 'field'}>
          <label for={id}>{t('withdraw.reason')}</label>
          <p class="hint" id={`${id}-hint`}>
            {t('withdraw.hint')}
          </p>
          {error && (
            <p class="msg" id={`${id}-error`}>
              {error}
            </p>
          )}
          <textarea id={id} name="reason" class="short" rows={2} required minlength={10} aria-describedby={described} dir="auto">
            {view.withdrawal?.number === number ? view.withdrawal.reason : ''}
          </textarea>
        </div>
        <Button tone="danger">{t('withdraw.send', { number })}</Button>
      </form>
    </details>
  );
}
