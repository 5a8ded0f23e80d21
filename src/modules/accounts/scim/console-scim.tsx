import { address, Button, Checkbox, Empty, ErrorSummary, Field, Instant, Notice, type Page, type Reader, Table } from '#design';
import { AskForSecond } from '../approvals/ask-for-second.tsx';
import { ConnectionsCrumbs } from '../connections-crumbs.tsx';
import type { ProviderLink } from '../providers/list-providers.ts';
import { ScimGroups } from './console-scim-groups.tsx';
import { ScimProvider } from './console-scim-provider.tsx';
import type { Grantable } from './list-grantable.ts';
import type { ScimConnection } from './list-scim-connections.ts';
import { scimText } from './scim-text.ts';

export type ScimView = {
  /** Address below which the protocol is spoken. */
  readonly base: string;
  readonly connections: readonly ScimConnection[];
  readonly grantable: Grantable;
  /** Where staff can sign in. */
  readonly providers: readonly ProviderLink[];
  /** Whoever reads this may decide what groups give and who is handed over. */
  readonly mayManage: boolean;
  /** What gives access may take a second person. */
  readonly takesTwo: boolean;
  readonly entered: { readonly name: string };
  readonly errors: readonly { readonly field: string; readonly message: string }[];
  readonly just: 'closed' | 'mapped' | 'provider' | 'handed-over' | 'asked' | null;
};

export type ScimPart = { readonly connection: ScimConnection; readonly view: ScimView; readonly locale: string };

/** Identity systems that provision staff, each with its groups and with what waits for a decision. */
export function consoleScim(view: ScimView, { locale }: Reader): Page {
  const t = scimText(locale);
  return {
    title: t(view.errors.length > 0 ? 'scim.error' : 'scim'),
    description: '',
    section: 'connections',
    path: 'console/connections/scim',
    unlisted: true,
    body: (
      <>
        <ConnectionsCrumbs locale={locale} />
        <div class="head">
          <div>
            <h1>{t('scim')}</h1>
            <p class="lede">{t('scim.lede')}</p>
          </div>
          <p class="note">{t.rich('scim.base', { address: <code dir="ltr">{view.base}</code> })}</p>
        </div>
        {view.just && (
          <Notice tone="good" announce>
            <p>{t(`just.${view.just}`)}</p>
          </Notice>
        )}
        <ErrorSummary errors={view.errors} />
        {view.connections.length === 0 && (
          <div class="section">
            <Empty title={t('empty')}>{t('empty.do')}</Empty>
          </div>
        )}
        {view.connections.map((connection) => (
          <Connection connection={connection} view={view} locale={locale} />
        ))}
        <NewConnection view={view} locale={locale} />
      </>
    ),
  };
}

function Connection({ connection, view, locale }: ScimPart) {
  const t = scimText(locale);
  const { id, name, users, lastUsedAt, createdAt, oldTokenUntil } = connection;
  return (
    <section class="section" aria-labelledby={`connection-${id}`}>
      <h2 id={`connection-${id}`}>
        <bdi>{name}</bdi>
      </h2>
      <p>
        {t('users', { n: users })} · {t.rich('since', { date: <Instant at={createdAt} day /> })} ·{' '}
        {lastUsedAt ? t.rich('used', { date: <Instant at={lastUsedAt} age /> }) : t('unused')}
      </p>
      {oldTokenUntil && <p>{t.rich('overlap', { date: <Instant at={oldTokenUntil} /> })}</p>}
      {connection.claims.length > 0 && <Claims connection={connection} view={view} locale={locale} />}
      <ScimProvider connection={connection} view={view} locale={locale} />
      <ScimGroups connection={connection} view={view} locale={locale} />
      <Keys connection={connection} view={view} locale={locale} />
    </section>
  );
}

function Keys({ connection: { id, name, groups }, view, locale }: ScimPart) {
  const t = scimText(locale);
  const here = (act: string) => address(locale, 'console', 'connections', 'scim', id, act);
  const field = `close-${id}`;
  const errorAt = (wanted: string) => view.errors.find((error) => error.field === wanted)?.message;
  const asks = view.takesTwo && groups.some(({ role }) => role !== null);
  return (
    <>
      <form method="post" action={here('token')} class="more">
        <p class="hint">{t('replace.hint')}</p>
        {errorAt(`token-${id}`) !== undefined && (
          <p class="msg" id={`token-${id}`}>
            {errorAt(`token-${id}`)}
          </p>
        )}
        {asks && (
          <AskForSecond
            action={here('ask-token')}
            name={`reason-token-${id}`}
            error={errorAt(`reason-token-${id}`)}
            locale={locale}
          />
        )}
        <div class="actions">
          <Button tone="second">{t('replace')}</Button>
        </div>
      </form>
      <details class="more" open={errorAt(field) !== undefined}>
        <summary>{t('close')}</summary>
        <form method="post" action={here('close')}>
          <p class="hint">{t('close.hint')}</p>
          <Checkbox name={field} label={t.rich('close.confirm', { name: <bdi>{name}</bdi> })} error={errorAt(field)} />
          <div class="actions">
            <Button tone="danger">{t('close')}</Button>
          </div>
        </form>
      </details>
    </>
  );
}

function Claims({ connection: { id, name, claims }, view, locale }: ScimPart) {
  const t = scimText(locale);
  return (
    <>
      <h3 class="more">{t('claims')}</h3>
      <p class="hint">{t('claims.hint')}</p>
      <Table
        caption={t('claims')}
        quiet
        rows={claims}
        columns={[
          { head: t('claim'), cell: ({ accountId, email }) => <bdi id={`claim-${accountId}`}>{email}</bdi> },
          { head: t('claim.asked'), cell: ({ askedAt }) => <Instant at={askedAt} /> },
          {
            head: t('claim.do'),
            cell: ({ accountId, email }) =>
              view.mayManage ? (
                <form method="post" action={address(locale, 'console', 'connections', 'scim', id, 'hand-over')}>
                  <input type="hidden" name="account" value={accountId} />
                  <button type="submit" class="second">
                    <span aria-hidden="true">{t('claim.give')}</span>
                    <span class="visually-hidden">{t('claim.give.for', { email, name })}</span>
                  </button>
                </form>
              ) : (
                t('manage.only')
              ),
          },
        ]}
      />
    </>
  );
}

function NewConnection({ view: { entered, errors }, locale }: { view: ScimView; locale: string }) {
  const t = scimText(locale);
  return (
    <form method="post" action={address(locale, 'console', 'connections', 'scim')} class="section">
      <h2>{t('new')}</h2>
      <Field
        name="name"
        label={t('name')}
        hint={t('name.hint')}
        error={errors.find(({ field }) => field === 'name')?.message}
        control={(props) => <input {...props} required maxlength={80} value={entered.name} dir="auto" />}
      />
      <div class="actions">
        <Button>{t('connect')}</Button>
      </div>
    </form>
  );
}
