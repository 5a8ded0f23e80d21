import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { may, PermissionMissing, ProofNeeded } from '../../../kernel/context.ts';
import { act, observe } from '../../../ledger/index.ts';
import { type TestLedger, visitor } from '../../../../tests/support/ledger.ts';
import { accept, needs, refuseAll, staff, tablesWith, testVerbs } from '../../../../tests/support/verbs.ts';
import {
  forgetOldAccess,
  changePassphrase,
  checkPassphrase,
  closeDispute,
  confirmByCode,
  confirmByPassphrase,
  disputeSignIn,
  endOtherSessions,
  endSession,
  judgeSecurity,
  offerTotp,
  openDisputes,
  ownSessions,
  openSession,
  proveAgain,
  readDispute,
  readDoubt,
  readStaffSession,
  readUserSession,
  type SecurityFacts,
  securityFacts,
  setUpTotp,
  signInHistory,
} from '../index.ts';
import { stepAt, totpCode } from '../totp/totp-code.ts';
import { as, device, historyOf, openOne, passphrase, type Person, signedIn } from './signed-in.ts';

const party = { id: 'trust.example.org', origin: 'https://trust.example.org' };

const reads = async (ledger: TestLedger, { kind }: Person, token: string) =>
  (await (kind === 'staff' ? readStaffSession : readUserSession)(observe(ledger, visitor), { token })) !== null;

