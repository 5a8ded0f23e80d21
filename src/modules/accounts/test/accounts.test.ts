import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { act, observe } from '../../../ledger/index.ts';
import { system, type TestLedger, visitor } from '../../../../tests/support/ledger.ts';
import { accept, needs, publicLeaves, refuseAll, staff, tablesWith, testVerbs } from '../../../../tests/support/verbs.ts';
import {
  checkPassphrase,
  closeSession,
  createOwner,
  forgetOldAccess,
  isEmailAddress,
  openSession,
  readStaffSession,
  resetOwner,
} from '../index.ts';

const manager = staff('accounts:manage');
const owner = { email: 'Ada@Example.org', passphrase: 'caf\u00e9 by the river' };
const device = { device: 'Firefox · Linux', network: '203.0.113.*' };
const method = 'passphrase';
const notRecognised = { ok: false, refusal: 'accounts/not-recognised', facts: {} } as const;

async function withOwner(ledger: TestLedger): Promise<string> {
  const created = await act(ledger, system, (ctx) => createOwner(ctx, owner));
  assert(created.ok);
  return created.value.accountId;
}

const check = (ledger: TestLedger, email: string, passphrase: string) =>
  checkPassphrase(observe(ledger, visitor), { email, passphrase, device });
const holder = async (ledger: TestLedger, token: string) =>
  (await readStaffSession(observe(ledger, visitor), { token }))?.account.email ?? null;

