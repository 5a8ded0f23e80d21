import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type Actor, type Context, type Permission, PermissionMissing } from '../../../kernel/context.ts';
import type { Outcome } from '../../../kernel/outcome.ts';
import { act, observe } from '../../../ledger/index.ts';
import { system, type TestLedger, visitor } from '../../../../tests/support/ledger.ts';
import { accept, needs, refuseAll, tablesWith, testVerbs } from '../../../../tests/support/verbs.ts';
import {
  acceptInvitation,
  addWebhook,
  createOwner,
  grantRole,
  invite,
  judgeAccess,
  leave,
  listMade,
  listStaff,
  makeKey,
  openDepartment,
  openSession,
  permissions,
  readInvitation,
  readStaffSession,
  removeCustomRole,
  reviewAccess,
  revokeInvitation,
  saveCustomRole,
  withdrawRole,
} from '../index.ts';

const letter = { organisation: 'Harbour Bank', publicUrl: 'https://trust.example.org', locale: 'en' };
const device = { device: 'Firefox · Linux', network: '203.0.113.*' };
const passphrase = 'four words of nonsense';
const nobody = '00000000-0000-4000-8000-000000000000';
const as = (id: string, ...may: Permission[]): Actor => ({
  kind: 'staff',
  id,
  may: new Set(may),
  within: new Map(),
  onceProved: new Set(),
});

async function withOwner(t: Parameters<typeof testVerbs>[0]): Promise<{ ledger: TestLedger; owner: string; all: Actor }> {
  const ledger = await testVerbs(t);
  const owner = await act(ledger, system, (ctx) => createOwner(ctx, { email: 'ada@example.org', passphrase }));
  assert(owner.ok);
  const { accountId } = owner.value;
  return { ledger, owner: accountId, all: as(accountId, ...permissions) };
}

/** Somebody invited and come, in this role. */
async function joined(ledger: TestLedger, email: string, role: string): Promise<string> {
  const invited = await act(ledger, system, (ctx) => invite(ctx, { email, role, departmentId: null, ...letter }));
  assert(invited.ok);
  const { token } = invited.value;
  const accepted = await act(ledger, visitor, (ctx) => acceptInvitation(ctx, { token, name: 'Bo', passphrase }));
  assert(accepted.ok);
  return accepted.value.accountId;
}

async function sessionOf(ledger: TestLedger, accountId: string): Promise<string> {
  const opened = await act(ledger, visitor, (ctx) => openSession(ctx, { accountId, method: 'passphrase', device }));
  assert(opened.ok);
  return opened.value.token;
}

const holder = (ledger: TestLedger, token: string) => readStaffSession(observe(ledger, visitor), { token });

