import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { sql } from 'kysely';
import {
  closeSession,
  endMandate,
  grantRole,
  leave,
  openDepartment,
  proveAgain,
  readStaffSession,
  readUserSession,
  savePreference,
  SessionCache,
  withdrawRole,
} from '#accounts';
import { act, observe } from '#ledger';
import { accept, testVerbs } from '../../../tests/support/verbs.ts';
import { system, type TestLedger, visitor } from '../../../tests/support/ledger.ts';
import { runStatement, withDatabase } from '../../../tests/support/test-server.ts';
import { pair } from '../../modules/accounts/test/mandate-people.ts';
import { as, openOne, signedIn } from '../../modules/accounts/test/signed-in.ts';
import { hearChanges } from '../hear-changes.ts';
import { createLog } from '../log-line.ts';

/** One process: its own pool, its own cache, told of its own acts as the server is. */
async function process(t: TestContext, ledger: TestLedger, { hears = true } = {}) {
  const cache = new SessionCache();
  const own: TestLedger = { ...ledger, db: ledger.open(), wake: () => cache.changed() };
  const log = createLog({ level: 'error', sink: { write: () => undefined }, now: () => new Date(0) });
  const heard = hears ? await hearChanges(ledger.url, cache, log) : { stop: () => Promise.resolve() };
  if (!hears) cache.listening();
  t.after(() => heard.stop());
  const statements = { count: 0 };
  const ctx = () => counting(observe(own, visitor), statements);
  return {
    own,
    cache,
    statements,
    staff: (token: string) => readStaffSession(ctx(), { token }, cache),
    user: (token: string) => readUserSession(ctx(), { token }, cache),
  };
}