suite('accounts', { concurrency: 2 }, () => {
  test('an owner is created once, under a hash, and recorded in private alone', async (t) => {
    const ledger = await testVerbs(t);
    await refuseAll({ ledger, actor: manager }, createOwner, {
      'accounts/email-not-valid': ['', 'ada', 'ada@', '@example.org', 'a da@example.org', 'ada@example', 'ada@@example.org'].map(
        (email) => [`${email} is no address`, { ...owner, email }] as const,
      ),
      'accounts/passphrase-too-short': [['eleven letters', { ...owner, passphrase: 'x'.repeat(11) }, { shortest: 12 }]],
      'accounts/owner-exists': [],
    });
    const { accountId } = await accept({ ledger, actor: manager, recorded: ['private staff.joined'] }, createOwner, owner);
    await refuseAll({ ledger, actor: manager }, createOwner, {
      'accounts/email-not-valid': [],
      'accounts/passphrase-too-short': [],
      'accounts/owner-exists': [['a second owner', { ...owner, email: 'eve@example.org' }]],
    });
    assert.deepEqual(await check(ledger, ' ada@EXAMPLE.org ', owner.passphrase), { ok: true, value: { accountId } });
    assert.deepEqual(await tablesWith(ledger.db, owner.passphrase), []);
    assert.deepEqual(await tablesWith(ledger.db, owner.email), ['accounts.account']);
    assert.equal(await publicLeaves(ledger.db), '');
  });

  test('the same letters are the same passphrase however a keyboard composes them', async (t) => {
    const ledger = await testVerbs(t);
    await withOwner(ledger);
    assert((await check(ledger, owner.email, 'cafe\u0301 by the river')).ok);
    assert.deepEqual(await check(ledger, owner.email, 'Caf\u00e9 by the river'), notRecognised);
  });

  test('an address is recognised as it was entered, also where the database cannot fold its letters', async (t) => {
    const ledger = await testVerbs(t);
    await act(ledger, system, (ctx) => createOwner(ctx, { ...owner, email: '\u00c4nne@example.org' }));
    assert((await check(ledger, '\u00c4nne@example.org', owner.passphrase)).ok);
  });

  test('an unknown address is answered like a wrong passphrase, before and after too many attempts', async (t) => {
    const ledger = await testVerbs(t);
    await withOwner(ledger);
    for (const email of [owner.email, 'nobody@example.org']) {
      assert.deepEqual(await check(ledger, email, 'not the passphrase'), notRecognised);
      for (let n = 1; n < 10; n += 1) assert.deepEqual(await check(ledger, email.toUpperCase(), 'another'), notRecognised);
      assert.deepEqual(await check(ledger, email, owner.passphrase), {
        ok: false,
        refusal: 'accounts/too-many-attempts',
        facts: { minutes: 2 },
      });
    }
    assert.deepEqual(await tablesWith(ledger.db, 'nobody@example.org'), []);
    ledger.clock.advance({ minutes: 15 });
    assert((await check(ledger, owner.email, owner.passphrase)).ok);
  });

  test('a session lasts two hours unused and twelve in all, and ends when it is closed', async (t) => {
    const ledger = await testVerbs(t);
    const accountId = await withOwner(ledger);
    const open = { ledger, actor: visitor, recorded: ['private staff.signed-in'] };
    const [unused, used, closed] = [
      (await accept(open, openSession, { accountId, method, device })).token,
      (await accept(open, openSession, { accountId, method, device })).token,
      (await accept(open, openSession, { accountId, method, device })).token,
    ];
    for (const token of [unused, used, closed]) assert.deepEqual(await tablesWith(ledger.db, token), []);
    await accept({ ledger, actor: visitor, recorded: ['private staff.signed-out'] }, closeSession, { token: closed });
    await accept({ ledger, actor: visitor, recorded: [] }, closeSession, { token: closed });
    assert.equal(await holder(ledger, closed), null);
    assert.equal(await holder(ledger, 'no such token'), null);
    for (let hour = 1; hour < 12; hour += 1) {
      ledger.clock.advance({ hours: 1 });
      assert.equal(await holder(ledger, used), owner.email);
      if (hour === 2) assert.equal(await holder(ledger, unused), null);
    }
    ledger.clock.advance({ minutes: 59, seconds: 59 });
    assert.equal(await holder(ledger, used), owner.email);
    ledger.clock.advance({ seconds: 1 });
    assert.equal(await holder(ledger, used), null);
    ledger.clock.advance({ seconds: 1 });
    const fresh = await accept(open, openSession, { accountId, method, device });
    await forgetOldAccess(ledger.db, ledger.now());
    assert.equal((await ledger.db.selectFrom('accounts.session').select('seenAt').execute()).length, 1, 'old ones are gone');
    const { actor } = (await readStaffSession(observe(ledger, visitor), fresh)) ?? assert.fail();
    assert(actor.id === accountId && actor.may.has('policies:publish'));
  });

  test('a reset passphrase ends every session of the owner and the old passphrase', async (t) => {
    const ledger = await testVerbs(t);
    await refuseAll({ ledger, actor: manager }, resetOwner, {
      'accounts/no-owner': [['before set-up', { passphrase: 'a new long passphrase' }]],
      'accounts/above-own': [],
      'accounts/passphrase-too-short': [['eleven letters', { passphrase: 'x'.repeat(11) }, { shortest: 12 }]],
    });
    const accountId = await withOwner(ledger);
    const session = await act(ledger, visitor, (ctx) => openSession(ctx, { accountId, method, device }));
    assert(session.ok);
    const passphrase = 'a new long passphrase';
    const reset = await accept({ ledger, actor: manager, recorded: ['private staff.passphrase-reset'] }, resetOwner, {
      passphrase,
    });
    assert.deepEqual(reset, { email: owner.email });
    assert.equal(await holder(ledger, session.value.token), null);
    assert.deepEqual(await check(ledger, owner.email, owner.passphrase), notRecognised);
    assert((await check(ledger, owner.email, passphrase)).ok);
    assert.deepEqual(await tablesWith(ledger.db, passphrase), []);
  });

  test('without permission nobody makes or resets an owner', async (t) => {
    const ledger = await testVerbs(t);
    await needs(ledger, 'accounts:manage', createOwner, owner);
    await withOwner(ledger);
    await needs(ledger, 'accounts:manage', resetOwner, { passphrase: 'a new long passphrase' });
  });

  test('addresses are told from other text', () => {
    for (const text of ['ada@example.org', 'a.b+c@mail.example.co.uk', 'root@localhost']) assert(isEmailAddress(text), text);
    for (const text of [
      'ada@ex ample.org',
      'Ada <ada@example.org>',
      'ada@example..org',
      `${'a'.repeat(65)}@example.org`,
      'a@b.c\n',
    ])
      assert(!isEmailAddress(text), text);
  });
});
