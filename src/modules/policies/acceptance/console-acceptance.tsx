import { address, Button, Checkbox, Field, Notice, type Page, type Reader, Table } from '#design';
import { ConsoleCrumbs } from '../console-crumbs.tsx';
import { acceptanceConsoleText } from './acceptance-console-text.ts';
import { type Again, agains } from './asking.ts';
import type { DecisionCounts, VersionCount } from './count-decisions.ts';

export type ConsoleAcceptanceView = {
  readonly slug: string;
  readonly title: string;
  readonly language: string;
  readonly asked: boolean;
  readonly again: Again;
  /** Versions from which everybody is asked again, and those of which it can still be said. */
  readonly calls: readonly number[];
  readonly callable: readonly number[];
  readonly counts: DecisionCounts;
  readonly mayChange: boolean;
  readonly error: string | null;
  readonly just: 'saved' | 'called' | null;
};

/** Whether one document is asked about, when again, and how many answered how. No names: those are in each person's own record. */
export function consoleAcceptance(view: ConsoleAcceptanceView, { locale }: Reader): Page {
  const t = acceptanceConsoleText(locale);
  const { slug, title, counts } = view;
  const number = (key: Exclude<keyof VersionCount, 'version'>) => ({
    head: t(key),
    number: true,
    cell: (row: VersionCount) => t('n', { n: row[key] }),
  });
  return {
    title: t('title', { title }),
    description: '',
    section: 'policies',
    path: `console/policies/${encodeURIComponent(slug)}/acceptance`,
    unlisted: true,
    body: (
      <>
        <ConsoleCrumbs locale={locale} policy={{ slug, title }} />
        <div class="head">
          <div>
            <h1>{t.rich('heading', { title: <bdi lang={view.language}>{title}</bdi> })}</h1>
            <p class="lede">{t(view.asked ? 'asked' : 'not-asked')}</p>
          </div>
          <p class="note">
            <a href={address(locale, 'console', 'acceptances')}>{t('people')}</a>
          </p>
        </div>
        {view.just && (
          <Notice tone="good" announce>
            <p>{t(`just.${view.just}`)}</p>
          </Notice>
        )}
        {view.error !== null && (
          <div class="notice bad" role="alert">
            <p>{view.error}</p>
          </div>
        )}
        <section class="section" aria-labelledby="counts">
          <h2 id="counts">{t('counts')}</h2>
          {counts.versions.length === 0 ? (
            <p class="empty">{t('counts.none')}</p>
          ) : (
            <Table
              caption={t('counts')}
              quiet
              rows={counts.versions}
              columns={[
                { head: t('version'), cell: ({ version }) => t('version.number', { version }) },
                number('accepted'),
                number('carried'),
                number('refused'),
                number('withdrawn'),
              ]}
            />
          )}
          <p class="text more">{t('never', { n: counts.neverAnswered })}</p>
        </section>
        {view.mayChange && <Settings view={view} locale={locale} />}
      </>
    ),
  };
}

function Settings({ view, locale }: { view: ConsoleAcceptanceView; locale: string }) {
  const t = acceptanceConsoleText(locale);
  const here = ['console', 'policies', view.slug, 'acceptance'] as const;
  return (
    <section class="section" aria-labelledby="setting">
      <h2 id="setting">{t('setting')}</h2>
      <form method="post" action={address(locale, ...here)} class="narrow">
        <Checkbox name="asked" label={t('setting.asked')} hint={t('setting.asked.hint')} checked={view.asked} />
        <Field
          name="again"
          label={t('setting.again')}
          hint={t('setting.again.hint')}
          control={(props) => (
            <select {...props}>
              {agains.map((again) => (
                <option value={again} selected={again === view.again}>
                  {t(`again.${again}`)}
                </option>
              ))}
            </select>
          )}
        />
        <Button>{t('setting.save')}</Button>
      </form>
      {view.again === 'when-called' && (
        <>
          <h3 class="more">{t('call')}</h3>
          <p class="text">{t('call.what', { n: view.calls.length, versions: view.calls.join(', ') })}</p>
          {view.callable.length > 0 && (
            <form method="post" action={address(locale, ...here, 'call')} class="narrow">
              <Field
                name="version"
                label={t('call.version')}
                control={(props) => (
                  <select {...props}>
                    {view.callable.map((version) => (
                      <option value={version}>{t('version.number', { version })}</option>
                    ))}
                  </select>
                )}
              />
              <Button tone="second">{t('call.send')}</Button>
            </form>
          )}
        </>
      )}
    </section>
  );
}
