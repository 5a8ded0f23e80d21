import { Button, Instant, Notice, type Page, type Reader, Table } from '#design';
import { ownAddress, ownPath } from '../own-pages.ts';
import { proofsText } from '../proofs-text.ts';
import type { Surface } from '../tables.ts';
import { longestLabel } from '../passkeys/label.ts';
import type { Passkey } from '../passkeys/own-passkeys.ts';
import type { Refused } from '#kernel/outcome';
import { RefusedNotice } from '../refused-notice.tsx';
import type { AccountsRefusal } from '../refusals.ts';
import type { SecurityFinding, SecurityPart } from './judge-security.ts';

export type SecurityView = {
  surface: Surface;
  findings: readonly SecurityFinding[];
  passkeys: readonly Passkey[];
  /** The host that passkeys are for here; `null` where there can be none. */
  rpId: string | null;
  app: boolean;
  codesLeft: number;
  just: SecurityJust | null;
  refused: Refused<AccountsRefusal> | null;
};

/** What was just done, told once. */
export const securityJust = [
  'passkey-added',
  'passkey-renamed',
  'passkey-removed',
  'totp-added',
  'totp-removed',
  'passphrase-changed',
  'code-used',
  'settled',
] as const;
type SecurityJust = (typeof securityJust)[number];

/** How somebody's own account is protected, what is weak about it, and how to mend each. */
export function securityPage(view: SecurityView, { locale }: Reader): Page {
  const t = proofsText(locale);
  const { surface, findings } = view;
  const open = findings.filter(({ state }) => state !== 'set').length;
  return {
    title: t('security'),
    description: '',
    section: 'security',
    path: ownPath(surface),
    unlisted: true,
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t('security')}</h1>
            <p class="lede">{t('security.lede', { open, n: findings.length })}</p>
          </div>
          <p class="note">
            <a href={ownAddress(locale, surface, 'sessions')}>{t('sessions')}</a>
          </p>
        </div>
        {view.just && (
          <Notice tone={view.just === 'code-used' ? 'warn' : 'good'} announce>
            <p>{t(`just.${view.just}`, { left: view.codesLeft })}</p>
          </Notice>
        )}
        <RefusedNotice refused={view.refused} locale={locale} />
        <CheckUp view={view} locale={locale} />
        <Passkeys view={view} locale={locale} />
        {surface === 'console' && <StaffProofs view={view} locale={locale} />}
      </>
    ),
  };
}

type Part = { view: SecurityView; locale: string };

const rowClass = { missing: 'late-row', weak: undefined, set: undefined } as const;
const stateClass = { missing: 'broken', weak: 'wait', set: 'kept' } as const;

