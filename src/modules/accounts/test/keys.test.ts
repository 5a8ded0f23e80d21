import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Actor, Permission } from '../../../kernel/context.ts';
import { PermissionMissing } from '../../../kernel/context.ts';
import { act, observe } from '../../../ledger/index.ts';
import { system, type TestLedger, visitor } from '../../../../tests/support/ledger.ts';
import { accept, needs, refuseAll, staff, tablesWith, testVerbs } from '../../../../tests/support/verbs.ts';
import {
  createOwner,
  listKeys,
  makeHandOff,
  makeKey,
  permissions,
  programScopes,
  readHandOff,
  readKey,
  readStaffSession,
  readUserSession,
  revokeKey,
  rotateKey,
  spendHandOff,
} from '../index.ts';
import { staffCalled } from './staff-called.ts';

const device = { device: 'Firefox · Linux', network: '203.0.113.*' };
const publicUrl = 'https://trust.harbour.example';

async function house(t: { after(hook: () => Promise<void>): void }) {
  const ledger = await testVerbs(t);
  const owner = { email: 'ada@harbour.example', passphrase: 'four quite unrelated words' };
  const created = await act(ledger, system, (ctx) => createOwner(ctx, owner));
  assert(created.ok);
  const id = created.value.accountId;
  const as = (...may: Permission[]) => staffCalled(id, ...may);
  return { ledger, ownerId: id, as, connector: as('accounts:connect', 'accounts:hand-off', 'policies:read') };
}

const made = ['private staff.key-made'];
const wanted = { name: 'Web shop', scopes: ['accounts:hand-off'], days: 365 };
const read = (ledger: TestLedger, key: string) => readKey(observe(ledger, visitor), key);

async function program(ledger: TestLedger, connector: Actor, name = 'Web shop') {
  const { key, programId } = await accept({ ledger, actor: connector, recorded: made }, makeKey, { ...wanted, name });
  const actor = await read(ledger, key);
  assert(actor);
  return { key, programId, actor };
}

