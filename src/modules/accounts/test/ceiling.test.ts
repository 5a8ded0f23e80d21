import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { sql } from 'kysely';
import { type Actor, type Context, holds, type Permission } from '../../../kernel/context.ts';
import { type Outcome, done } from '../../../kernel/outcome.ts';
import { act } from '../../../ledger/index.ts';
import { system, type TestLedger } from '../../../../tests/support/ledger.ts';
import { everyRow, refuseAll, testVerbs } from '../../../../tests/support/verbs.ts';
import {
  askToGrant,
  grantRole,
  handOverAccount,
  isAbove,
  leave,
  mapScimGroup,
  openDepartment,
  openScimConnection,
  removeCustomRole,
  replaceScimToken,
  resetOwner,
  resetProofs,
  saveCustomRole,
  withdrawRole,
} from '../index.ts';
import { newMember } from './approval-people.ts';
import { scimClaim, scimGroup, scimUser } from './scim-rows.ts';

const manager: Permission[] = ['accounts:manage', 'accounts:connect', 'accounts:read', 'policies:read'];

/** An owner, and somebody who manages accounts by a role of the organisation's own. */
async function deskOf(t: Parameters<typeof testVerbs>[0]) {
  const ledger = await testVerbs(t);
  const desk = { id: 'desk', name: 'Desk', permissions: manager };
  assert((await act(ledger, system, (ctx) => saveCustomRole(ctx, desk))).ok);
  const owner = await newMember(ledger, 'ada@example.org', 'owner');
  const other = await newMember(ledger, 'bo@example.org', 'owner');
  const mallory = await newMember(ledger, 'mallory@example.org', 'desk', manager);
  return { ledger, owner, other, mallory };
}

async function isRefused(ledger: TestLedger, actor: Actor, verb: Parameters<typeof act>[2]): Promise<void> {
  const before = await everyRow(ledger.db);
  const answer = await act(ledger, actor, verb);
  assert.equal(!answer.ok && answer.refusal, 'accounts/above-own');
  assert.deepEqual(await everyRow(ledger.db), before);
}

