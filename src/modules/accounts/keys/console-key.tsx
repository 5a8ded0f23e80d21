import { address, Button, Checkbox, ErrorSummary, Field, Instant, type Page, type Reader, Table } from '#design';
import { ConnectionsCrumbs } from '../connections-crumbs.tsx';
import { connectionsText } from '../connections-text.ts';
import { Scopes } from './console-keys.tsx';
import { errorAt, type KeyError } from './key-errors.ts';
import type { KeptProgram } from './list-keys.ts';
import { longestKeyDays } from './make-key.ts';
import { longestOverlapDays } from './rotate-key.ts';

export type KeyView = {
  readonly program: KeptProgram;
  readonly entered: { readonly days: string; readonly overlapDays: string };
  readonly errors: readonly KeyError[];
};

type Part = { view: KeyView; locale: string };

/** One program: what it may do, its keys, a new one, its end. */
export function consoleKey(view: KeyView, { locale, now }: Reader): Page {
  const t = connectionsText(locale);
  const { program, errors } = view;
  return {
    title: errors.length > 0 ? t('provider.edit.error', { name: program.name }) : program.name,
    description: '',
    section: 'connections',
    path: `console/connections/keys/${program.id}`,
    unlisted: true,
    body: (
      <>
        <ConnectionsCrumbs locale={locale} below="keys" />
        <div class="head">
          <div>
            <h1>
              <bdi>{program.name}</bdi>
            </h1>
            <p class="lede">
              <Scopes scopes={program.scopes} />
            </p>
          </div>
          <p class="note">
            <Instant at={program.createdAt} day />{' '}
            {t.rich(program.madeBy.left ? 'keys.by.left' : 'keys.by', { who: <bdi>{program.madeBy.label}</bdi> })}
          </p>
        </div>
        <ErrorSummary errors={errors} />
        <div class="section">
          <Table
            caption={t('keys.keys')}
            rows={program.keys}
            columns={[
              { head: t('keys.key'), cell: ({ prefix }) => <code dir="ltr">troth_{prefix}_…</code> },
              { head: t('keys.made'), cell: ({ createdAt }) => <Instant at={createdAt} /> },
              { head: t('keys.used'), cell: ({ usedAt }) => (usedAt ? <Instant at={usedAt} age /> : t('keys.unused')) },
              {
                head: t('keys.expires'),
                cell: ({ expiresAt }) => (
                  <>
                    {Temporal.Instant.compare(expiresAt, now) <= 0 && `${t('keys.expired')} `}
                    <Instant at={expiresAt} />
                  </>
                ),
              },
            ]}
          />
        </div>
        {program.revokedAt ? (
          <p class="section">
            {t('keys.revoked')} <Instant at={program.revokedAt} />
          </p>
        ) : (
          <>
            <Rotate view={view} locale={locale} />
            <Revoke view={view} locale={locale} />
          </>
        )}
      </>
    ),
  };
}

function Rotate({ view: { program, entered, errors }, locale }: Part) {
  const t = connectionsText(locale);
  return (
    <form method="post" action={address(locale, 'console', 'connections', 'keys', program.id, 'rotate')} class="section">
      <h2>{t('key.rotate')}</h2>
      <p class="hint">{t('key.rotate.what')}</p>
      <Field
        name="days"
        label={t('keys.days')}
        hint={t('keys.days.hint', { longest: longestKeyDays })}
        error={errorAt(errors, 'days') ?? errorAt(errors, 'scopes')}
        control={(props) => (
          <input {...props} type="number" required min={1} max={longestKeyDays} inputmode="numeric" value={entered.days} />
        )}
      />
      <Field
        name="overlapDays"
        label={t('key.overlap')}
        hint={t('key.overlap.hint', { longest: longestOverlapDays })}
        error={errorAt(errors, 'overlapDays')}
        control={(props) => (
          <input
            {...props}
            type="number"
            required
            min={0}
            max={longestOverlapDays}
            inputmode="numeric"
            value={entered.overlapDays}
          />
        )}
      />
      <Button tone="second">{t('key.rotate.do')}</Button>
    </form>
  );
}

function Revoke({ view: { program, errors }, locale }: Part) {
  const t = connectionsText(locale);
  return (
    <form method="post" action={address(locale, 'console', 'connections', 'keys', program.id, 'revoke')} class="section">
      <h2>{t('key.revoke')}</h2>
      <p class="hint">{t('key.revoke.what')}</p>
      <Checkbox name="confirm" label={t('key.revoke.confirm')} error={errorAt(errors, 'confirm')} />
      <Button tone="danger">{t('key.revoke.do')}</Button>
    </form>
  );
}