function CheckUp({ view: { findings, surface }, locale }: Part) {
  const t = proofsText(locale);
  return (
    <div class="section">
      <table class="rows queue">
        <caption class="visually-hidden">{t('check-up')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('check-up.part')}</th>
            <th scope="col">{t('check-up.state')}</th>
            <th scope="col">{t('check-up.found')}</th>
          </tr>
        </thead>
        <tbody>
          {findings.map(({ part, state, n }) => (
            <tr class={rowClass[state]}>
              <th scope="row">{t(`part.${part}`)}</th>
              <td data-label={t('check-up.state')}>
                <span class={`state ${stateClass[state]}`}>{t(part === 'doubt' ? 'is.doubt' : `is.${state}`)}</span>
              </td>
              <td data-label={t('check-up.found')}>
                <p>{t(foundKey(part, state, surface), { n })}</p>
                {state !== 'set' && <Fix part={part} surface={surface} locale={locale} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function foundKey(part: SecurityPart, state: SecurityFinding['state'], surface: Surface) {
  if (part === 'doubt' || part === 'stranded') return `found.${part}` as const;
  if (part === 'passkey' && state !== 'set') return `found.passkey.open.${surface}` as const;
  return part === 'passkey' ? 'found.passkey.set' : (`found.${part}.${state === 'set' ? 'set' : 'open'}` as const);
}

/** One press that mends it. */
function Fix({ part, surface, locale }: { part: SecurityPart; surface: Surface; locale: string }) {
  const t = proofsText(locale);
  const at = (...parts: string[]) => ownAddress(locale, surface, ...parts);
  if (part === 'stranded') return null;
  if (part === 'sessions' || part === 'recovery') {
    return (
      <form method="post" action={part === 'sessions' ? at('sessions', 'end-others') : at('recovery-codes')} class="mend">
        <button type="submit" class="linklike">
          {t(`fix.${part}`)}
        </button>
      </form>
    );
  }
  return (
    <p class="mend">
      <a href={part === 'doubt' ? at('doubt') : at('passkeys', 'new')}>{t(part === 'doubt' ? 'fix.doubt' : 'fix.passkey')}</a>
    </p>
  );
}

function Passkeys({ view: { passkeys, rpId, surface }, locale }: Part) {
  const t = proofsText(locale);
  return (
    <section class="section" aria-labelledby="passkeys">
      <h2 id="passkeys">{t('passkeys')}</h2>
      <p class="hint">{t('passkeys.what')}</p>
      {passkeys.length > 0 && (
        <Table
          caption={t('passkeys')}
          quiet
          rows={passkeys}
          columns={[
            {
              head: t('passkeys.name'),
              cell: (passkey) => (
                <>
                  <bdi>{passkey.label}</bdi>
                  {passkey.rpId !== rpId && <span class="state wait"> {t('passkeys.elsewhere', { host: passkey.rpId })}</span>}
                </>
              ),
            },
            { head: t('passkeys.added'), cell: ({ createdAt }) => <Instant at={createdAt} day /> },
            { head: t('passkeys.used'), cell: ({ usedAt }) => (usedAt ? <Instant at={usedAt} age /> : t('passkeys.unused')) },
            { head: t('passkeys.kept'), cell: ({ backedUp }) => t(backedUp ? 'passkeys.synced' : 'passkeys.single') },
            { head: t('passkeys.change'), cell: (passkey) => <Change passkey={passkey} surface={surface} locale={locale} /> },
          ]}
        />
      )}
      <p class="more">
        <a class="button second" href={ownAddress(locale, surface, 'passkeys', 'new')}>
          {t('passkeys.add')}
        </a>
      </p>
    </section>
  );
}

function Change({ passkey, surface, locale }: { passkey: Passkey; surface: Surface; locale: string }) {
  const t = proofsText(locale);
  const field = `label-${passkey.id}`;
  return (
    <details>
      <summary>
        {t('passkeys.change-it')}
        <span class="visually-hidden">: {passkey.label}</span>
      </summary>
      <form method="post" action={ownAddress(locale, surface, 'passkeys', 'rename')}>
        <input type="hidden" name="id" value={passkey.id} />
        <label for={field}>{t('passkeys.rename.label')}</label>
        <input id={field} name="label" required maxlength={longestLabel} value={passkey.label} dir="auto" />
        <div class="actions">
          <Button tone="second">{t('passkeys.rename')}</Button>
        </div>
      </form>
      <form method="post" action={ownAddress(locale, surface, 'passkeys', 'remove')} class="more">
        <input type="hidden" name="id" value={passkey.id} />
        <Button tone="danger">{t('passkeys.remove')}</Button>
      </form>
    </details>
  );
}

function StaffProofs({ view: { app, codesLeft }, locale }: Part) {
  const t = proofsText(locale);
  const at = (...parts: string[]) => ownAddress(locale, 'console', ...parts);
  return (
    <>
      <section class="section" aria-labelledby="app">
        <h2 id="app">{t('app')}</h2>
        <p class="hint">{t(app ? 'app.there' : 'app.what')}</p>
        {app ? (
          <form method="post" action={at('totp', 'remove')}>
            <Button tone="second">{t('app.remove')}</Button>
          </form>
        ) : (
          <p>
            <a class="button second" href={at('totp')}>
              {t('app.add')}
            </a>
          </p>
        )}
      </section>
      <section class="section" aria-labelledby="codes">
        <h2 id="codes">{t('codes')}</h2>
        <p class="hint">{t('codes.left', { n: codesLeft })}</p>
        <form method="post" action={at('recovery-codes')}>
          <Button tone="second">{t(codesLeft === 0 ? 'codes.make' : 'codes.again')}</Button>
        </form>
      </section>
      <section class="section" aria-labelledby="passphrase">
        <h2 id="passphrase">{t('passphrase')}</h2>
        <p class="hint">{t('passphrase.what')}</p>
        <p>
          <a class="button second" href={at('passphrase')}>
            {t('fix.passphrase')}
          </a>
        </p>
      </section>
    </>
  );
}