suite('the ceiling', { concurrency: 2 }, () => {
  test('whoever manages accounts touches the access of nobody who holds more', async (t) => {
    const { ledger, owner, mallory } = await deskOf(t);
    const accountId = owner.id;
    const role = { accountId, role: 'auditor', departmentId: null };
    assert((await act(ledger, system, (ctx) => grantRole(ctx, role))).ok);
    await isRefused(ledger, mallory, (ctx) => resetProofs(ctx, { accountId }));
    await isRefused(ledger, mallory, (ctx) => leave(ctx, { accountId }));
    await isRefused(ledger, mallory, (ctx) => withdrawRole(ctx, role));
    await isRefused(ledger, mallory, (ctx) => withdrawRole(ctx, { ...role, role: 'owner' }));
    await isRefused(ledger, mallory, (ctx) => grantRole(ctx, { ...role, role: 'desk' }));
    await isRefused(ledger, mallory, (ctx) => askToGrant(ctx, { ...role, role: 'desk', reason: 'Why not.' }));
    await isRefused(ledger, mallory, (ctx) => resetOwner(ctx, { passphrase: 'mine from now on, all of it' }));
    const peer = await newMember(ledger, 'kit@example.org', 'desk', manager);
    assert((await act(ledger, mallory, (ctx) => leave(ctx, { accountId: peer.id }))).ok, 'a peer can be let go');
  });

  test('more in one department is more', async (t) => {
    const { ledger, mallory } = await deskOf(t);
    const opened = await act(ledger, system, (ctx) => openDepartment(ctx, { name: 'Loans' }));
    assert(opened.ok);
    const { departmentId } = opened.value;
    const kit = await newMember(ledger, 'kit@example.org', 'desk', manager);
    const publisher = { accountId: kit.id, role: 'publisher', departmentId };
    assert((await act(ledger, system, (ctx) => grantRole(ctx, publisher))).ok);
    await isRefused(ledger, mallory, (ctx) => resetProofs(ctx, { accountId: kit.id }));
    const there: Actor = {
      ...mallory,
      within: new Map([
        [departmentId, new Set<Permission>(['policies:write', 'policies:review', 'policies:publish', 'policies:import'])],
      ]),
    };
    assert((await act(ledger, there, (ctx) => resetProofs(ctx, { accountId: kit.id }))).ok);
    assert.equal(isAbove(there, [{ role: 'publisher', departmentId: null, permissions: null }]), true);
  });

  test('a role that somebody mightier holds is neither changed nor narrowed, and none that allows more is removed', async (t) => {
    const { ledger, other, mallory } = await deskOf(t);
    const desk = { id: 'desk', name: 'Desk', permissions: ['accounts:read'] };
    assert((await act(ledger, system, (ctx) => grantRole(ctx, { accountId: other.id, role: 'desk', departmentId: null }))).ok);
    const wide = { id: 'wide', name: 'Wide', permissions: ['policies:publish'] };
    assert((await act(ledger, system, (ctx) => saveCustomRole(ctx, wide))).ok);
    await refuseAll({ ledger, actor: mallory }, saveCustomRole, {
      'accounts/above-own': [['an owner holds it', desk]],
      'accounts/wider-than-own': [
        ['more than they hold', { ...desk, permissions: ['policies:publish'] }],
        ['it held more before', { ...wide, permissions: ['policies:read'] }],
      ],
      'accounts/name-missing': [],
      'accounts/role-name-not-valid': [],
      'accounts/permission-not-known': [],
      'accounts/second-person-needed': [],
    });
    await refuseAll({ ledger, actor: mallory }, removeCustomRole, {
      'accounts/wider-than-own': [['it allows more', { id: 'wide' }]],
      'accounts/role-in-use': [],
      'accounts/role-not-found': [],
    });
  });

  test('no directory is given power over somebody mightier, by a group, a token or a handed-over account', async (t) => {
    const { ledger, owner, mallory } = await deskOf(t);
    const opened = await act(ledger, mallory, (ctx) => openScimConnection(ctx, { name: 'Directory' }));
    assert(opened.ok);
    const { connectionId } = opened.value;
    assert((await act(ledger, mallory, (ctx) => replaceScimToken(ctx, { connectionId }))).ok);
    const publisher = await newMember(ledger, 'kit@example.org', 'publisher');
    await scimUser(ledger, connectionId, publisher.id);
    const groupId = await scimGroup(ledger, connectionId, [publisher.id]);
    await isRefused(ledger, mallory, (ctx) => mapScimGroup(ctx, { groupId, role: 'desk', departmentId: null }));
    await isRefused(ledger, mallory, (ctx) => replaceScimToken(ctx, { connectionId }));
    const lou = await newMember(ledger, 'lou@example.org', 'publisher');
    await scimClaim(ledger, connectionId, lou.id);
    await isRefused(ledger, mallory, (ctx) => handOverAccount(ctx, { connectionId, accountId: lou.id }));
    assert.equal(holds(owner, 'policies:publish'), true);
  });

  for (const [says, verb] of [
    ['gives', (ctx, accountId) => grantRole(ctx, { accountId, role: 'writer', departmentId: null })],
    ['narrows', (ctx) => saveCustomRole(ctx, { id: 'writer', name: 'Writer', permissions: ['policies:read'] })],
    ['makes', (ctx) => saveCustomRole(ctx, { id: 'other', name: 'Other', permissions: ['policies:read'] })],
    ['removes', (ctx) => removeCustomRole(ctx, { id: 'writer' })],
  ] as const satisfies readonly (readonly [string, (ctx: Context, accountId: string) => Promise<Outcome<null, string>>])[])
    test(`whoever ${says} a role while somebody mightier changes it is judged by what it is then`, async (t) => {
      const { ledger, owner, mallory } = await deskOf(t);
      const peer = await newMember(ledger, 'kit@example.org', 'desk', manager);
      const writer = { id: 'writer', name: 'Writer', permissions: ['policies:read'] };
      assert((await act(ledger, system, (ctx) => saveCustomRole(ctx, writer))).ok);
      const [reached, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const widening = act(ledger, owner, async (ctx) => {
        const wider = { name: 'Mighty', permissions: ['policies:read', 'policies:publish'] };
        const answers = [
          await saveCustomRole(ctx, { id: 'writer', ...wider }),
          await saveCustomRole(ctx, { id: 'other', ...wider }),
        ];
        assert(answers.every(({ ok }) => ok));
        reached.resolve();
        await gate.promise;
        return done(null);
      });
      await reached.promise;
      const trying = act(ledger, mallory, (ctx) => verb(ctx, peer.id));
      const waits = async () => {
        const { rows } = await sql`
          select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`.execute(ledger.db);
        return rows.length > 0;
      };
      // Either it waits for the change, or it is through already, which is what must not be.
      while (!(await Promise.race([waits(), trying.then(() => true)])));
      gate.resolve();
      assert((await widening).ok);
      assert.deepEqual(await trying, { ok: false, refusal: 'accounts/wider-than-own', facts: {} });
    });
});