suite('own security', { concurrency: 2 }, () => {
  for (const kind of ['staff', 'user'] as const) {
    test(`what cannot be undone asks ${kind} for a fresh proof; proving again gives the session a new token`, async (t) => {
      const ledger = await testVerbs(t);
      const ada = await signedIn(ledger, kind, 'ada@example.org');
      const own = { subject: ada.id };
      const eve = await signedIn(ledger, kind, 'eve@example.org');
      for (const permission of ['self:read', 'self:manage', 'self:secure', 'self:erase'] as const) {
        assert(may(await ada.actor(), permission, own));
        assert(!may(await eve.actor(), permission, own), 'nobody does it to another');
        assert(!may(await ada.actor(), permission), 'nor to nobody in particular');
      }
      ledger.clock.advance({ minutes: 10, seconds: 1 });
      for (const permission of ['self:secure', 'self:erase'] as const) {
        const ctx = observe(ledger, await ada.actor());
        assert.throws(
          () => ctx.require(permission, own),
          (error) => error instanceof ProofNeeded && error.permission === permission,
        );
      }
      assert(may(await ada.actor(), 'self:manage', own));
      const { token: old, sessionId } = ada;
      const told = { ledger, actor: await ada.actor() };
      const { token } = await accept({ ...told, recorded: [`private ${kind}.proved-again`] }, proveAgain, {
        sessionId,
        method: 'passkey',
      });
      assert(!(await reads(ledger, ada, old)), 'the old token is dead');
      ada.token = token;
      assert(may(await ada.actor(), 'self:secure', own));
      await refuseAll(told, proveAgain, {
        'accounts/session-not-found': [
          ["another's session", { sessionId: eve.sessionId, method: 'passkey' }],
          ['one that ended', { sessionId: '0d9c1f1e-0000-4000-8000-000000000009', method: 'passkey' }],
        ],
      });
      assert(await reads(ledger, eve, eve.token));
    });

    test(`${kind} see their sessions and end one or all others; nobody ends another's`, async (t) => {
      const ledger = await testVerbs(t);
      const ada = await signedIn(ledger, kind, 'ada@example.org');
      const eve = await signedIn(ledger, kind, 'eve@example.org');
      const tokens = [];
      for (let n = 0; n < 3; n += 1) {
        ledger.clock.advance({ seconds: 1 });
        tokens.push(await openOne(ledger, ada.id));
      }
      const actor = await ada.actor();
      const list = async () => ownSessions(observe(ledger, actor));
      const [newest, ...rest] = await list();
      assert.equal(rest.length, 3);
      assert.equal(rest.at(-1)?.id, ada.sessionId);
      assert(newest && newest.device === device.device && newest.network === device.network);
      const ended = [`private ${kind}.session-ended`];
      await accept({ ledger, actor, recorded: ended }, endSession, { sessionId: newest.id });
      assert(!(await reads(ledger, ada, tokens[2] ?? '')));
      await refuseAll({ ledger, actor }, endSession, {
        'accounts/session-not-found': [
          ['twice', { sessionId: newest.id }],
          ["another's", { sessionId: eve.sessionId }],
          ['no key', { sessionId: 'x' }],
        ],
      });
      const { ended: n } = await accept({ ledger, actor, recorded: ended }, endOtherSessions, { sessionId: ada.sessionId });
      assert.equal(n, 2);
      assert.deepEqual(
        (await list()).map(({ id }) => id),
        [ada.sessionId],
      );
      await accept({ ledger, actor, recorded: [] }, endOtherSessions, { sessionId: ada.sessionId });
      assert(await reads(ledger, eve, eve.token));
      ledger.clock.advance({ hours: 24 * 4 });
      assert.deepEqual(await list(), [], 'those that ended by themselves are not shown');
    });

    test(`"this was not me" signs every other device of ${kind} out, doubts the account and tells staff until one closes it`, async (t) => {
      const ledger = await testVerbs(t);
      const ada = await signedIn(ledger, kind, 'ada@example.org');
      const eve = await signedIn(ledger, kind, 'eve@example.org');
      ledger.clock.advance({ seconds: 1 });
      const stranger = await openOne(ledger, ada.id);
      const actor = await ada.actor();
      const [last] = await signInHistory(observe(ledger, actor));
      const [theirs] = await signInHistory(observe(ledger, await eve.actor()));
      assert(last && theirs);
      const { sessionId } = ada;
      await refuseAll({ ledger, actor }, disputeSignIn, {
        'accounts/sign-in-not-found': [
          ["another's sign-in", { signInId: theirs.id, sessionId }],
          ['no key', { signInId: 'x', sessionId }],
        ],
      });
      await accept({ ledger, actor, recorded: [`private ${kind}.sign-in-disputed`] }, disputeSignIn, {
        signInId: last.id,
        sessionId,
      });
      assert(!(await reads(ledger, ada, stranger)));
      assert(await reads(ledger, ada, ada.token));
      const facts = await securityFacts(observe(ledger, actor), { party, sessionId });
      assert.equal(judgeSecurity(facts, ledger.now())[0]?.part, 'doubt');
      const desk = staff('accounts:read');
      const [task] = await openDisputes(observe(ledger, desk));
      assert(task && task.account.email === 'ada@example.org' && task.signIn.device === device.device && task.doubted);
      assert.deepEqual(await readDispute(observe(ledger, desk), task.id), task);
      assert.equal(await readDispute(observe(ledger, desk), 'x'), null);
      await needs(ledger, 'accounts:disputes', closeDispute, { disputeId: task.id, note: 'Looked into.' });
      assert.throws(() => observe(ledger, actor).require('accounts:read'), PermissionMissing);
      const nobody = '0d9c1f1e-0000-4000-8000-000000000009';
      const close = { ledger, actor: { kind: 'system', name: 'desk' } as const };
      await refuseAll(close, closeDispute, {
        'accounts/note-missing': [['nothing written', { disputeId: task.id, note: ' ' }, { longest: 4000 }]],
        'accounts/dispute-not-found': [
          ['no such', { disputeId: nobody, note: 'x' }],
          ['no key', { disputeId: 'x', note: 'x' }],
        ],
        'accounts/dispute-closed': [],
      });
      const note = { disputeId: task.id, note: 'It was her own telephone.' };
      await accept({ ...close, recorded: [`private ${kind}.dispute-closed`] }, closeDispute, note);
      await refuseAll(close, closeDispute, {
        'accounts/note-missing': [],
        'accounts/dispute-not-found': [],
        'accounts/dispute-closed': [['twice', note]],
      });
      assert.deepEqual(await openDisputes(observe(ledger, desk)), []);
      assert.equal((await readDispute(observe(ledger, desk), task.id))?.closed?.note, note.note);
      assert.equal(await readDoubt(observe(ledger, actor)), null, 'closed by somebody else, the doubt is over');
    });
  }

  test('signing in again in the same browser ends the session that it held there, whosever it was', async (t) => {
    const ledger = await testVerbs(t);
    const ada = await signedIn(ledger, 'staff', 'ada@example.org');
    const bo = await signedIn(ledger, 'staff', 'bo@example.org');
    const uma = await signedIn(ledger, 'user', 'uma@example.org');
    const signIn = (accountId: string, held: string | null) => ({ accountId, method: 'passphrase', device, held }) as const;
    const told = (...kinds: string[]) => ({ ledger, actor: visitor, recorded: kinds.map((kind) => `private staff.${kind}`) });
    const again = await accept(told('signed-in', 'session-ended'), openSession, signIn(ada.id, ada.token));
    assert(!(await reads(ledger, ada, ada.token)));
    assert(await reads(ledger, ada, again.token));
    const theirs = await accept(told('signed-in', 'session-ended'), openSession, signIn(bo.id, again.token));
    assert(!(await reads(ledger, ada, again.token)), "another person's session in that cookie ends too");
    for (const held of [uma.token, 'A'.repeat(43), '', null]) await accept(told('signed-in'), openSession, signIn(ada.id, held));
    assert(await reads(ledger, uma, uma.token), 'a token of the other surface is not touched');
    assert(await reads(ledger, bo, theirs.token));
    const closed = await act(ledger, visitor, (ctx) =>
      openSession(ctx, signIn('0d9c1f1e-0000-4000-8000-000000000009', theirs.token)),
    );
    assert(!closed.ok && (await reads(ledger, bo, theirs.token)), 'a sign-in that fails ends nothing');
  });

  test('a new passphrase ends the old one and every other session; the doubt stays until everything was looked at', async (t) => {
    const ledger = await testVerbs(t);
    const ada = await signedIn(ledger, 'staff', 'ada@example.org');
    const user = await signedIn(ledger, 'user', 'uma@example.org');
    const other = await openOne(ledger, ada.id);
    await ledger.db.updateTable('accounts.account').set({ doubtedAt: ledger.now() }).where('id', '=', ada.id).execute();
    const { sessionId } = ada;
    const told = { ledger, actor: await ada.actor() };
    const fresh = 'four unrelated words here';
    await refuseAll(told, changePassphrase, {
      'accounts/passphrase-too-short': [
        ['eleven', { passphrase: 'x'.repeat(11), again: 'x'.repeat(11), sessionId }, { shortest: 12 }],
      ],
      'accounts/passphrases-differ': [['a slip', { passphrase: fresh, again: `${fresh}.`, sessionId }]],
      'accounts/no-passphrase': [],
    });
    await refuseAll({ ledger, actor: await user.actor() }, changePassphrase, {
      'accounts/passphrase-too-short': [],
      'accounts/passphrases-differ': [],
      'accounts/no-passphrase': [['a user', { passphrase: fresh, again: fresh, sessionId: user.sessionId }]],
    });
    await accept({ ...told, recorded: ['private staff.passphrase-changed'] }, changePassphrase, {
      passphrase: fresh,
      again: fresh,
      sessionId,
    });
    assert(!(await reads(ledger, ada, other)));
    assert(await reads(ledger, ada, ada.token));
    assert.equal((await securityFacts(observe(ledger, told.actor), { party, sessionId })).doubted, true);
    assert.deepEqual(await tablesWith(ledger.db, fresh), []);
    const enter = (typed: string) => checkPassphrase(observe(ledger, visitor), { email: ada.email, passphrase: typed, device });
    assert(!(await enter(passphrase)).ok);
    assert((await enter(fresh)).ok);
    ledger.clock.advance({ minutes: 11 });
    await assert.rejects(
      async () => as(ledger, ada, (ctx) => changePassphrase(ctx, { passphrase: fresh, again: fresh, sessionId })),
      ProofNeeded,
    );
  });

  test('a proof by passphrase or code is as good as its answer: a wrong one is noted, a right one renews the token', async (t) => {
    const ledger = await testVerbs(t);
    const ada = await signedIn(ledger, 'staff', 'ada@example.org');
    const { secret, sealed } = offerTotp(observe(ledger, await ada.actor()));
    await as(ledger, ada, (ctx) => setUpTotp(ctx, { sealed, code: totpCode(secret, stepAt(ledger.now())) }));
    const { sessionId } = ada;
    const byPassphrase = (typed: string) =>
      as(ledger, ada, (ctx) => confirmByPassphrase(ctx, { sessionId, passphrase: typed, device }));
    const byCode = (code: string) => as(ledger, ada, (ctx) => confirmByCode(ctx, { sessionId, code, device }));
    assert.deepEqual(await byPassphrase('wrong'), { ok: false, refusal: 'accounts/passphrase-not-recognised', facts: {} });
    assert.deepEqual(await byCode('000000'), { ok: false, refusal: 'accounts/code-not-recognised', facts: {} });
    assert.deepEqual((await historyOf(ledger, ada.id)).toSorted(), [
      'passphrase refused',
      'passphrase signed-in',
      'totp refused',
    ]);
    for (const prove of [() => byPassphrase(passphrase), () => byCode(totpCode(secret, stepAt(ledger.now())))]) {
      const before = ada.token;
      ledger.clock.advance({ minutes: 11 });
      const proved = await prove();
      assert(proved.ok);
      ada.token = proved.value.token;
      assert(!(await reads(ledger, ada, before)));
      assert(may(await ada.actor(), 'self:secure', { subject: ada.id }));
    }
    const user = await signedIn(ledger, 'user', 'uma@example.org');
    const tried = await as(ledger, user, (ctx) =>
      confirmByPassphrase(ctx, { sessionId: user.sessionId, passphrase: '', device }),
    );
    assert.equal(tried.ok, false, 'who has none proves by none');
  });

  test('the history shows ninety days, refused tries among them, and older ones are forgotten', async (t) => {
    const ledger = await testVerbs(t);
    const ada = await signedIn(ledger, 'staff', 'ada@example.org');
    const actor = await ada.actor();
    await checkPassphrase(observe(ledger, visitor), { email: ada.email, passphrase: 'wrong', device });
    const shown = async () => (await signInHistory(observe(ledger, actor))).map(({ outcome }) => outcome);
    assert.deepEqual((await shown()).toSorted(), ['refused', 'signed-in']);
    ledger.clock.advance({ hours: 24 * 90, seconds: 1 });
    assert.deepEqual(await shown(), []);
    await openOne(ledger, ada.id);
    await forgetOldAccess(ledger.db, ledger.now());
    assert.equal((await ledger.db.selectFrom('accounts.signIn').select('id').execute()).length, 1);
  });

  test('a token of one surface opens nothing on the other', async (t) => {
    const ledger = await testVerbs(t);
    const [ada, uma] = [await signedIn(ledger, 'staff', 'a@example.org'), await signedIn(ledger, 'user', 'a@example.org')];
    assert.equal(await readUserSession(observe(ledger, visitor), { token: ada.token }), null);
    assert.equal(await readStaffSession(observe(ledger, visitor), { token: uma.token }), null);
  });
});