/** Counts the reads begun in the database. */
function counting(ctx: ReturnType<typeof observe>, statements: { count: number }) {
  const db = new Proxy(ctx.db, {
    get(target, name) {
      if (name === 'selectFrom') statements.count += 1;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { ...ctx, db };
}

/** Until the notification has come: asked again on each turn, for as long as the test may last. */
async function soon(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 1));
}

async function twoProcesses(t: TestContext, ledger?: TestLedger) {
  const shared = ledger ?? (await testVerbs(t));
  return { ledger: shared, here: await process(t, shared), there: await process(t, shared) };
}

describe('what a process keeps of a session', () => {
  it('is not read again from the database, for a second by the clock of the act', async (t) => {
    const { ledger, here } = await twoProcesses(t);
    const ada = await signedIn(ledger, 'staff', 'ada@example.org');
    await here.staff(ada.token);
    const asked = here.statements.count;
    const kept = await here.staff(ada.token);
    assert.equal(kept?.account.id, ada.id);
    assert.equal(here.statements.count, asked);
    ledger.clock.advance({ milliseconds: 1001 });
    await here.staff(ada.token);
    assert.equal(here.statements.count, asked + 2);
    ledger.clock.advance({ seconds: -1 });
    await here.staff(ada.token);
    assert.equal(here.statements.count, asked + 4, 'a clock that was set back makes nothing younger');
  });

  it('ends with the session, at the very next read here and with the notification elsewhere', async (t) => {
    const { ledger, here, there } = await twoProcesses(t);
    const ada = await signedIn(ledger, 'staff', 'ada@example.org');
    assert.ok((await here.staff(ada.token)) && (await there.staff(ada.token)));
    assert.ok((await act(here.own, visitor, (ctx) => closeSession(ctx, { token: ada.token }))).ok);
    assert.equal(await here.staff(ada.token), null);
    await soon(async () => (await there.staff(ada.token)) === null);
  });

  it('ends with the token before a new proof; the new one is known at once', async (t) => {
    const { ledger, here, there } = await twoProcesses(t);
    const ada = await signedIn(ledger, 'staff', 'ada@example.org');
    assert.ok((await here.staff(ada.token)) && (await there.staff(ada.token)));
    const { sessionId } = ada;
    const { token } = await as(here.own, ada, (ctx) => proveAgain(ctx, { sessionId, method: 'passphrase' }));
    assert.equal(await here.staff(ada.token), null);
    assert.ok(await here.staff(token));
    await soon(async () => (await there.staff(ada.token)) === null);
  });

  it('ends with whoever leaves, and a role that is withdrawn or given is withdrawn or given', async (t) => {
    const { ledger, here, there } = await twoProcesses(t);
    const ada = await signedIn(ledger, 'staff', 'ada@example.org');
    const departmentId = (await accept({ ledger, actor: system, recorded: [] }, openDepartment, { name: 'Cards' })).departmentId;
    const role = { accountId: ada.id, role: 'support', departmentId };
    const holds = async ({ staff }: typeof here) =>
      (await staff(ada.token))?.actor.within.get(departmentId)?.has('support:answer') === true;
    assert.deepEqual([await holds(here), await holds(there)], [false, false]);
    await accept({ ledger: here.own, actor: system, recorded: ['private staff.role-granted'] }, grantRole, role);
    assert.ok(await holds(here));
    await soon(() => holds(there));
    await accept({ ledger: here.own, actor: system, recorded: ['private staff.role-withdrawn'] }, withdrawRole, role);
    assert.ok(!(await holds(here)));
    await soon(async () => !(await holds(there)));
    await accept({ ledger: here.own, actor: system, recorded: ['private staff.left'] }, leave, { accountId: ada.id });
    assert.equal(await here.staff(ada.token), null);
    await soon(async () => (await there.staff(ada.token)) === null);
  });

  it('ends for a mandate that is ended, and for one that runs out while it is kept', async (t) => {
    const { ledger, petra, mandateId, token } = await pair(t);
    const { here, there } = await twoProcesses(t, ledger);
    const acts = async ({ user }: typeof here) => (await user(token))?.actor.mandates.length === 1;
    const almost = ledger.now().add({ milliseconds: 500 });
    await ledger.db.updateTable('accounts.mandate').set({ expiresAt: almost }).execute();
    assert.deepEqual([await acts(here), await acts(there)], [true, true]);
    ledger.clock.advance({ milliseconds: 500 });
    assert.deepEqual([await acts(here), await acts(there)], [false, false]);
    await ledger.db
      .updateTable('accounts.mandate')
      .set({ expiresAt: almost.add({ hours: 1 }) })
      .execute();
    await soon(async () => (await acts(here)) && (await acts(there)));
    assert.ok((await act(here.own, petra, (ctx) => endMandate(ctx, { mandateId }))).ok);
    assert.ok(!(await acts(here)));
    await soon(async () => !(await acts(there)));
  });

  it('follows what a user chooses', async (t) => {
    const { ledger, here, there } = await twoProcesses(t);
    const uma = await signedIn(ledger, 'user', 'uma@example.org');
    assert.ok((await here.user(uma.token)) && (await there.user(uma.token)));
    await as(here.own, uma, (ctx) => savePreference(ctx, { accountId: uma.id, name: 'readingSize', value: 'large' }));
    assert.equal((await here.user(uma.token))?.readingSize, 'large');
    await soon(async () => (await there.user(uma.token))?.readingSize === 'large');
  });
});

describe('the limits of a session that is kept', () => {
  it('are worked out at each read: the absolute one, idleness and how old the proof is', async (t) => {
    const ledger = await testVerbs(t);
    const { staff, own } = await process(t, ledger, { hears: false });
    const ada = await signedIn(ledger, 'staff', 'ada@example.org');
    ledger.clock.advance({ minutes: 9, seconds: 59, milliseconds: 900 });
    assert.equal((await staff(ada.token))?.actor.onceProved.size, 0);
    ledger.clock.advance({ milliseconds: 200 });
    assert.notEqual((await staff(ada.token))?.actor.onceProved.size, 0, 'the proof grew old between two reads of the same rows');
    const change = (changed: { expiresAt: Temporal.Instant } | { seenAt: Temporal.Instant }) =>
      own.db.updateTable('accounts.session').set(changed).execute();
    await change({ expiresAt: ledger.now().add({ milliseconds: 1500 }) });
    ledger.clock.advance({ milliseconds: 1001 });
    assert.ok(await staff(ada.token));
    ledger.clock.advance({ milliseconds: 500 });
    assert.equal(await staff(ada.token), null, 'too old, and the rows are half a second old');
    const idle = await openOne(ledger, ada.id);
    await change({ seenAt: ledger.now().add({ milliseconds: 500 }).subtract({ hours: 2 }) });
    assert.equal((await staff(idle))?.account.id, ada.id);
    ledger.clock.advance({ milliseconds: 500 });
    assert.ok(await staff(idle), 'it was seen half a second ago');
    ledger.clock.advance({ hours: 2 });
    assert.equal(await staff(idle), null, 'idle');
  });

  it('are moved on at most once a minute', async (t) => {
    const ledger = await testVerbs(t);
    const { staff } = await process(t, ledger);
    const ada = await signedIn(ledger, 'staff', 'ada@example.org');
    const seen = async () => (await ledger.db.selectFrom('accounts.session').select('seenAt').executeTakeFirstOrThrow()).seenAt;
    const opened = await seen();
    ledger.clock.advance({ seconds: 59, milliseconds: 500 });
    await staff(ada.token);
    assert.ok((await seen()).equals(opened));
    ledger.clock.advance({ milliseconds: 500 });
    await staff(ada.token);
    assert.ok((await seen()).equals(ledger.now()), 'written although the rows were kept');
  });
});

describe('the cache', () => {
  it('is off while nobody listens, and on again when the connection is back', async (t) => {
    const ledger = await testVerbs(t);
    const { staff, statements } = await process(t, ledger);
    const ada = await signedIn(ledger, 'staff', 'ada@example.org');
    const kept = async () => {
      await staff(ada.token);
      const asked = statements.count;
      await staff(ada.token);
      return statements.count === asked;
    };
    assert.ok(await kept());
    const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(ledger.db);
    const allow = (yes: boolean) =>
      runStatement(withDatabase(ledger.url, 'postgres'), `alter database ${rows[0]?.name} allow_connections ${yes}`);
    await allow(false);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen accounts_changed'
      and datname = current_database()`.execute(ledger.db);
    await soon(async () => !(await kept()));
    for (let round = 0; round < 5; round += 1) assert.ok(!(await kept()));
    await allow(true);
    await soon(kept);
  });

  it('keeps nothing that was read while something changed', async () => {
    const cache = new SessionCache();
    cache.listening();
    const now = Temporal.Instant.from('2026-11-02T09:00:00Z');
    const times = { seenAt: now, provedAt: now, expiresAt: now };
    const session = { sessionId: 's', id: 'a', email: null, name: null, ...times };
    let loads = 0;
    const read = (during: () => void, at = now, token = 'token') =>
      cache.read(
        'console',
        token,
        at,
        () => true,
        () => {
          loads += 1;
          during();
          return Promise.resolve({ session, assignments: [] });
        },
      );
    await read(() => cache.changed());
    await read(() => undefined);
    assert.equal(loads, 2);
    await read(() => undefined);
    assert.equal(loads, 2);
    for (let i = 0; i < 10_000; i += 1) await read(() => undefined, now, `other ${i}`);
    await read(() => undefined);
    assert.equal(loads, 10_003, 'the oldest had to go');
  });

  it('shares nothing between two surfaces', async (t) => {
    const ledger = await testVerbs(t);
    const { staff, user } = await process(t, ledger);
    const ada = await signedIn(ledger, 'staff', 'ada@example.org');
    const uma = await signedIn(ledger, 'user', 'uma@example.org');
    assert.ok((await staff(ada.token)) && (await user(uma.token)));
    assert.deepEqual([await user(ada.token), await staff(uma.token)], [null, null]);
  });
});
