import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type Actor, type Context, type Permission, PermissionMissing } from '../../../kernel/context.ts';
import type { Outcome } from '../../../kernel/outcome.ts';
import { act, observe } from '../../../ledger/index.ts';
import { system, type TestLedger, visitor } from '../../../../tests/support/ledger.ts';
import { accept, needs, refuseAll, testVerbs } from '../../../../tests/support/verbs.ts';
import {
  acceptInvitation,
  acceptWithProvider,
  askToInvite,
  askToMapGroup,
  askToReplaceToken,
  askToSaveRole,
  decideApproval,
  endFourEyes,
  grantRole,
  invite,
  leave,
  listApprovals,
  mapScimGroup,
  openScimConnection,
  replaceScimToken,
  saveCustomRole,
} from '../index.ts';
import { agree, newMember, switchOn } from './approval-people.ts';
import { scimGroup } from './scim-rows.ts';

const letter = { organisation: 'Harbour Bank', publicUrl: 'https://trust.example.org', locale: 'en' };
const reason = 'The board decided it.';
const asked = ['private staff.approval-asked'];

async function pair(t: Parameters<typeof testVerbs>[0], on = 'accounts:manage') {
  const ledger = await testVerbs(t);
  const ada = await newMember(ledger, 'ada@example.org', 'owner');
  const bo = await newMember(ledger, 'bo@example.org', 'owner');
  await switchOn(ledger, ada, on);
  return { ledger, ada, bo };
}

const staffProvider = ({ now }: TestLedger) => {
  const client = { issuer: 'https://id.example.org', clientId: 'troth', clientSecret: null, name: 'Bank', scopes: 'openid' };
  const trust = { addressesVerified: false, everyoneIsStaff: false, disabledAt: null, createdAt: now() };
  return { id: 'idp', audience: 'staff' as const, ...client, ...trust };
};

async function needsTwo(ledger: TestLedger, actor: Actor, verb: (ctx: Context) => Promise<Outcome<unknown, string>>) {
  const answer = await act(ledger, actor, verb);
  assert.equal(!answer.ok && answer.refusal, 'accounts/second-person-needed');
}

