import { address, Button, Empty, EntryNumber, Field, Instant, Pagination, Table, type Page, type Reader } from '#design';
import { consoleText } from './console-text.ts';
import { eventKey } from './event-key.ts';

export type AuditEvent = {
  at: Temporal.Instant;
  /** As recorded: `policy.version-published`. */
  type: string;
  /** Roles of the member of staff who acted, or what else somebody was; never a name. */
  who: string;
  log: 'public' | 'private';
  /** What it is about, and where that stands in the console; `null` for events about a person. */
  object: { label: string; href: string | null } | null;
  /** Index in its log; `null` until the next batch is signed. */
  entry: number | null;
};

export type AuditLogFilter = 'all' | 'public' | 'private';

export type AuditView = {
  filter: AuditLogFilter;
  /** Newest first. */
  events: readonly AuditEvent[];
  total: number;
  newer: string | null;
  older: string | null;
};

/** Everything that was recorded, newest first, in words. */
export function auditPage(view: AuditView, { locale }: Reader): Page {
  const t = consoleText(locale);
  return {
    title: t('audit'),
    description: '',
    section: 'audit',
    path: 'console/audit',
    unlisted: true,
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t('audit')}</h1>
            <p class="lede">{t('audit.lede', { n: view.total })}</p>
          </div>
        </div>
        <div class="section">
          <Filter view={view} locale={locale} />
          {view.events.length === 0 ? (
            <Empty title={t('audit.empty')}>{t('audit.empty.do')}</Empty>
          ) : (
            <Events events={view.events} locale={locale} />
          )}
          <Pagination newer={view.newer ?? undefined} older={view.older ?? undefined} />
        </div>
      </>
    ),
  };
}

function Filter({ view, locale }: { view: AuditView; locale: string }) {
  const t = consoleText(locale);
  return (
    <form method="get" action={address(locale, 'console', 'audit')} class="inline-form filter">
      <Field
        name="log"
        label={t('audit.log')}
        control={(props) => (
          <select {...props}>
            {(['all', 'public', 'private'] as const).map((log) => (
              <option value={log} selected={view.filter === log}>
                {t(`audit.log.${log}`)}
              </option>
            ))}
          </select>
        )}
      />
      <Button tone="second">{t('audit.show')}</Button>
    </form>
  );
}

function Events({ events, locale }: { events: readonly AuditEvent[]; locale: string }) {
  const t = consoleText(locale);
  return (
    <Table
      caption={t('audit')}
      quiet
      rows={events}
      columns={[
        { head: t('audit.when'), cell: ({ at }) => <Instant at={at} /> },
        { head: t('audit.what'), cell: ({ type }) => <What type={type} locale={locale} /> },
        { head: t('audit.about'), cell: (event) => <About event={event} locale={locale} /> },
        { head: t('audit.who'), cell: ({ who }) => <Who who={who} locale={locale} /> },
        { head: t('audit.entry'), cell: (event) => <Entry event={event} locale={locale} /> },
      ]}
    />
  );
}

/** A type we have no sentence for is shown as it was recorded: leaving it out would be worse than a word nobody knows. */
function What({ type, locale }: { type: string; locale: string }) {
  const key = eventKey(type);
  return key ? <>{consoleText(locale)(key)}</> : <code>{type}</code>;
}

const kinds = ['system', 'visitor', 'user', 'guest', 'program', 'staff'] as const;

function Who({ who, locale }: { who: string; locale: string }) {
  const kind = kinds.find((name) => name === who);
  return <>{kind ? consoleText(locale)(`role.${kind}`) : who}</>;
}

function About({ event, locale }: { event: AuditEvent; locale: string }) {
  const { object } = event;
  if (object === null) return <span class="quiet">{consoleText(locale)('audit.person')}</span>;
  return object.href === null ? <bdi>{object.label}</bdi> : <a href={object.href}>{<bdi>{object.label}</bdi>}</a>;
}

function Entry({ event: { log, entry }, locale }: { event: AuditEvent; locale: string }) {
  const t = consoleText(locale);
  if (entry === null) return <span class="quiet">{t(`audit.pending.${log}`)}</span>;
  const number = <EntryNumber index={entry} />;
  if (log === 'private') return <>{t.rich('audit.entry.private', { number })}</>;
  return <a href={address(locale, 'log', 'public', 'entry', entry)}>{t.rich('audit.entry.public', { number })}</a>;
}
