import assert from 'node:assert/strict';
import type { Actor, Context } from '../../../kernel/context.ts';
import { objectId } from '../../../kernel/ids.ts';
import type { Outcome } from '../../../kernel/outcome.ts';
import { act, observe } from '../../../ledger/index.ts';
import { type TestLedger, visitor } from '../../../../tests/support/ledger.ts';
import { openSession, readStaffSession, readUserSession } from '../index.ts';
import { hashPassphrase } from '../sign-in/passphrase.ts';
import type { AccountKind } from '../tables.ts';

export const device = { device: 'Firefox · Linux', network: '203.0.113.*' };
export const passphrase = 'barrel organ seven lakes';

/** Somebody with an account who signed in a moment ago. */
export type Person = {
  readonly id: string;
  readonly kind: AccountKind;
  readonly email: string;
  token: string;
  sessionId: string;
  /** As the session reads now: what is permitted without a fresh proof changes with time. */
  actor(): Promise<Actor>;
};

let hash: Promise<string> | undefined;

export async function signedIn(ledger: TestLedger, kind: AccountKind, email: string): Promise<Person> {
  const id = objectId();
  const now = ledger.now();
  // Made once: it costs a tenth of a second.
  const passphraseHash = kind === 'staff' ? await (hash ??= hashPassphrase(passphrase)) : null;
  await ledger.db
    .insertInto('accounts.account')
    .values({
      id,
      kind,
      email,
      name: null,
      passphraseHash,
      passphraseSetAt: passphraseHash === null ? null : now,
      createdAt: now,
      leftAt: null,
    })
    .execute();
  const token = await openOne(ledger, id);
  const read = async (held: string) =>
    (await (kind === 'staff' ? readStaffSession : readUserSession)(observe(ledger, visitor), { token: held })) ?? assert.fail();
  const person: Person = {
    id,
    kind,
    email,
    token,
    sessionId: (await read(token)).session.id,
    actor: async () => (await read(person.token)).actor,
  };
  return person;
}

/** One more session of an account. @returns its token. */
export async function openOne(ledger: TestLedger, accountId: string): Promise<string> {
  const opened = await act(ledger, visitor, (ctx) => openSession(ctx, { accountId, method: 'passphrase', device }));
  assert(opened.ok);
  return opened.value.token;
}

/** Runs a verb as this person, which must succeed. */
export async function as<Value>(
  ledger: TestLedger,
  person: Person,
  verb: (ctx: Context) => Promise<Outcome<Value, string>>,
): Promise<Value> {
  const answer = await act(ledger, await person.actor(), verb);
  assert.ok(answer.ok, answer.ok ? '' : answer.refusal);
  return answer.value;
}

export async function historyOf(ledger: TestLedger, accountId: string): Promise<string[]> {
  const rows = await ledger.db
    .selectFrom('accounts.signIn')
    .select(['method', 'outcome'])
    .where('accountId', '=', accountId)
    .orderBy('id')
    .execute();
  return rows.map(({ method, outcome }) => `${method} ${outcome}`);
}