test('the check-up says what is missing before what is weak before what is set', () => {
  const now = Temporal.Instant.from('2026-11-02T09:00:00Z');
  const bare: SecurityFacts = {
    kind: 'staff',
    passphrase: true,
    passkeys: 0,
    totp: false,
    recoveryCodes: 0,
    doubted: false,
    strandedPasskeys: 0,
    otherSessions: [],
  };
  const judge = (facts: Partial<SecurityFacts>) =>
    judgeSecurity({ ...bare, ...facts }, now).map(({ part, state, n }) => `${part} ${state} ${n}`);
  assert.deepEqual(judge({}), ['second-step missing 0', 'sessions set 0']);
  assert.deepEqual(judge({ totp: true }), ['recovery missing 0', 'passkey weak 0', 'second-step set 1', 'sessions set 0']);
  assert.deepEqual(judge({ passkeys: 1 }), ['recovery missing 0', 'second-step set 1', 'passkey set 1', 'sessions set 0']);
  assert.deepEqual(judge({ passkeys: 2 })[0], 'recovery weak 0');
  assert.deepEqual(judge({ passkeys: 2, recoveryCodes: 3 })[0], 'recovery weak 3');
  assert.ok(judge({ passkeys: 2, recoveryCodes: 4 }).every((line) => line.includes(' set ')));
  const hoursAgo = (hours: number) => now.subtract({ hours });
  assert.deepEqual(
    judge({ passkeys: 1, recoveryCodes: 10, strandedPasskeys: 2, doubted: true, otherSessions: [hoursAgo(1), now] }),
    ['doubt missing 1', 'sessions weak 1', 'stranded weak 2', 'second-step set 1', 'passkey set 1', 'recovery set 10'],
  );
  const user = { ...bare, kind: 'user', passphrase: false } as const;
  assert.deepEqual(judge({ ...user, otherSessions: [hoursAgo(23)] }), ['passkey weak 0', 'sessions set 1']);
  assert.deepEqual(judge({ ...user, passkeys: 1, otherSessions: [hoursAgo(24)] }), ['sessions weak 1', 'passkey set 1']);
});