suite('what gives access', { concurrency: 2 }, () => {
  test('nobody makes their own second person: an invitation takes two as well, for exactly this address and role', async (t) => {
    const { ledger, ada, bo } = await pair(t);
    const wanted = { email: 'twin@example.org', role: 'owner', departmentId: null };
    await needs(ledger, 'accounts:invite', askToInvite, { ...wanted, reason });
    await needsTwo(ledger, ada, (ctx) => invite(ctx, { ...wanted, ...letter }));
    const { approvalId } = await accept({ ledger, actor: ada, recorded: asked }, askToInvite, { ...wanted, reason });
    await refuseAll({ ledger, actor: ada }, askToInvite, {
      'accounts/approval-asked': [['twice', { ...wanted, email: ' twin@example.org ', reason }]],
      'accounts/approval-reason-missing': [['no reason', { ...wanted, role: 'hr', reason: ' ' }]],
      'accounts/email-not-valid': [['no address', { ...wanted, email: 'x', reason }]],
      'accounts/works-here': [['somebody who is here', { ...wanted, email: 'BO@example.org', reason }]],
      'accounts/role-not-found': [['no such role', { ...wanted, role: 'king', reason }]],
      'accounts/department-not-found': [],
      'accounts/owner-is-of-the-whole': [],
      'accounts/wider-than-own': [],
      'accounts/second-person-not-needed': [],
    });
    await agree(ledger, bo, approvalId);
    for (const other of [{ email: 'other@example.org' }, { role: 'hr' }])
      await needsTwo(ledger, ada, (ctx) => invite(ctx, { ...wanted, ...letter, ...other }));
    await needsTwo(ledger, bo, (ctx) => invite(ctx, { ...wanted, ...letter }));
    const { token } = await accept({ ledger, actor: ada, recorded: ['private staff.invited'] }, invite, { ...wanted, ...letter });
    const joined = { token, name: 'Twin', passphrase: 'four words of nonsense' };
    await accept({ ledger, actor: visitor, recorded: ['private staff.joined'] }, acceptInvitation, joined);
    await needsTwo(ledger, ada, (ctx) => invite(ctx, { ...wanted, email: 'more@example.org', ...letter }));
  });

  test('a rule that is switched on afterwards holds for invitations under way, and only for those that one person sent', async (t) => {
    const ledger = await testVerbs(t);
    const ada = await newMember(ledger, 'ada@example.org', 'owner');
    const bo = await newMember(ledger, 'bo@example.org', 'owner');
    const send = (email: string, role: string) => ({ email, role, departmentId: null, ...letter });
    const sent = ['private staff.invited'];
    const invited = (email: string, role: string) => accept({ ledger, actor: ada, recorded: sent }, invite, send(email, role));
    const passphrase = 'four words of nonsense';
    const publisher = await invited('p@example.org', 'publisher');
    const through = await invited('q@example.org', 'publisher');
    const support = await invited('s@example.org', 'support');
    const late = await invited('t@example.org', 'support');
    await switchOn(ledger, ada);
    const none = { 'accounts/invitation-not-found': [], 'accounts/works-here': [] } as const;
    const byHand = { ...none, 'accounts/name-missing': [], 'accounts/passphrase-too-short': [] } as const;
    await refuseAll({ ledger, actor: visitor }, acceptInvitation, {
      'accounts/invitation-needs-two': [['may publish', { token: publisher.token, name: 'P', passphrase }]],
      ...byHand,
    });
    await ledger.db.insertInto('accounts.provider').values(staffProvider(ledger)).execute();
    await refuseAll({ ledger, actor: visitor }, acceptWithProvider, {
      'accounts/invitation-needs-two': [['elsewhere', { token: through.token, providerId: 'idp', subject: 's', name: null }]],
      'accounts/identity-taken': [],
      'accounts/provider-unknown': [],
      ...none,
    });
    const joining = { ledger, actor: visitor, recorded: ['private staff.joined'] };
    await accept(joining, acceptInvitation, { token: support.token, name: 'S', passphrase });
    const wanted = { email: 'p@example.org', role: 'publisher', departmentId: null };
    const { approvalId } = await accept({ ledger, actor: ada, recorded: asked }, askToInvite, { ...wanted, reason });
    await agree(ledger, bo, approvalId);
    const again = await invited('p@example.org', 'publisher');
    await switchOn(ledger, ada, 'accounts:manage');
    await accept(joining, acceptInvitation, { token: again.token, name: 'P', passphrase });
    await refuseAll({ ledger, actor: visitor }, acceptInvitation, {
      'accounts/invitation-needs-two': [['now every role', { token: late.token, name: 'T', passphrase }]],
      ...byHand,
    });
  });

  test('whoever invites need not manage accounts to ask, sees what they asked, and does not decide it', async (t) => {
    const { ledger, bo } = await pair(t);
    const hr = await newMember(ledger, 'hr@example.org', 'hr', ['accounts:invite', 'accounts:read', 'policies:read']);
    const wanted = { email: 'kit@example.org', role: 'hr', departmentId: null };
    const { approvalId } = await accept({ ledger, actor: hr, recorded: asked }, askToInvite, { ...wanted, reason });
    const [own] = await listApprovals(observe(ledger, hr));
    assert.deepEqual([own?.id, own?.mayDecide, own?.gives, own?.title], [approvalId, false, true, 'kit@example.org · hr']);
    const decision = { approvalId, approve: true, note: '' };
    await assert.rejects(
      act(ledger, hr, (ctx) => decideApproval(ctx, decision)),
      PermissionMissing,
    );
    await agree(ledger, bo, approvalId);
    assert((await act(ledger, hr, (ctx) => invite(ctx, { ...wanted, ...letter }))).ok);
  });

  test('where publishing takes two, so does giving somebody the permission to publish, and nothing else does', async (t) => {
    const { ledger, ada, bo } = await pair(t, 'policies:publish');
    const invited = (role: string, n: number) => ({ email: `new${n}@example.org`, role, departmentId: null, ...letter });
    await needsTwo(ledger, ada, (ctx) => invite(ctx, invited('publisher', 1)));
    assert((await act(ledger, ada, (ctx) => invite(ctx, invited('support', 2)))).ok);
    const cleo = await newMember(ledger, 'cleo@example.org', 'support');
    await needsTwo(ledger, ada, (ctx) => grantRole(ctx, { accountId: cleo.id, role: 'publisher', departmentId: null }));
    const wanted = { email: 'new1@example.org', role: 'publisher', departmentId: null };
    const { approvalId } = await accept({ ledger, actor: ada, recorded: asked }, askToInvite, { ...wanted, reason });
    await agree(ledger, bo, approvalId);
    assert((await act(ledger, ada, (ctx) => invite(ctx, invited('publisher', 1)))).ok);
  });

  test('a role is made and widened by two; narrowing and renaming are done by one', async (t) => {
    const { ledger, ada, bo } = await pair(t);
    const role = (...permissions: Permission[]) => ({ id: 'desk', name: 'Desk', permissions });
    await needs(ledger, 'accounts:manage', askToSaveRole, { ...role('policies:read'), reason });
    const save = (wanted: ReturnType<typeof role>) => act(ledger, ada, (ctx) => saveCustomRole(ctx, wanted));
    const withTwo = async (wanted: ReturnType<typeof role>) => {
      await needsTwo(ledger, ada, (ctx) => saveCustomRole(ctx, wanted));
      const { approvalId } = await accept({ ledger, actor: ada, recorded: asked }, askToSaveRole, { ...wanted, reason });
      await agree(ledger, bo, approvalId);
    };
    await withTwo(role('policies:read', 'support:read'));
    await needsTwo(ledger, ada, (ctx) => saveCustomRole(ctx, role('policies:read', 'support:answer')));
    assert((await save(role('policies:read', 'support:read'))).ok);
    assert((await save({ ...role('policies:read'), name: 'Reading' })).ok, 'narrower');
    await refuseAll({ ledger, actor: ada }, askToSaveRole, {
      'accounts/second-person-not-needed': [['not wider', { ...role('policies:read'), reason }]],
      'accounts/approval-reason-missing': [['no reason', { ...role('support:erase'), reason: '' }]],
      'accounts/name-missing': [['no name', { ...role('policies:read'), name: ' ', reason }]],
      'accounts/role-name-not-valid': [['a name of ours', { ...role('policies:read'), id: 'owner', reason }]],
      'accounts/permission-not-known': [['none', { ...role(), reason }]],
      'accounts/wider-than-own': [],
      'accounts/above-own': [],
      'accounts/approval-asked': [],
    });
    await withTwo(role('policies:read', 'policies:publish'));
    assert((await save(role('policies:read', 'policies:publish'))).ok);
  });

  test('what a group of a directory gives takes two, and so does a token with which its members are chosen', async (t) => {
    const { ledger, ada, bo } = await pair(t);
    const opened = await act(ledger, system, (ctx) => openScimConnection(ctx, { name: 'Directory' }));
    assert(opened.ok);
    const { connectionId } = opened.value;
    const groupId = await scimGroup(ledger, connectionId);
    assert((await act(ledger, ada, (ctx) => replaceScimToken(ctx, { connectionId }))).ok, 'it gives nothing yet');
    const mapping = { groupId, role: 'support', departmentId: null };
    await needs(ledger, 'accounts:manage', askToMapGroup, { ...mapping, reason });
    await needsTwo(ledger, ada, (ctx) => mapScimGroup(ctx, mapping));
    const toMap = await accept({ ledger, actor: ada, recorded: asked }, askToMapGroup, { ...mapping, reason });
    await refuseAll({ ledger, actor: ada }, askToMapGroup, {
      'accounts/approval-asked': [['twice', { ...mapping, reason }]],
      'accounts/approval-reason-missing': [['no reason', { ...mapping, role: 'hr', reason: '' }]],
      'accounts/second-person-not-needed': [['it gives nothing', { ...mapping, role: null, reason }]],
      'accounts/scim-group-not-found': [['no such group', { ...mapping, groupId: 'x', reason }]],
      'accounts/scim-owner-never': [['owners', { ...mapping, role: 'owner', reason }]],
      'accounts/scim-role-unknown': [['no such role', { ...mapping, role: 'king', reason }]],
      'accounts/scim-department-unknown': [['no such place', { ...mapping, departmentId: 'x', reason }]],
      'accounts/wider-than-own': [],
      'accounts/above-own': [],
    });
    await agree(ledger, bo, toMap.approvalId);
    await needsTwo(ledger, ada, (ctx) => mapScimGroup(ctx, { ...mapping, role: 'publisher' }));
    await accept({ ledger, actor: ada, recorded: ['private scim.group-mapped'] }, mapScimGroup, mapping);
    await needsTwo(ledger, ada, (ctx) => replaceScimToken(ctx, { connectionId }));
    await needs(ledger, 'accounts:connect', askToReplaceToken, { connectionId, reason });
    const toReplace = await accept({ ledger, actor: ada, recorded: asked }, askToReplaceToken, { connectionId, reason });
    await agree(ledger, bo, toReplace.approvalId);
    await accept({ ledger, actor: ada, recorded: ['private scim.token-replaced'] }, replaceScimToken, { connectionId });
    await accept({ ledger, actor: ada, recorded: ['private scim.group-mapped'] }, mapScimGroup, { ...mapping, role: null });
  });

  test('the machine lets one person do it again when nobody else is left, says why, and nobody in the console can', async (t) => {
    const { ledger, ada, bo } = await pair(t);
    const sent = { permission: 'accounts:manage', reason: 'Bo has left.' };
    await assert.rejects(
      act(ledger, ada, (ctx) => endFourEyes(ctx, sent)),
      PermissionMissing,
    );
    const none = { 'accounts/permission-not-known': [], 'accounts/four-eyes-unchanged': [], 'accounts/no-owner': [] } as const;
    await refuseAll({ ledger, actor: system }, endFourEyes, {
      'accounts/permission-not-known': [['none that can take two', { ...sent, permission: 'policies:write' }]],
      'accounts/four-eyes-unchanged': [['one does it already', { ...sent, permission: 'policies:publish' }]],
      'accounts/others-could': [['two are left', sent]],
      'accounts/approval-reason-missing': [],
      'accounts/no-owner': [],
    });
    assert((await act(ledger, ada, (ctx) => leave(ctx, { accountId: bo.id }))).ok);
    // A second account of the one who is left is nobody else.
    const twin = await newMember(ledger, 'twin@example.org', 'owner');
    await ledger.db.updateTable('accounts.account').set({ email: ' ADA@example.org' }).where('id', '=', twin.id).execute();
    await refuseAll({ ledger, actor: system }, endFourEyes, {
      ...none,
      'accounts/others-could': [],
      'accounts/approval-reason-missing': [['no reason', { ...sent, reason: ' ' }]],
    });
    await accept({ ledger, actor: system, recorded: ['private staff.four-eyes-changed'] }, endFourEyes, sent);
    const invited = { email: 'kit@example.org', role: 'support', departmentId: null, ...letter };
    assert((await act(ledger, ada, (ctx) => invite(ctx, invited))).ok);
  });
});
