import { address, Button, Empty, Instant, Notice, type Page, type Reader, Table } from '#design';
import type { Refused } from '#kernel/outcome';
import { connectionsText } from '../connections-text.ts';
import { accountsSentence } from '../refusals.ts';
import type { Surface } from '../tables.ts';
import type { OwnIdentity } from './list-identities.ts';
import type { ProviderLink } from './list-providers.ts';
import type { UnlinkIdentityRefusal } from './unlink-identity.ts';

export type OwnProvidersView = {
  readonly surface: Surface;
  readonly identities: readonly OwnIdentity[];
  /** Those that could be added. */
  readonly others: readonly ProviderLink[];
  /** Whether who this is was proved a short while ago. */
  readonly proved: boolean;
  readonly just: 'linked' | 'unlinked' | null;
  readonly refused: Refused<UnlinkIdentityRefusal> | null;
};

/** Where a person's own pages about providers are. */
export const ownProvidersPath = { console: ['console', 'account', 'providers'], portal: ['me', 'providers'] } as const;
const signInPath = { console: ['console', 'sign-in'], portal: ['me', 'sign-in'] } as const;

/** Where a person signs in instead of here, for themselves to see and change. */
export function ownProviders(view: OwnProvidersView, { locale }: Reader): Page {
  const t = connectionsText(locale);
  const { surface, identities, proved, just, refused } = view;
  const path = ownProvidersPath[surface];
  return {
    title: t('own'),
    description: '',
    section: null,
    path: path.join('/'),
    unlisted: true,
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t('own')}</h1>
            <p class="lede">{t('own.lede')}</p>
          </div>
        </div>
        {just && (
          <Notice tone="good" announce>
            <p>{t(`own.just.${just}`)}</p>
          </Notice>
        )}
        {refused && (
          <div class="notice bad" role="alert">
            <p>{accountsSentence(refused.refusal, refused.facts, locale)}</p>
          </div>
        )}
        {!proved && (
          <Notice>
            <p>{t.rich('own.prove', { link: (text) => <a href={address(locale, ...signInPath[surface])}>{text}</a> })}</p>
          </Notice>
        )}
        <div class="section">
          {identities.length === 0 ? <Empty title={t('own.empty')} /> : <Identities view={view} locale={locale} />}
        </div>
        {proved && <Others view={view} locale={locale} />}
      </>
    ),
  };
}

type Part = { view: OwnProvidersView; locale: string };

function Identities({ view: { surface, identities, proved }, locale }: Part) {
  const t = connectionsText(locale);
  return (
    <Table
      caption={t('own')}
      quiet
      rows={identities}
      columns={[
        {
          head: t('provider'),
          cell: ({ name, disabled }) => (
            <>
              <bdi>{name}</bdi>
              {disabled && <span class="quiet"> {t('own.disabled')}</span>}
            </>
          ),
        },
        { head: t('own.since'), cell: ({ linkedAt }) => <Instant at={linkedAt} day /> },
        { head: t('own.used'), cell: ({ usedAt }) => (usedAt ? <Instant at={usedAt} /> : t('keys.unused')) },
        ...(proved
          ? [
              {
                head: t('own.change'),
                cell: ({ providerId, name }: OwnIdentity) => (
                  <form method="post" action={address(locale, ...ownProvidersPath[surface], providerId, 'remove')}>
                    <button type="submit" class="linklike">
                      {t('own.remove', { name })}
                    </button>
                  </form>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

function Others({ view: { surface, others }, locale }: Part) {
  const t = connectionsText(locale);
  return (
    <section class="section" aria-labelledby="add">
      <h2 id="add">{t('own.add')}</h2>
      {others.length === 0 && <p>{t('own.nothing')}</p>}
      {others.map(({ id, name }) => (
        <form method="post" action={address(locale, ...ownProvidersPath[surface], id, 'add')} class="actions">
          <Button tone="second">{t('own.add.with', { name })}</Button>
        </form>
      ))}
    </section>
  );
}
