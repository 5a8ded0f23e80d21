import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ProofNeeded } from '../../../kernel/context.ts';
import { rowId } from '../../../kernel/ids.ts';
import { observe } from '../../../ledger/index.ts';
import type { TestLedger } from '../../../../tests/support/ledger.ts';
import { accept, refuseAll, staff, testVerbs } from '../../../../tests/support/verbs.ts';
import {
  closeDispute,
  disputeSignIn,
  makeRecoveryCodes,
  openDisputes,
  readDoubt,
  removeDoubted,
  settleDoubt,
  signInHistory,
} from '../index.ts';
import { as, openOne, type Person, signedIn } from './signed-in.ts';

const party = { id: 'trust.example.org', origin: 'https://trust.example.org' };

/** As an intruder would, past everything that asks. */
async function addPasskey(ledger: TestLedger, { id: accountId }: Person, label: string): Promise<string> {
  const id = rowId(ledger.now());
  const key = { credentialId: Buffer.from(id), publicKey: Buffer.alloc(8), rpId: party.id, counter: 0, transports: [] };
  await ledger.db
    .insertInto('accounts.passkey')
    .values({ id, accountId, ...key, backedUp: false, label, createdAt: ledger.now(), usedAt: null })
    .execute();
  return id;
}

async function addProvider(ledger: TestLedger, { id: accountId, kind }: Person): Promise<void> {
  const now = ledger.now();
  const client = { issuer: 'https://id.example.org', clientId: 'troth', clientSecret: null, name: 'Bank', scopes: 'openid' };
  const trust = { addressesVerified: false, everyoneIsStaff: false, disabledAt: null };
  await ledger.db
    .insertInto('accounts.provider')
    .values({ id: 'bank', audience: kind === 'staff' ? 'staff' : 'users', ...client, ...trust, createdAt: now })
    .execute();
  await ledger.db
    .insertInto('accounts.identity')
    .values({ providerId: 'bank', subject: 's', accountId, linkedAt: now, usedAt: null })
    .execute();
}

suite('a sign-in that is doubted', { concurrency: 2 }, () => {
  for (const kind of ['staff', 'user'] as const) {
    test(`what was added since a sign-in that was not ${kind} is listed, removed one by one, and only then is the doubt over`, async (t) => {
      const ledger = await testVerbs(t);
      const ada = await signedIn(ledger, kind, 'ada@example.org');
      const old = await addPasskey(ledger, ada, 'Mine');
      ledger.clock.advance({ minutes: 5 });
      await openOne(ledger, ada.id);
      const [signIn] = await signInHistory(observe(ledger, await ada.actor()));
      assert(signIn);
      ledger.clock.advance({ minutes: 1 });
      const theirs = await addPasskey(ledger, ada, 'Not mine');
      await addProvider(ledger, ada);
      if (kind === 'user') {
        const changed = { email: 'eve@elsewhere.example', emailSetAt: ledger.now(), emailBefore: ada.email };
        await ledger.db.updateTable('accounts.account').set(changed).where('id', '=', ada.id).execute();
      } else await as(ledger, ada, makeRecoveryCodes);
      const { sessionId } = ada;
      const actor = await ada.actor();
      const nothing = { 'accounts/changed-since-looked': [] } as const;
      await refuseAll({ ledger, actor }, settleDoubt, { ...nothing, 'accounts/not-doubted': [['no doubt', { seen: '' }]] });
      await as(ledger, ada, (ctx) => disputeSignIn(ctx, { signInId: signIn.id, sessionId }));
      const read = async () => (await readDoubt(observe(ledger, await ada.actor()))) ?? assert.fail();
      const listed = await read();
      const last = kind === 'user' ? 'address eve@elsewhere.example' : 'recovery-codes ';
      assert.deepEqual(
        listed.changes.map((change) => `${change.kind} ${change.label}`).toSorted(),
        ['passkey Not mine', 'provider Bank', last].toSorted(),
      );
      // A passkey of one's own beside it ends nothing, and a list that has grown is looked at again.
      await addPasskey(ledger, ada, 'New');
      assert.equal((await read()).changes.length, 4);
      await refuseAll({ ledger, actor }, settleDoubt, {
        'accounts/changed-since-looked': [['an older list', { seen: listed.seen }]],
        'accounts/not-doubted': [],
      });
      const remove = (which: string, id = '') => as(ledger, ada, (ctx) => removeDoubted(ctx, { kind: which, id }));
      await remove('passkey', theirs);
      await remove('provider', 'bank');
      await remove(kind === 'user' ? 'address' : 'recovery-codes');
      await refuseAll({ ledger, actor }, removeDoubted, {
        'accounts/passkey-not-found': [['gone already', { kind: 'passkey', id: theirs }]],
        'accounts/identity-unknown': [['gone already', { kind: 'provider', id: 'bank' }]],
        'accounts/no-address-before': [['gone already', { kind: 'address', id: '' }]],
        'accounts/no-recovery-codes': [['gone already', { kind: 'recovery-codes', id: '' }]],
        'accounts/totp-not-there': [['there was none', { kind: 'totp', id: '' }]],
        'accounts/not-removable': [['a passphrase', { kind: 'passphrase', id: '' }]],
        'accounts/address-taken': [],
        'accounts/last-way-in': [],
      });
      const { email } = await ledger.db
        .selectFrom('accounts.account')
        .select('email')
        .where('id', '=', ada.id)
        .executeTakeFirstOrThrow();
      assert.equal(email, ada.email);
      const { changes, seen } = await read();
      assert.deepEqual(
        changes.map(({ label }) => label),
        ['New'],
      );
      await accept({ ledger, actor, recorded: [`private ${kind}.doubt-settled`] }, settleDoubt, { seen });
      assert.equal(await readDoubt(observe(ledger, actor)), null);
      assert.equal((await openDisputes(observe(ledger, staff('accounts:read')))).length, 1, 'the report stays with staff');
      assert.ok(await ledger.db.selectFrom('accounts.passkey').select('id').where('id', '=', old).executeTakeFirst());
      ledger.clock.advance({ minutes: 11 });
      const late = observe(ledger, await ada.actor());
      await assert.rejects(settleDoubt(late, { seen }), ProofNeeded);
      await assert.rejects(removeDoubted(late, { kind: 'passkey', id: old }), ProofNeeded);
    });
  }

  test('a report closed by the one whom it is about does not end the doubt', async (t) => {
    const ledger = await testVerbs(t);
    const ada = await signedIn(ledger, 'staff', 'ada@example.org');
    const [signIn] = await signInHistory(observe(ledger, await ada.actor()));
    assert(signIn);
    await as(ledger, ada, (ctx) => disputeSignIn(ctx, { signInId: signIn.id, sessionId: ada.sessionId }));
    const [report] = await openDisputes(observe(ledger, staff('accounts:read')));
    assert(report);
    const closed = { disputeId: report.id, note: 'It was me.' };
    const self = { ...staff('accounts:disputes'), id: ada.id };
    await accept({ ledger, actor: self, recorded: ['private staff.dispute-closed'] }, closeDispute, closed);
    assert.notEqual(await readDoubt(observe(ledger, await ada.actor())), null);
  });
});
