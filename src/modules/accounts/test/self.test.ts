import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Actor } from '../../../kernel/context.ts';
import { act, observe, readSubject } from '../../../ledger/index.ts';
import { type TestLedger, visitor } from '../../../../tests/support/ledger.ts';
import { accept, refuseAll, tablesWith, testVerbs } from '../../../../tests/support/verbs.ts';
import { eraseSelf, exportSelf, listPreferences, openSession, readUserSession, savePreference } from '../index.ts';

const user = (id: string): Actor => ({ kind: 'user', id, mandates: [], onceProved: new Set() });
const [uma, eve] = ['0d9c1f1e-0000-4000-8000-00000000000a', '0d9c1f1e-0000-4000-8000-00000000000e'];
const letter = { organisation: 'Harbour Bank', locale: 'en' };
const device = { device: 'Firefox · Linux', network: '203.0.113.*' };

async function withUsers(t: Parameters<typeof testVerbs>[0]): Promise<TestLedger> {
  const ledger = await testVerbs(t);
  const rows = [
    { id: uma, email: 'uma.thorn@example.org' },
    { id: eve, email: 'eve@example.org' },
  ];
  const rest = { kind: 'user', name: null, passphraseHash: null, passphraseSetAt: null, leftAt: null } as const;
  await ledger.db
    .insertInto('accounts.account')
    .values(rows.map((row) => ({ ...row, ...rest, createdAt: ledger.now() })))
    .execute();
  return ledger;
}

suite('self', { concurrency: 2 }, () => {
  test('a choice is kept as a row, changed, forgotten, and each of it recorded once', async (t) => {
    const ledger = await withUsers(t);
    const as = (...recorded: string[]) => ({ ledger, actor: user(uma), recorded });
    const size = (value: string) => ({ accountId: uma, name: 'readingSize' as const, value });
    await accept(as('private user.preference-chosen'), savePreference, size('large'));
    await accept(as(), savePreference, size('large'));
    await accept(as('private user.preference-chosen'), savePreference, size('larger'));
    const rows = await listPreferences(observe(ledger, user(uma)), { accountId: uma });
    assert.deepEqual(
      rows.map(({ name, value }) => [name, value]),
      [['readingSize', 'larger']],
    );
    await accept(as('private user.preference-withdrawn'), savePreference, size(''));
    await accept(as(), savePreference, size(''));
    assert.deepEqual(await listPreferences(observe(ledger, user(uma)), { accountId: uma }), []);
  });

  test('what nobody can choose is refused', async (t) => {
    const ledger = await withUsers(t);
    for (const [name, values] of [
      ['language', ['xx', 'en,de']],
      ['timeZone', ['Mars/Base', 'UTC+1']],
      ['readingSize', ['huge']],
      ['topics', ['policies,policies', 'gossip', ',']],
      ['channels', ['pigeon']],
      ['contactHours', ['9-17', '17:00-09:00', '09:00-09:00', '25:00-26:00', '09:00-17:00\n']],
    ] as const) {
      await refuseAll({ ledger, actor: user(uma) }, savePreference, {
        'accounts/preference-not-valid': values.map((value) => [`${name} ${value}`, { accountId: uma, name, value }, { name }]),
      });
    }
  });

  test('one person reads, changes and erases nothing of another', async (t) => {
    const ledger = await withUsers(t);
    const reads = observe(ledger, user(eve));
    await assert.rejects(listPreferences(reads, { accountId: uma }), /permission missing: self:read/);
    await assert.rejects(exportSelf(reads, { accountId: uma }), /permission missing: self:read/);
    const choice = { accountId: uma, name: 'language', value: 'de' } as const;
    await assert.rejects(
      act(ledger, user(eve), (ctx) => savePreference(ctx, choice)),
      /permission missing: self:manage/,
    );
    await assert.rejects(
      act(ledger, user(eve), (ctx) => eraseSelf(ctx, { accountId: uma, ...letter })),
      /permission missing: self:erase/,
    );
    await assert.rejects(listPreferences(observe(ledger, visitor), { accountId: uma }), /permission missing: self:read/);
  });

  test('an erased account leaves no row, no session, no readable event, and its entries where they were', async (t) => {
    const ledger = await withUsers(t);
    const opened = await act(ledger, visitor, (ctx) => openSession(ctx, { accountId: uma, method: 'link', device }));
    assert(opened.ok);
    const { token } = opened.value;
    await act(ledger, user(uma), (ctx) => savePreference(ctx, { accountId: uma, name: 'language', value: 'de' }));
    const held = await exportSelf(observe(ledger, user(uma)), { accountId: uma });
    assert.match(JSON.stringify(held), /uma\.thorn@example\.org.*user\.signed-in.*user\.preference-chosen/);
    assert(!JSON.stringify(held).includes(token));
    const leaves = async () =>
      (await ledger.db.selectFrom('ledger.event').select('leaf').where('log', '=', 'private').orderBy('id').execute()).length;
    const before = await leaves();
    await accept({ ledger, actor: user(uma), recorded: ['private user.erased'] }, eraseSelf, { accountId: uma, ...letter });
    assert.equal(await readUserSession(observe(ledger, visitor), { token }), null);
    assert.deepEqual(await tablesWith(ledger.db, 'uma.thorn'), []);
    await assert.rejects(readSubject(observe(ledger, visitor), uma), /erased/);
    assert.equal(await leaves(), before + 1);
    await refuseAll({ ledger, actor: user(uma) }, eraseSelf, {
      'accounts/account-gone': [['twice', { accountId: uma, ...letter }]],
    });
  });

  test('what a person chose about time and size holds from the next page on', async (t) => {
    const ledger = await withUsers(t);
    const opened = await act(ledger, visitor, (ctx) => openSession(ctx, { accountId: uma, method: 'link', device }));
    assert(opened.ok);
    const read = () => readUserSession(observe(ledger, visitor), opened.value);
    assert.deepEqual([(await read())?.timeZone, (await read())?.readingSize], [null, null]);
    for (const [name, value] of [
      ['timeZone', 'Pacific/Auckland'],
      ['readingSize', 'large'],
    ] as const)
      await act(ledger, user(uma), (ctx) => savePreference(ctx, { accountId: uma, name, value }));
    assert.deepEqual([(await read())?.timeZone, (await read())?.readingSize], ['Pacific/Auckland', 'large']);
  });
});
