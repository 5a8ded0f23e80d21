import { address, Claim, Empty, Instant, type Page, type Reader } from '#design';
import { dir } from '#kernel/i18n';
import { policiesText } from './policies-text.ts';
import { VersionEvidence } from './version-evidence.tsx';
import type { VersionView } from './version-view.ts';

/** One policy in a list: its version in force (or the newest), in one sentence. */
export type PolicyItem = {
  slug: string;
  title: string;
  current: VersionView;
  /** What the text promises, one or two sentences; `null` where no summary was written. */
  summary: string | null;
  versions: number;
  /** When the next version takes effect, if one is published. */
  changesAt: Temporal.Instant | null;
  /** When it ends, or ended, without a successor. */
  endsAt: Temporal.Instant | null;
};

export type PoliciesView = { organisation: string; policies: readonly PolicyItem[] };

/** All public policies with the version in force. */
export function trustPolicies({ organisation, policies }: PoliciesView, { locale }: Reader): Page {
  const t = policiesText(locale);
  return {
    title: t('policies'),
    description: t('policies.description', { organisation }),
    section: 'policies',
    path: 'policies',
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t('policies')}</h1>
            <p class="lede">{t('policies.lede', { n: policies.length, organisation })}</p>
          </div>
          {policies.length > 0 && <p class="note">{t('policies.note')}</p>}
        </div>
        {policies.length === 0 ? (
          <div class="section">
            <Empty title={t('policies.empty', { organisation })}>{t('policies.empty.do')}</Empty>
          </div>
        ) : (
          <PolicyList policies={policies} organisation={organisation} locale={locale} level={2} />
        )}
      </>
    ),
  };
}

/** The rows of the list; the home page shows the same. */
export function PolicyList({ policies, organisation, locale, level = 3 }: PoliciesView & { locale: string; level?: 2 | 3 }) {
  return (
    <ul class="claims">
      {policies.map((policy) => (
        <PolicyRow policy={policy} organisation={organisation} locale={locale} level={level} />
      ))}
    </ul>
  );
}

function PolicyRow(props: { policy: PolicyItem; organisation: string; locale: string; level: 2 | 3 }) {
  const { policy, organisation, locale, level } = props;
  const t = policiesText(locale);
  const { current, slug } = policy;
  return (
    <Claim
      level={level}
      tone={current.standing === 'in-force' && current.origin === 'published' ? 'kept' : 'wait'}
      state={t(stateKey(current))}
      title={
        <a href={address(locale, 'policies', slug)} lang={current.language} dir={dir(current.language)}>
          {policy.title}
        </a>
      }
      evidence={<VersionEvidence version={current} organisation={organisation} locale={locale} brief />}
    >
      {policy.summary && (
        <p lang={current.language} dir={dir(current.language)}>
          {policy.summary}
        </p>
      )}
      <p class="small quiet">
        {t('item.versions', { n: policy.versions })}
        {policy.changesAt && <> {t.rich('item.changes', { date: <Instant at={policy.changesAt} day /> })}</>}
        {policy.endsAt && current.standing !== 'ended' && (
          <> {t.rich('item.ends', { date: <Instant at={policy.endsAt} day /> })}</>
        )}
      </p>
    </Claim>
  );
}

function stateKey({ standing, origin }: VersionView) {
  if (standing === 'ended') return 'item.ended';
  if (standing === 'scheduled') return 'item.scheduled';
  return origin === 'imported' ? 'item.claimed' : 'item.in-force';
}