suite('keys of programs', { concurrency: 2 }, () => {
  test('a key is told once, does what its scopes say, and has an end', async (t) => {
    const { ledger, connector, as } = await house(t);
    await needs(ledger, 'accounts:connect', makeKey, wanted);
    await refuseAll({ ledger, actor: connector }, makeKey, {
      'accounts/key-name-not-valid': [
        ['no name', { ...wanted, name: ' ' }, { longest: 80 }],
        ['a long one', { ...wanted, name: 'x'.repeat(81) }],
      ],
      'accounts/key-scopes-missing': [['nothing to do', { ...wanted, scopes: [] }]],
      'accounts/key-scope-unknown': [
        ['no such permission', { ...wanted, scopes: ['policies:burn'] }],
        ['a key that makes keys', { ...wanted, scopes: ['accounts:connect'] }],
        ['a key that makes staff', { ...wanted, scopes: ['accounts:invite'] }],
        ['a word of JavaScript', { ...wanted, scopes: ['__proto__'] }],
      ],
      'accounts/key-scope-too-wide': [
        ['wider than its maker', { ...wanted, scopes: ['accounts:hand-off', 'policies:publish'] }, { scope: 'policies:publish' }],
      ],
      'accounts/key-days-not-valid': [0, -1, 366, 1.5, Number.NaN].map((days) => [`${days} days`, { ...wanted, days }] as const),
    });
    const within = new Map([['d', new Set<Permission>(['policies:read'])]]);
    const inDepartment: Actor = { ...as('accounts:connect'), within };
    const narrow = await act(ledger, inDepartment, (ctx) => makeKey(ctx, { ...wanted, scopes: ['policies:read'] }));
    assert(!narrow.ok && narrow.refusal === 'accounts/key-scope-too-wide', 'held in one department is not held');

    const { key, actor } = await program(ledger, connector);
    assert.match(key, /^troth_[0-9a-z]{8}_[A-Za-z0-9_-]{43}$/);
    assert.deepEqual([...actor.may], ['accounts:hand-off']);
    assert.deepEqual(await tablesWith(ledger.db, key.slice(15)), []);
    for (const wrong of ['', key.slice(0, -1), `${key.slice(0, 15)}${'A'.repeat(43)}`, key.replace('troth_', 'Troth_')])
      assert.equal(await read(ledger, wrong), null, wrong);
    assert(programScopes.every((scope) => permissions.includes(scope)));
    ledger.clock.advance({ hours: 24 * 365 });
    assert.equal(await read(ledger, key), null, 'expired');
  });

  test('its last use is kept to the hour', async (t) => {
    const { ledger, connector } = await house(t);
    const { key } = await program(ledger, connector);
    const used = async () => (await listKeys(observe(ledger, connector)))[0]?.keys[0]?.usedAt?.toString();
    assert.equal(await used(), '2026-11-02T09:00:00Z');
    ledger.clock.advance({ minutes: 125 });
    await read(ledger, key);
    assert.equal(await used(), '2026-11-02T11:00:00Z');
    await assert.rejects(listKeys(observe(ledger, staff('policies:read'))), PermissionMissing);
  });

  test('rotation gives a new secret, and the old one counts for as long as was chosen', async (t) => {
    const { ledger, connector, as } = await house(t);
    const { key, programId, actor } = await program(ledger, connector);
    const rotation = { programId, days: 90, overlapDays: 2 };
    await needs(ledger, 'accounts:connect', rotateKey, rotation);
    const table = {
      'accounts/key-unknown': [['another', { ...rotation, programId: '0198c1f1-0000-4000-8000-000000000001' }]],
      'accounts/key-days-not-valid': [['for ever', { ...rotation, days: 4000 }]],
      'accounts/key-overlap-not-valid': [
        ['eight days', { ...rotation, overlapDays: 8 }, { longest: 7 }],
        ['backwards', { ...rotation, overlapDays: -1 }],
      ],
      'accounts/key-scopes-missing': [],
      'accounts/key-scope-unknown': [],
      'accounts/key-scope-too-wide': [],
    } as const;
    await refuseAll({ ledger, actor: connector }, rotateKey, table);
    const narrow = await act(ledger, as('accounts:connect'), (ctx) => rotateKey(ctx, rotation));
    assert(!narrow.ok && narrow.refusal === 'accounts/key-scope-too-wide', 'a secret in hand is as good as its scopes');
    const fresh = await accept({ ledger, actor: connector, recorded: made }, rotateKey, rotation);
    for (const each of [key, fresh.key]) assert.equal((await read(ledger, each))?.id, actor.id, 'one program');
    ledger.clock.advance({ hours: 48 });
    assert.deepEqual([await read(ledger, key), (await read(ledger, fresh.key))?.id], [null, actor.id]);
    const last = await accept({ ledger, actor: connector, recorded: made }, rotateKey, { ...rotation, overlapDays: 0 });
    assert.deepEqual([await read(ledger, fresh.key), (await read(ledger, last.key))?.id], [null, actor.id]);
  });

  test('a revoked program is over: its keys, and whoever is under way', async (t) => {
    const { ledger, connector } = await house(t);
    const { key, programId, actor } = await program(ledger, connector);
    const ticket = await handOff(ledger, actor);
    await needs(ledger, 'accounts:connect', revokeKey, { programId });
    await accept({ ledger, actor: connector, recorded: ['private staff.key-revoked'] }, revokeKey, { programId });
    await refuseAll({ ledger, actor: connector }, revokeKey, { 'accounts/key-unknown': [['again', { programId }]] });
    assert.equal(await read(ledger, key), null);
    assert.equal(await spend(ledger, ticket), 'accounts/hand-off-unknown');
    const [kept] = await listKeys(observe(ledger, connector));
    assert(kept?.revokedAt && kept.madeBy.label === 'ada@harbour.example');
  });
});

async function handOff(ledger: TestLedger, actor: Actor, subject = 'customer-1'): Promise<string> {
  const given = { subject, audience: publicUrl, returnTo: null, publicUrl };
  return (await accept({ ledger, actor, recorded: [] }, makeHandOff, given)).ticket;
}

/** Whose account it was, or why it was nobody's. */
async function spend(ledger: TestLedger, ticket: string, url = publicUrl): Promise<string> {
  const spent = await act(ledger, visitor, (ctx) => spendHandOff(ctx, { ticket, publicUrl: url, device }));
  if (!spent.ok) return spent.refusal;
  assert.equal(await readStaffSession(observe(ledger, visitor), spent.value), null);
  return (await readUserSession(observe(ledger, visitor), spent.value))?.account.id ?? 'nobody';
}

