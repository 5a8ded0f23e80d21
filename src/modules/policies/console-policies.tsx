import { address, Empty, EntryNumber, Instant, Table, type Column, type Page, type Reader } from '#design';
import type { Visibility } from '#kernel/context';
import { policiesConsoleText } from './console-text.ts';

export type ConsolePolicyItem = {
  slug: string;
  title: string;
  language: string;
  visibility: Visibility;
  /** Name of the department whose it is; `null` for the whole organisation. */
  department: string | null;
  /** `claimed`: only an imported date says so; `since` is `null` where nobody wrote it down. */
  inForce: { number: number; since: Temporal.Instant | null; claimed: boolean } | null;
  scheduled: { number: number; at: Temporal.Instant } | null;
  draft: { changedAt: Temporal.Instant } | null;
  /** Newest entry about this document in the public record. */
  entry: number | null;
};

export type ConsolePoliciesView = { policies: readonly ConsolePolicyItem[] };

/** All documents with what is public, what is coming and what is being written. */
export function consolePolicies({ policies }: ConsolePoliciesView, { locale }: Reader): Page {
  const t = policiesConsoleText(locale);
  const begin = address(locale, 'console', 'policies', 'new');
  const open = policies.filter(({ visibility }) => visibility === 'public').length;
  return {
    title: t('policies'),
    description: '',
    section: 'policies',
    path: 'console/policies',
    unlisted: true,
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t('policies')}</h1>
            <p class="lede">{t('policies.lede', { n: policies.length, open })}</p>
          </div>
          <p class="note">
            <a class="button" href={begin}>
              {t('policies.new')}
            </a>
          </p>
        </div>
        <div class="section">
          {policies.length === 0 ? (
            <Empty title={t('policies.empty')}>
              {t.rich('policies.empty.do', {
                link: (text) => <a href={begin}>{text}</a>,
                line: <code>npm run troth -- import policies --git DIR</code>,
              })}
            </Empty>
          ) : (
            <Table caption={t('policies')} quiet columns={columns(locale)} rows={policies} />
          )}
        </div>
      </>
    ),
  };
}

function columns(locale: string): readonly Column<ConsolePolicyItem>[] {
  const t = policiesConsoleText(locale);
  const none = <span class="quiet">{t('none')}</span>;
  return [
    {
      head: t('policy'),
      cell: ({ slug, title, language, department }) => (
        <>
          <a href={address(locale, 'console', 'policies', slug)}>
            <bdi lang={language}>{title}</bdi>
          </a>
          {department !== null && (
            <span class="quiet">
              {' '}
              <bdi>{department}</bdi>
            </span>
          )}
        </>
      ),
    },
    { head: t('seen-by'), cell: ({ visibility }) => <SeenBy visibility={visibility} locale={locale} /> },
    {
      head: t('in-force'),
      cell: ({ inForce }) => {
        if (!inForce) return none;
        if (!inForce.since) return t('in-force.unknown', { number: inForce.number });
        const key = inForce.claimed ? 'in-force.claimed' : 'in-force.since';
        return t.rich(key, { number: inForce.number, date: <Instant at={inForce.since} day /> });
      },
    },
    {
      head: t('scheduled'),
      cell: ({ scheduled }) =>
        scheduled ? t.rich('scheduled.from', { number: scheduled.number, date: <Instant at={scheduled.at} day age /> }) : none,
    },
    {
      head: t('draft'),
      cell: ({ draft }) => (draft ? t.rich('draft.changed', { date: <Instant at={draft.changedAt} day /> }) : none),
    },
    {
      head: t('entry'),
      cell: ({ entry }) =>
        entry === null ? (
          none
        ) : (
          <a href={address(locale, 'log', 'public', 'entry', entry)}>
            <EntryNumber index={entry} />
          </a>
        ),
    },
  ];
}

const tones = { rehearsal: 'wait', customers: 'wait', public: 'kept' } as const;

export function SeenBy({ visibility, locale }: { visibility: Visibility; locale: string }) {
  return <span class={`state ${tones[visibility]}`}>{policiesConsoleText(locale)(`seen-by.${visibility}`)}</span>;
}
