import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type Actor, PermissionMissing, ProofNeeded } from '../../../kernel/context.ts';
import { sha256 } from '../../../kernel/crypto.ts';
import { act, observe } from '../../../ledger/index.ts';
import { system, type TestLedger, visitor } from '../../../../tests/support/ledger.ts';
import { accept, needs, refuseAll, testVerbs } from '../../../../tests/support/verbs.ts';
import {
  askFourEyesOff,
  askToGrant,
  decideApproval,
  grantRole,
  leave,
  listApprovals,
  listFourEyes,
  openDepartment,
  readSecondPerson,
  requestApproval,
  setFourEyes,
  withdrawRole,
} from '../index.ts';
import { agree, ask, asking, deed, doIt, isDone, type Member, newMember, switchOn } from './approval-people.ts';

const nobody = '00000000-0000-4000-8000-000000000000';

/** Two owners, and publishing takes both. */
async function pair(t: Parameters<typeof testVerbs>[0]): Promise<{ ledger: TestLedger; ada: Member; bo: Member }> {
  const ledger = await testVerbs(t);
  const ada = await newMember(ledger, 'ada@example.org', 'owner');
  const bo = await newMember(ledger, 'bo@example.org', 'owner');
  await switchOn(ledger, ada);
  return { ledger, ada, bo };
}