suite('people', { concurrency: 2 }, () => {
  test('whoever was invited joins once, in the role they were invited to, and may do what it grants', async (t) => {
    const { ledger, all } = await withOwner(t);
    const wanted = { email: 'bo@example.org', role: 'publisher', departmentId: null, ...letter };
    const { token } = await accept({ ledger, actor: all, recorded: ['private staff.invited'] }, invite, wanted);
    assert.deepEqual(await tablesWith(ledger.db, token), []);
    assert.equal((await readInvitation(observe(ledger, visitor), { token }))?.role, 'publisher');
    const entered = { token, name: ' Bo ', passphrase };
    await refuseAll({ ledger, actor: visitor }, acceptInvitation, {
      'accounts/invitation-not-found': [['an invented link', { ...entered, token: 'invented' }]],
      'accounts/name-missing': [['no name', { ...entered, name: ' ' }]],
      'accounts/passphrase-too-short': [['eleven letters', { ...entered, passphrase: 'x'.repeat(11) }, { shortest: 12 }]],
      'accounts/works-here': [],
    });
    const { accountId } = await accept({ ledger, actor: visitor, recorded: ['private staff.joined'] }, acceptInvitation, entered);
    const again = await act(ledger, visitor, (ctx) => acceptInvitation(ctx, entered));
    assert(!again.ok && again.refusal === 'accounts/invitation-not-found');
    const signedIn = await holder(ledger, await sessionOf(ledger, accountId));
    assert(signedIn);
    assert(signedIn.actor.may.has('policies:publish') && !signedIn.actor.may.has('accounts:manage'));
    assert.deepEqual(signedIn.roles, ['publisher']);
  });

  test('an invitation ends after seven days, when it is taken back and when a newer one is sent', async (t) => {
    const { ledger, all } = await withOwner(t);
    const wanted = { email: 'bo@example.org', role: 'support', departmentId: null, ...letter };
    const send = () => accept({ ledger, actor: all, recorded: ['private staff.invited'] }, invite, wanted);
    const open = async (token: string) => (await readInvitation(observe(ledger, visitor), { token })) !== null;
    const first = await send();
    const second = await send();
    assert.deepEqual([await open(first.token), await open(second.token)], [false, true]);
    await accept({ ledger, actor: all, recorded: ['private staff.invitation-revoked'] }, revokeInvitation, second);
    assert.equal(await open(second.token), false);
    await refuseAll({ ledger, actor: all }, revokeInvitation, { 'accounts/invitation-not-found': [['twice', second]] });
    const third = await send();
    ledger.clock.advance({ hours: 24 * 7 });
    assert.equal(await open(third.token), false);
  });

  test('nobody gives away more than they have', async (t) => {
    const { ledger, owner } = await withOwner(t);
    const bo = await joined(ledger, 'bo@example.org', 'support');
    const wider = { email: 'eve@example.org', departmentId: null, role: 'owner', ...letter };
    const hr = as(owner, 'accounts:invite', 'accounts:manage', 'accounts:read', 'policies:read');
    await refuseAll({ ledger, actor: hr }, invite, {
      'accounts/wider-than-own': [['an owner, by somebody who is none', wider]],
      'accounts/email-not-valid': [['no address', { ...wider, email: 'eve' }]],
      'accounts/works-here': [['somebody who is here', { ...wider, email: 'BO@example.org', role: 'hr' }]],
      'accounts/role-not-found': [['no such role', { ...wider, role: 'king' }]],
      'accounts/department-not-found': [['no such department', { ...wider, role: 'hr', departmentId: nobody }]],
      'accounts/owner-is-of-the-whole': [['an owner of a part', { ...wider, departmentId: nobody }]],
      'accounts/second-person-needed': [],
    });
    const grant = { accountId: bo, role: 'publisher', departmentId: null };
    await refuseAll({ ledger, actor: hr }, grantRole, {
      'accounts/wider-than-own': [['a role with more', grant]],
      'accounts/person-not-found': [['somebody who is not here', { ...grant, accountId: nobody }]],
      'accounts/role-held': [],
      'accounts/above-own': [],
      'accounts/second-person-needed': [],
      'accounts/role-not-found': [['no such role', { ...grant, role: 'king' }]],
      'accounts/department-not-found': [['no such department', { ...grant, role: 'hr', departmentId: nobody }]],
      'accounts/owner-is-of-the-whole': [['an owner of a part', { ...grant, role: 'owner', departmentId: nobody }]],
    });
    await refuseAll({ ledger, actor: hr }, saveCustomRole, {
      'accounts/above-own': [],
      'accounts/second-person-needed': [],
      'accounts/wider-than-own': [['a role with more', { id: 'mine', name: 'Mine', permissions: ['policies:publish'] }]],
      'accounts/name-missing': [['no name', { id: 'mine', name: '', permissions: ['policies:read'] }]],
      'accounts/role-name-not-valid': ['owner', 'A B', 'x'].map((id) => [
        id,
        { id, name: 'Mine', permissions: ['policies:read'] },
      ]),
      'accounts/permission-not-known': [
        ['none', { id: 'mine', name: 'Mine', permissions: [] }],
        ['an invented one', { id: 'mine', name: 'Mine', permissions: ['policies:read', 'all:all'] }],
      ],
    });
    assert.notEqual(owner, bo);
  });

  test('a role is given, changed and taken, and holds from the next request on', async (t) => {
    const { ledger, all } = await withOwner(t);
    const bo = await joined(ledger, 'bo@example.org', 'support');
    const token = await sessionOf(ledger, bo);
    const { departmentId } = await accept({ ledger, actor: all, recorded: [] }, openDepartment, { name: 'Loans' });
    await refuseAll({ ledger, actor: all }, openDepartment, {
      'accounts/name-missing': [['no name', { name: ' ' }]],
      'accounts/name-taken': [['the same name', { name: ' loans ' }]],
    });
    const role = { id: 'loan-writer', name: 'Loan writer', permissions: ['policies:write', 'policies:publish'] };
    await accept({ ledger, actor: all, recorded: [] }, saveCustomRole, role);
    const grant = { accountId: bo, role: 'loan-writer', departmentId };
    await accept({ ledger, actor: all, recorded: ['private staff.role-granted'] }, grantRole, grant);
    const twice = await act(ledger, all, (ctx) => grantRole(ctx, grant));
    assert(!twice.ok && twice.refusal === 'accounts/role-held');
    const within = async () => [...((await holder(ledger, token))?.actor.within.get(departmentId) ?? [])];
    assert.deepEqual(await within(), ['policies:write', 'policies:publish']);
    assert.equal((await holder(ledger, token))?.actor.may.has('policies:write'), false, 'only there');
    await accept({ ledger, actor: all, recorded: ['private staff.role-changed'] }, saveCustomRole, {
      ...role,
      permissions: ['policies:write'],
    });
    assert.deepEqual(await within(), ['policies:write']);
    await refuseAll({ ledger, actor: all }, removeCustomRole, {
      'accounts/role-not-found': [['one that comes with Troth', { id: 'owner' }]],
      'accounts/role-in-use': [['somebody holds it', { id: 'loan-writer' }]],
      'accounts/wider-than-own': [],
    });
    await accept({ ledger, actor: all, recorded: ['private staff.role-withdrawn'] }, withdrawRole, grant);
    assert.deepEqual(await within(), []);
    await accept({ ledger, actor: all, recorded: [] }, removeCustomRole, { id: 'loan-writer' });
  });

  test('a leaver loses every session and role at once, keeps the record, and comes back with nothing', async (t) => {
    const { ledger, owner, all } = await withOwner(t);
    const bo = await joined(ledger, 'bo@example.org', 'publisher');
    const tokens = [await sessionOf(ledger, bo), await sessionOf(ledger, bo)];
    await refuseAll({ ledger, actor: all }, leave, {
      'accounts/person-not-found': [['nobody', { accountId: nobody }]],
      'accounts/last-owner': [['the only owner', { accountId: owner }]],
      'accounts/above-own': [],
      'accounts/key-unknown': [['a program of somebody else', { accountId: bo, programs: [nobody] }]],
      'accounts/webhook-not-found': [['a receiver of somebody else', { accountId: bo, webhooks: [nobody] }]],
    });
    const { sessions } = await accept({ ledger, actor: all, recorded: ['private staff.left'] }, leave, { accountId: bo });
    assert.equal(sessions, 2);
    for (const token of tokens) assert.equal(await holder(ledger, token), null);
    const closed = await act(ledger, visitor, (ctx) => openSession(ctx, { accountId: bo, method: 'passphrase', device }));
    assert(!closed.ok && closed.refusal === 'accounts/account-closed');
    const back = await joined(ledger, 'bo@example.org', 'support');
    assert.notEqual(back, bo);
    const people = await listStaff(observe(ledger, all));
    assert.deepEqual(
      people.map(({ id, leftAt, roles }) => [id, leftAt !== null, roles.map(({ role }) => role)]),
      [
        [owner, false, ['owner']],
        [back, false, ['support']],
        [bo, true, []],
      ],
    );
  });

  test('what a leaver made goes on unless it is ticked, and only what that person made can be', async (t) => {
    const { ledger, owner, all } = await withOwner(t);
    const bo = await joined(ledger, 'bo@example.org', 'engineer');
    const engineer = as(bo, 'accounts:connect', 'accounts:hand-off', 'policies:read');
    const key = (name: string) => ({ name, scopes: ['accounts:hand-off'], days: 30 });
    const hook = (name: string) => ({ url: `https://${name}.example.org/`, types: ['a'], knownTypes: ['a'] });
    const done = async <Value>(actor: Actor, verb: (ctx: Context) => Promise<Outcome<Value, string>>): Promise<Value> => {
      const answer = await act(ledger, actor, verb);
      assert(answer.ok);
      return answer.value;
    };
    const shop = (await done(engineer, (ctx) => makeKey(ctx, key('Shop')))).programId;
    const till = (await done(engineer, (ctx) => makeKey(ctx, key('Till')))).programId;
    const { webhookId } = await done(engineer, (ctx) => addWebhook(ctx, hook('bo')));
    await done(all, (ctx) => makeKey(ctx, key('Own')));
    await done(all, (ctx) => addWebhook(ctx, hook('own')));
    const made = await listMade(observe(ledger, all), bo);
    assert.deepEqual(
      [made.programs.map(({ name }) => name), made.webhooks.map(({ url }) => url)],
      [['Shop', 'Till'], ['https://bo.example.org/']],
    );
    await assert.rejects(listMade(observe(ledger, engineer), bo), PermissionMissing);
    const ending = { accountId: bo, programs: [shop], webhooks: [webhookId] };
    await assert.rejects(
      act(ledger, as(owner, ...permissions.filter((each) => each !== 'accounts:connect')), (ctx) => leave(ctx, ending)),
      PermissionMissing,
    );
    const recorded = ['private staff.key-revoked', 'private webhook.removed', 'private staff.left'];
    await accept({ ledger, actor: all, recorded }, leave, ending);
    const programs = await ledger.db
      .selectFrom('accounts.program')
      .select(['id', 'revokedAt'])
      .where('madeBy', '=', bo)
      .execute();
    assert.deepEqual(
      new Map(programs.map(({ id, revokedAt }) => [id, revokedAt !== null])),
      new Map([
        [shop, true],
        [till, false],
      ]),
    );
    assert.equal((await ledger.db.selectFrom('accounts.webhook').select('id').execute()).length, 1);
  });

  test('two owners who remove each other at the same moment leave one', async (t) => {
    const { ledger, owner, all } = await withOwner(t);
    const bo = await joined(ledger, 'bo@example.org', 'owner');
    const asOwner = (accountId: string) => ({ accountId, role: 'owner', departmentId: null });
    const answers = await Promise.all([
      act(ledger, all, (ctx) => withdrawRole(ctx, asOwner(owner))),
      act(ledger, all, (ctx) => withdrawRole(ctx, asOwner(bo))),
    ]);
    assert.deepEqual(answers.map((answer) => (answer.ok ? 'taken' : answer.refusal)).toSorted(), [
      'accounts/last-owner',
      'taken',
    ]);
    await refuseAll({ ledger, actor: all }, withdrawRole, {
      'accounts/last-owner': [],
      'accounts/above-own': [],
      'accounts/role-not-held': [['a role they never had', { ...asOwner(owner), role: 'hr' }]],
    });
  });

  test('after ten minutes what is hard to undo asks for a new proof, and nothing else does', async (t) => {
    const { ledger, owner } = await withOwner(t);
    const token = await sessionOf(ledger, owner);
    const signedIn = async () => (await holder(ledger, token)) ?? assert.fail();
    ledger.clock.advance({ minutes: 10 });
    await act(ledger, (await signedIn()).actor, (ctx) => openDepartment(ctx, { name: 'Loans' }));
    ledger.clock.advance({ seconds: 1 });
    const { actor } = await signedIn();
    await assert.rejects(
      act(ledger, actor, (ctx) => openDepartment(ctx, { name: 'Cards' })),
      { name: 'Error', message: 'a fresh proof is needed for accounts:manage' },
    );
    assert.equal((await listStaff(observe(ledger, actor))).length, 1);
  });

  test('an access review puts first who has not been here for 90 days, and is recorded', async (t) => {
    const { ledger, owner, all } = await withOwner(t);
    const bo = await joined(ledger, 'bo@example.org', 'publisher');
    await sessionOf(ledger, bo);
    ledger.clock.advance({ hours: 24 * 90 });
    await sessionOf(ledger, owner);
    const review = async () =>
      judgeAccess(await listStaff(observe(ledger, all)), ledger.now()).map(({ id, unusedSince }) => [id, unusedSince !== null]);
    assert.deepEqual(await review(), [
      [owner, false],
      [bo, false],
    ]);
    ledger.clock.advance({ seconds: 1 });
    assert.deepEqual(await review(), [
      [bo, true],
      [owner, false],
    ]);
    const noted = await accept(
      { ledger, actor: all, recorded: ['private staff.access-reviewed'] },
      (ctx) => reviewAccess(ctx),
      null,
    );
    assert.deepEqual(noted, { unused: 1 });
  });

  test('without permission nobody changes who works here', async (t) => {
    const { ledger, owner } = await withOwner(t);
    const role = { accountId: owner, role: 'hr', departmentId: null };
    await needs(ledger, 'accounts:manage', grantRole, role);
    await needs(ledger, 'accounts:manage', withdrawRole, role);
    await needs(ledger, 'accounts:manage', leave, { accountId: owner });
    await needs(ledger, 'accounts:manage', openDepartment, { name: 'Loans' });
    await needs(ledger, 'accounts:manage', saveCustomRole, { id: 'mine', name: 'Mine', permissions: ['policies:read'] });
    await needs(ledger, 'accounts:manage', removeCustomRole, { id: 'mine' });
    await needs(ledger, 'accounts:manage', (ctx) => reviewAccess(ctx), null);
    await needs(ledger, 'accounts:invite', invite, { email: 'bo@example.org', role: 'hr', departmentId: null, ...letter });
    await needs(ledger, 'accounts:invite', revokeInvitation, { invitationId: nobody });
  });
});
