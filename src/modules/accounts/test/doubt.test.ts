import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ProofNeeded } from '../../../kernel/context.ts';
import { rowId } from '../../../kernel/ids.ts';
import { act, observe } from '../../../ledger/index.ts';
import { type TestLedger, visitor } from '../../../../tests/support/ledger.ts';
import { accept, refuseAll, staff, testVerbs } from '../../../../tests/support/verbs.ts';
import {
  closeDispute,
  disputeSignIn,
  makeRecoveryCodes,
  openDisputes,
  openSession,
  readDoubt,
  readStaffSession,
  readUserSession,
  removeDoubted,
  settleDoubt,
  signInHistory,
} from '../index.ts';
import { restoreAddress } from '../links/restore-address.ts';
import { proveAgain } from '../step-up/prove-again.ts';
import { as, device, openOne, type Person, signedIn } from './signed-in.ts';

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

/** Everything else that proves who somebody is, set anew. */
async function addOthers(ledger: TestLedger, { id }: Person): Promise<void> {
  const now = ledger.now();
  await ledger.db
    .insertInto('accounts.totp')
    .values({ accountId: id, secret: Buffer.alloc(8), lastStep: 0, createdAt: now })
    .execute();
  await ledger.db
    .insertInto('accounts.recoveryCode')
    .values({ accountId: id, codeHash: Buffer.alloc(32), usedAt: null, madeAt: now })
    .execute();
  await ledger.db.updateTable('accounts.account').set({ passphraseSetAt: now, emailSetAt: now }).where('id', '=', id).execute();
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
      const nothing = { 'accounts/changed-since-looked': [], 'accounts/proof-too-new': [] } as const;
      await refuseAll({ ledger, actor }, settleDoubt, {
        ...nothing,
        'accounts/not-doubted': [['no doubt', { seen: '', sessionId }]],
      });
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
        'accounts/changed-since-looked': [['an older list', { seen: listed.seen, sessionId }]],
        'accounts/proof-too-new': [],
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
      await accept({ ledger, actor, recorded: [`private ${kind}.doubt-settled`] }, settleDoubt, { seen, sessionId });
      assert.equal(await readDoubt(observe(ledger, actor)), null);
      assert.equal((await openDisputes(observe(ledger, staff('accounts:read')))).length, 1, 'the report stays with staff');
      assert.ok(await ledger.db.selectFrom('accounts.passkey').select('id').where('id', '=', old).executeTakeFirst());
      ledger.clock.advance({ minutes: 11 });
      const late = observe(ledger, await ada.actor());
      await assert.rejects(settleDoubt(late, { seen, sessionId }), ProofNeeded);
      await assert.rejects(removeDoubted(late, { kind: 'passkey', id: old }), ProofNeeded);
    });
  }

  for (const kind of ['staff', 'user'] as const) {
    test(`nothing that was added since the sign-in that was not ${kind} ends the doubt, also not when it was removed again`, async (t) => {
      const ledger = await testVerbs(t);
      const ada = await signedIn(ledger, kind, 'ada@example.org');
      ledger.clock.advance({ minutes: 5 });
      await openOne(ledger, ada.id);
      const [signIn] = await signInHistory(observe(ledger, await ada.actor()));
      assert(signIn);
      ledger.clock.advance({ minutes: 1 });
      const theirs = await addPasskey(ledger, ada, 'Not mine');
      await addProvider(ledger, ada);
      await addOthers(ledger, ada);
      const passkeySince = ledger.now();
      ledger.clock.advance({ minutes: 1 });
      const { sessionId } = ada;
      await as(ledger, ada, (ctx) => disputeSignIn(ctx, { signInId: signIn.id, sessionId }));
      const seen = async () => ((await readDoubt(observe(ledger, await ada.actor()))) ?? assert.fail()).seen;
      const ways = [
        { method: 'passkey', passkeySince },
        { method: 'oidc', providerId: 'bank' },
        { method: 'totp' },
        { method: 'recovery-code' },
        { method: kind === 'staff' ? 'passphrase' : 'link' },
      ] as const;
      const tooNew = async (says: string) =>
        refuseAll({ ledger, actor: await ada.actor() }, settleDoubt, {
          'accounts/proof-too-new': [[says, { seen: await seen(), sessionId }]],
          'accounts/changed-since-looked': [],
          'accounts/not-doubted': [],
        });
      for (const way of ways) {
        // Proved again, and signed in anew with it.
        ada.token = (await as(ledger, ada, (ctx) => proveAgain(ctx, { sessionId, ...way }))).token;
        await tooNew(way.method);
        const opened = await act(ledger, visitor, (ctx) => openSession(ctx, { accountId: ada.id, device, ...way }));
        assert(opened.ok);
        const read = kind === 'staff' ? readStaffSession : readUserSession;
        const { actor, session } = (await read(observe(ledger, visitor), opened.value)) ?? assert.fail();
        const settled = await act(ledger, actor, async (ctx) => settleDoubt(ctx, { seen: await seen(), sessionId: session.id }));
        assert.deepEqual(settled, { ok: false, refusal: 'accounts/proof-too-new', facts: {} });
      }
      ada.token = (await as(ledger, ada, (ctx) => proveAgain(ctx, { sessionId, method: 'passkey', passkeySince }))).token;
      await as(ledger, ada, (ctx) => removeDoubted(ctx, { kind: 'passkey', id: theirs }));
      await tooNew('by a passkey that is gone');
      await refuseAll({ ledger, actor: await ada.actor() }, settleDoubt, {
        'accounts/proof-too-new': [
          ['in a session that is not one’s own', { seen: await seen(), sessionId: rowId(ledger.now()) }],
        ],
        'accounts/changed-since-looked': [],
        'accounts/not-doubted': [],
      });
      const older = { method: 'passkey', passkeySince: passkeySince.subtract({ hours: 1 }) } as const;
      ada.token = (await as(ledger, ada, (ctx) => proveAgain(ctx, { sessionId, ...older }))).token;
      const recorded = [`private ${kind}.doubt-settled`];
      await accept({ ledger, actor: await ada.actor(), recorded }, settleDoubt, { seen: await seen(), sessionId });
    });
  }

  test('whoever changed the address twice and goes back once has not gone back to an older proof', async (t) => {
    const ledger = await testVerbs(t);
    const ada = await signedIn(ledger, 'user', 'ada@example.org');
    ledger.clock.advance({ minutes: 1 });
    const changed = {
      email: 'eve-2@elsewhere.example',
      emailSetAt: ledger.now().add({ seconds: 1 }),
      emailBefore: 'eve-1@elsewhere.example',
      emailBeforeSetAt: ledger.now(),
    };
    await ledger.db.updateTable('accounts.account').set(changed).where('id', '=', ada.id).execute();
    await as(ledger, ada, (ctx) => restoreAddress(ctx));
    const row = await ledger.db
      .selectFrom('accounts.account')
      .select(['email', 'emailSetAt', 'emailBefore', 'emailBeforeSetAt'])
      .where('id', '=', ada.id)
      .executeTakeFirstOrThrow();
    assert.deepEqual(
      { ...row, emailSetAt: row.emailSetAt?.toString() },
      { email: 'eve-1@elsewhere.example', emailSetAt: ledger.now().toString(), emailBefore: null, emailBeforeSetAt: null },
    );
  });

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