suite('hand-off', { concurrency: 2 }, () => {
  test('a ticket signs one person in, once, within a minute, at its own site', async (t) => {
    const { ledger, connector, as } = await house(t);
    const { actor } = await program(ledger, connector);
    const given = { subject: 'customer-1', audience: publicUrl, returnTo: null, publicUrl };
    for (const other of [as('accounts:hand-off'), system, visitor, staff()])
      await assert.rejects(
        act(ledger, other, (ctx) => makeHandOff(ctx, given)),
        PermissionMissing,
        'a program alone has subjects',
      );
    await refuseAll({ ledger, actor }, makeHandOff, {
      'accounts/hand-off-subject-not-valid': [['nobody', { ...given, subject: '' }]],
      'accounts/hand-off-audience-wrong': [['a test site', { ...given, audience: 'https://test.harbour.example' }]],
      'accounts/return-path-not-valid': [['elsewhere', { ...given, returnTo: 'https://evil.example/me' }]],
    });
    const ticket = await handOff(ledger, actor);
    assert.deepEqual(await tablesWith(ledger.db, ticket), []);
    assert.equal(await spend(ledger, ticket, 'https://test.harbour.example'), 'accounts/hand-off-unknown', 'another audience');
    const first = await spend(ledger, ticket);
    assert.match(first, /^[0-9a-f-]{36}$/);
    assert.equal(await spend(ledger, ticket), 'accounts/hand-off-unknown', 'replayed');
    assert.equal(await spend(ledger, await handOff(ledger, actor)), first, 'the same person again');
    const late = await handOff(ledger, actor);
    ledger.clock.advance({ seconds: 60 });
    assert.equal(await spend(ledger, late), 'accounts/hand-off-unknown', 'too late');
    assert.equal(await spend(ledger, 'no such ticket'), 'accounts/hand-off-unknown');
  });

  test('before it is entered a ticket says whose account it opens, and looking spends nothing', async (t) => {
    const { ledger, connector } = await house(t);
    const { actor, programId } = await program(ledger, connector);
    const look = async (ticket: string, url = publicUrl) => {
      const seen = await readHandOff(observe(ledger, visitor), { ticket, publicUrl: url });
      return seen.ok ? seen.value : seen.refusal;
    };
    const first = await handOff(ledger, actor);
    assert.deepEqual(await look(first), { called: null, since: null }, 'nobody yet');
    assert.equal(await look(first, 'https://test.harbour.example'), 'accounts/hand-off-unknown');
    const id = await spend(ledger, first);
    assert.equal(await look(first), 'accounts/hand-off-unknown', 'spent');
    const ticket = await handOff(ledger, actor);
    const since = ledger.now();
    const called = async (change: { name: string | null; email: string | null }) => {
      await ledger.db.updateTable('accounts.account').set(change).where('id', '=', id).execute();
      const seen = await look(ticket);
      assert(typeof seen === 'object' && seen.since?.equals(since));
      return seen.called;
    };
    assert.equal(await called({ name: null, email: null }), null);
    assert.equal(await called({ name: null, email: 'mia.olsen@example.org' }), 'm…@example.org');
    assert.equal(await called({ name: null, email: 'm@example.org' }), '…@example.org');
    assert.equal(await called({ name: 'Mia Olsen', email: 'mia.olsen@example.org' }), 'Mia Olsen');
    await ledger.db.updateTable('accounts.account').set({ leftAt: since }).where('id', '=', id).execute();
    assert.equal(await look(ticket), 'accounts/account-closed');
    await ledger.db.updateTable('accounts.account').set({ leftAt: null }).where('id', '=', id).execute();
    assert.equal(await spend(ledger, ticket), id, 'after all that looking');
    const unused = await handOff(ledger, actor);
    ledger.clock.advance({ seconds: 60 });
    assert.equal(await look(unused), 'accounts/hand-off-unknown', 'too late');
    const other = await handOff(ledger, actor);
    assert((await act(ledger, connector, (ctx) => revokeKey(ctx, { programId }))).ok);
    assert.equal(await look(other), 'accounts/hand-off-unknown', 'its program was revoked');
    assert.equal(await look('no such ticket'), 'accounts/hand-off-unknown');
  });

  test('two at once: one signs in; two first tickets of one newcomer make one account', async (t) => {
    const { ledger, connector } = await house(t);
    const { actor } = await program(ledger, connector);
    const ticket = await handOff(ledger, actor);
    const outcomes = await Promise.all([spend(ledger, ticket), spend(ledger, ticket)]);
    assert.equal(outcomes.filter((outcome) => outcome === 'accounts/hand-off-unknown').length, 1);
    const tickets = [await handOff(ledger, actor, 'newcomer'), await handOff(ledger, actor, 'newcomer')];
    const people = await Promise.all(tickets.map((each) => spend(ledger, each)));
    assert.equal(new Set(people).size, 1);
  });

  test('a subject belongs to its program, is nobody’s staff account, and stays through a rotation', async (t) => {
    const { ledger, connector, ownerId } = await house(t);
    const shop = await program(ledger, connector);
    const bank = await program(ledger, connector, 'Bank');
    const inShop = await spend(ledger, await handOff(ledger, shop.actor));
    assert.notEqual(await spend(ledger, await handOff(ledger, bank.actor)), inShop, 'one name, two sources, two people');
    for (const subject of [ownerId, 'ada@harbour.example'])
      assert.notEqual(await spend(ledger, await handOff(ledger, shop.actor, subject)), ownerId);
    assert.notEqual(
      await spend(ledger, await handOff(ledger, shop.actor, inShop)),
      inShop,
      'an account’s own id is a name like others',
    );
    const rotation = { programId: shop.programId, days: 30, overlapDays: 0 };
    const rotated = await act(ledger, connector, (ctx) => rotateKey(ctx, rotation));
    assert(rotated.ok);
    const actor = await read(ledger, rotated.value.key);
    assert(actor && (await spend(ledger, await handOff(ledger, actor))) === inShop);
  });
});