suite('approvals', { concurrency: 2 }, () => {
  test('what was asked and agreed to is done once by whoever asked, and everything on the way is recorded', async (t) => {
    const { ledger, ada, bo } = await pair(t);
    assert.equal(await isDone(ledger, ada), false);
    assert.equal(await isDone(ledger, system), true, 'the installation itself is nobody to be watched');
    const asked = { ledger, actor: ada, recorded: ['private staff.approval-asked'] };
    const { approvalId } = await accept(asked, requestApproval, asking());
    assert.equal(await isDone(ledger, ada), false, 'a question is no answer');
    const [queued] = await listApprovals(observe(ledger, bo));
    assert.deepEqual([queued?.state, queued?.mayDecide, queued?.reason], ['waiting', true, 'The board decided it.']);
    assert.equal((await listApprovals(observe(ledger, ada)))[0]?.mayDecide, false);
    const given = { ledger, actor: bo, recorded: ['private staff.approval-given'] };
    await accept(given, decideApproval, { approvalId, approve: true, note: '' });
    assert.equal((await readSecondPerson(observe(ledger, ada), deed())).state, 'given');
    assert.equal(await isDone(ledger, bo), false, 'whoever agreed did not ask');
    assert.equal(await isDone(ledger, ada, deed({ digest: sha256('changed since') })), false);
    assert.equal(await isDone(ledger, ada, deed({ object: 'terms' })), false);
    assert.equal(await isDone(ledger, ada), true);
    assert.equal(await isDone(ledger, ada), false, 'an approval is used once');
    assert.equal((await listApprovals(observe(ledger, bo)))[0]?.state, 'used');
  });

  test('of two who do it at once with one approval, one does', async (t) => {
    const { ledger, ada, bo } = await pair(t);
    await agree(ledger, bo, await ask(ledger, ada));
    const did = await Promise.all([1, 2, 3].map(() => isDone(ledger, ada)));
    assert.deepEqual(did.toSorted(), [false, false, true]);
  });

  test('an act that is refused after all leaves the approval unused', async (t) => {
    const { ledger, ada, bo } = await pair(t);
    await agree(ledger, bo, await ask(ledger, ada));
    const failing = act(ledger, ada, async (ctx) => {
      await doIt(ctx, deed());
      throw new Error('the disk is full');
    });
    await assert.rejects(failing, /disk/);
    assert.equal(await isDone(ledger, ada), true);
  });

  test('an approval ends with its day, with whoever gave it and with what they may do', async (t) => {
    const { ledger, ada, bo } = await pair(t);
    await agree(ledger, bo, await ask(ledger, ada));
    ledger.clock.advance({ hours: 24 });
    assert.equal(await isDone(ledger, ada), false, 'it is a day old');
    await agree(ledger, bo, await ask(ledger, ada));
    await act(ledger, ada, (ctx) => withdrawRole(ctx, { accountId: bo.id, role: 'owner', departmentId: null }));
    assert.equal(await isDone(ledger, ada), false, 'whoever agreed may no longer');
    assert.equal((await readSecondPerson(observe(ledger, ada), deed())).state, 'missing');
    const cleo = await newMember(ledger, 'cleo@example.org', 'publisher');
    await agree(ledger, cleo, await ask(ledger, ada));
    assert((await act(ledger, ada, (ctx) => leave(ctx, { accountId: cleo.id }))).ok);
    assert.equal(await isDone(ledger, ada), false, 'whoever agreed has left');
  });

  test('nobody agrees with themselves, not even by a second account with the same address', async (t) => {
    const { ledger, ada, bo } = await pair(t);
    const approvalId = await ask(ledger, ada);
    await refuseAll({ ledger, actor: ada }, decideApproval, {
      'accounts/own-approval': [['their own', { approvalId, approve: true, note: '' }]],
      'accounts/approval-not-found': [['an invented one', { approvalId: nobody, approve: true, note: '' }]],
      'accounts/approval-over': [],
      'accounts/approval-note-missing': [],
    });
    // Ada leaves and is back: two rows, one person.
    assert((await act(ledger, bo, (ctx) => leave(ctx, { accountId: ada.id }))).ok);
    const again = await newMember(ledger, 'ADA@example.org', 'owner');
    const own = await act(ledger, again, (ctx) => decideApproval(ctx, { approvalId, approve: true, note: '' }));
    assert.equal(!own.ok && own.refusal, 'accounts/own-approval');
    // An address that becomes the same after the decision.
    const other = await newMember(ledger, 'other@example.org', 'publisher');
    await agree(ledger, other, await ask(ledger, again));
    await ledger.db.updateTable('accounts.account').set({ email: 'Ada@Example.org ' }).where('id', '=', other.id).execute();
    assert.equal(await isDone(ledger, again), false);
  });

  test('asking says why, once, and only where a second person is needed', async (t) => {
    const { ledger, ada, bo } = await pair(t);
    await ask(ledger, ada);
    await refuseAll({ ledger, actor: ada }, requestApproval, {
      'accounts/approval-asked': [['the same again', asking()]],
      'accounts/approval-reason-missing': [['only spaces', asking({ object: 'terms', reason: ' \n' })]],
      'accounts/second-person-not-needed': [['one person is enough', asking({ permission: 'support:erase' })]],
    });
    await needs(ledger, 'policies:publish', requestApproval, asking());
    const twice = [1, 2].map(() => act(ledger, bo, (ctx) => requestApproval(ctx, asking())));
    assert.deepEqual((await Promise.all(twice)).map(({ ok }) => ok).toSorted(), [false, true], 'a form sent twice asks once');
  });

  test('deciding takes the permission itself, there, freshly proved, before the question is too old', async (t) => {
    const { ledger, ada, bo } = await pair(t);
    const opened = await act(ledger, system, (ctx) => openDepartment(ctx, { name: 'Loans' }));
    assert(opened.ok);
    const { departmentId } = opened.value;
    const approvalId = await ask(ledger, ada, { department: departmentId });
    const sent = { approvalId, approve: true, note: '' };
    await needs(ledger, 'policies:publish', decideApproval, sent);
    const within = (there: string): Actor => ({
      ...bo,
      may: new Set(),
      within: new Map([[there, new Set(['policies:publish'] as const)]]),
    });
    const decide = (actor: Actor) => act(ledger, actor, (ctx) => decideApproval(ctx, sent));
    await assert.rejects(decide(within(nobody)), PermissionMissing);
    await assert.rejects(decide({ ...bo, onceProved: new Set(['policies:publish'] as const) }), ProofNeeded);
    assert.deepEqual(await listApprovals(observe(ledger, within(nobody))), []);
    const unsaid = await act(ledger, bo, (ctx) => decideApproval(ctx, { ...sent, approve: false, note: ' ' }));
    assert.equal(!unsaid.ok && unsaid.refusal, 'accounts/approval-note-missing');
    const declined = { ledger, actor: within(departmentId), recorded: ['private staff.approval-declined'] };
    await accept(declined, decideApproval, { ...sent, approve: false, note: 'The date is a holiday.' });
    const over = await decide(bo);
    assert.equal(!over.ok && over.refusal, 'accounts/approval-over');
    assert.equal(await isDone(ledger, ada, deed({ department: departmentId })), false);
    const late = await ask(ledger, ada, { object: 'terms' });
    ledger.clock.advance({ hours: 24 * 7 });
    const tooLate = await act(ledger, bo, (ctx) => decideApproval(ctx, { ...sent, approvalId: late }));
    assert.equal(!tooLate.ok && tooLate.refusal, 'accounts/approval-over');
    assert.deepEqual(await listApprovals(observe(ledger, visitor)), []);
  });

  test('one person switches on what two can do; switching off takes both', async (t) => {
    const ledger = await testVerbs(t);
    const ada = await newMember(ledger, 'ada@example.org', 'owner');
    const sent = { permission: 'policies:publish', on: true };
    await needs(ledger, 'accounts:manage', setFourEyes, sent);
    await refuseAll({ ledger, actor: ada }, setFourEyes, {
      'accounts/permission-not-known': [['one that cannot have it', { ...sent, permission: 'policies:write' }]],
      'accounts/nobody-else-could': [['alone', sent]],
      'accounts/four-eyes-unchanged': [['off already', { ...sent, on: false }]],
      'accounts/second-person-needed': [],
    });
    const bo = await newMember(ledger, 'bo@example.org', 'publisher', ['policies:publish']);
    await accept({ ledger, actor: ada, recorded: ['private staff.four-eyes-changed'] }, setFourEyes, sent);
    const off = { ...sent, on: false };
    await refuseAll({ ledger, actor: ada }, setFourEyes, {
      'accounts/permission-not-known': [],
      'accounts/nobody-else-could': [],
      'accounts/four-eyes-unchanged': [['on already', sent]],
      'accounts/second-person-needed': [['off alone', off]],
    });
    await needs(ledger, 'accounts:manage', askFourEyesOff, { permission: 'policies:publish', reason: 'Too slow.' });
    const asked = { ledger, actor: ada, recorded: ['private staff.approval-asked'] };
    const { approvalId } = await accept(asked, askFourEyesOff, { permission: 'policies:publish', reason: 'Too slow.' });
    await agree(ledger, bo, approvalId);
    assert.equal(await isDone(ledger, ada), false, 'agreeing to switch off is agreeing to nothing else');
    await accept({ ledger, actor: ada, recorded: ['private staff.four-eyes-changed'] }, setFourEyes, off);
    assert.equal(await isDone(ledger, ada), true);
    assert.deepEqual(
      (await listFourEyes(observe(ledger, ada))).map(({ on }) => on),
      [false, false, false],
    );
    assert.deepEqual(await listFourEyes(observe(ledger, bo)), []);
  });

  test('a role is given after a second person agreed to this role for this person there', async (t) => {
    const { ledger, ada, bo } = await pair(t);
    await switchOn(ledger, ada, 'accounts:manage');
    const cleo = await newMember(ledger, 'cleo@example.org', 'support');
    const grant = { accountId: cleo.id, role: 'publisher', departmentId: null };
    const give = (change = {}) => act(ledger, ada, (ctx) => grantRole(ctx, { ...grant, ...change }));
    const reason = 'She takes over from Dan.';
    await needs(ledger, 'accounts:manage', askToGrant, { ...grant, reason });
    const asked = { ledger, actor: ada, recorded: ['private staff.approval-asked'] };
    const { approvalId } = await accept(asked, askToGrant, { ...grant, reason });
    const alone = await give();
    assert.equal(!alone.ok && alone.refusal, 'accounts/second-person-needed');
    await agree(ledger, bo, approvalId);
    for (const other of [{ role: 'owner' }, { accountId: bo.id }]) assert.equal((await give(other)).ok, false);
    assert((await give()).ok);
  });
});
