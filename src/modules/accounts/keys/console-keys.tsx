import { address, Button, Empty, ErrorSummary, Field, Instant, Notice, type Page, type Reader, Table } from '#design';
import { ConnectionsCrumbs } from '../connections-crumbs.tsx';
import { connectionsText } from '../connections-text.ts';
import { errorAt, type KeyError } from './key-errors.ts';
import type { KeptProgram } from './list-keys.ts';
import { longestKeyDays, longestKeyName } from './make-key.ts';

export type KeyListView = {
  readonly programs: readonly KeptProgram[];
  /** What whoever reads this can give to a program. */
  readonly scopes: readonly string[];
  readonly entered: { readonly name: string; readonly scopes: readonly string[]; readonly days: string };
  readonly errors: readonly KeyError[];
  readonly just: 'revoked' | null;
};

type Part = { view: KeyListView; locale: string };

/** Programs that call the API, and a new one. */
export function consoleKeys(view: KeyListView, { locale, now }: Reader): Page {
  const t = connectionsText(locale);
  return {
    title: t(view.errors.length > 0 ? 'keys.new.error' : 'keys'),
    description: '',
    section: 'connections',
    path: 'console/connections/keys',
    unlisted: true,
    body: (
      <>
        <ConnectionsCrumbs locale={locale} />
        <div class="head">
          <div>
            <h1>{t('keys')}</h1>
            <p class="lede">{t('keys.lede')}</p>
          </div>
          <p class="note">{t.rich('keys.api', { link: (text) => <a href={address(locale, 'api')}>{text}</a> })}</p>
        </div>
        {view.just && (
          <Notice tone="good" announce>
            <p>{t('just.revoked')}</p>
          </Notice>
        )}
        <ErrorSummary errors={view.errors} />
        <div class="section">
          {view.programs.length === 0 ? (
            <Empty title={t('keys.empty')} />
          ) : (
            <Programs programs={view.programs} locale={locale} now={now} />
          )}
        </div>
        <NewProgram view={view} locale={locale} />
      </>
    ),
  };
}

function Programs({ programs, locale, now }: { programs: readonly KeptProgram[]; locale: string; now: Temporal.Instant }) {
  const t = connectionsText(locale);
  return (
    <Table
      caption={t('keys')}
      quiet
      rows={programs}
      columns={[
        {
          head: t('keys.program'),
          cell: ({ id, name }) => (
            <a href={address(locale, 'console', 'connections', 'keys', id)}>
              <bdi>{name}</bdi>
            </a>
          ),
        },
        { head: t('keys.scopes'), cell: ({ scopes }) => <Scopes scopes={scopes} /> },
        {
          head: t('keys.made'),
          cell: ({ createdAt, madeBy }) => (
            <>
              <Instant at={createdAt} day />{' '}
              {t.rich(madeBy.left ? 'keys.by.left' : 'keys.by', { who: <bdi>{madeBy.label}</bdi> })}
            </>
          ),
        },
        {
          head: t('keys.expires'),
          cell: ({ keys, revokedAt }) => <End keys={keys} revokedAt={revokedAt} locale={locale} now={now} />,
        },
      ]}
    />
  );
}

export function Scopes({ scopes }: { scopes: readonly string[] }) {
  return scopes.flatMap((scope, i) => [i === 0 ? '' : ', ', <code>{scope}</code>]);
}

/** When the newest key stops counting, or that none does any more. */
function End(props: Pick<KeptProgram, 'keys' | 'revokedAt'> & { locale: string; now: Temporal.Instant }) {
  const { keys, revokedAt, locale, now } = props;
  const t = connectionsText(locale);
  const [newest] = keys;
  if (revokedAt)
    return (
      <>
        {t('keys.revoked')} <Instant at={revokedAt} day />
      </>
    );
  if (!newest) return null;
  const over = Temporal.Instant.compare(newest.expiresAt, now) <= 0;
  return (
    <>
      {over && `${t('keys.expired')} `}
      <Instant at={newest.expiresAt} day />
    </>
  );
}

function NewProgram({ view: { scopes, entered, errors }, locale }: Part) {
  const t = connectionsText(locale);
  const error = errorAt(errors, 'scopes');
  return (
    <form method="post" action={address(locale, 'console', 'connections', 'keys')} class="section">
      <h2>{t('keys.new')}</h2>
      <Field
        name="name"
        label={t('keys.name')}
        hint={t('keys.name.hint')}
        error={errorAt(errors, 'name')}
        control={(props) => <input {...props} required maxlength={longestKeyName} value={entered.name} dir="auto" />}
      />
      <fieldset
        id="scopes"
        tabindex={-1}
        class={error ? 'field error' : 'field'}
        aria-describedby={error ? 'scopes-hint scopes-error' : 'scopes-hint'}
      >
        <legend>{t('keys.scopes')}</legend>
        <p class="hint" id="scopes-hint">
          {t('keys.scopes.hint')}
        </p>
        {error && (
          <p class="msg" id="scopes-error">
            {error}
          </p>
        )}
        {scopes.map((scope, i) => (
          <div class="check">
            <input type="checkbox" id={`scope-${i}`} name="scopes" value={scope} checked={entered.scopes.includes(scope)} />
            <label for={`scope-${i}`}>
              <code>{scope}</code>
            </label>
          </div>
        ))}
      </fieldset>
      <Field
        name="days"
        label={t('keys.days')}
        hint={t('keys.days.hint', { longest: longestKeyDays })}
        error={errorAt(errors, 'days')}
        control={(props) => (
          <input {...props} type="number" required min={1} max={longestKeyDays} inputmode="numeric" value={entered.days} />
        )}
      />
      <div class="actions">
        <Button>{t('keys.do')}</Button>
      </div>
    </form>
  );
}
