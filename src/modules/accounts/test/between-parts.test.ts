import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Actor, Permission } from '#kernel/context';
import { act, observe } from '#ledger';
import { system, type TestLedger, visitor } from '../../../../tests/support/ledger.ts';
import { accept, refuseAll, staff, testVerbs } from '../../../../tests/support/verbs.ts';
import {
  acceptInvitation,
  acceptMandate,
  createOwner,
  eraseSelf,
  exportSelf,
  grantRole,
  invite,
  leave,
  mapScimGroup,
  offerMandate,
  openScimConnection,
  replaceScimToken,
  resetOwner,
  saveCustomRole,
  withdrawRole,
} from '../index.ts';
import { signedIn } from './signed-in.ts';

const letter = { organisation: 'Harbour Bank', publicUrl: 'https://trust.example.org', locale: 'en' };
const passphrase = 'four words of nonsense';
const zone = 'Europe/Berlin';
const user = (id: string): Actor => ({ kind: 'user', id, mandates: [], onceProved: new Set() });

async function ownerOf(ledger: TestLedger): Promise<string> {
  const made = await act(ledger, system, (ctx) => createOwner(ctx, { email: 'ada@example.org', passphrase }));
  assert(made.ok);
  return made.value.accountId;
}

/** Rows in which a person stands, by the tables that the parts of this module keep for themselves. */
async function provide(ledger: TestLedger, accountId: string): Promise<void> {
  const now = ledger.now();
  await ledger.db
    .insertInto('accounts.provider')
    .values({
      id: 'bank',
      audience: 'users',
      issuer: 'https://id.example.org',
      clientId: 'troth',
      clientSecret: null,
      name: 'Bank',
      scopes: 'openid',
      addressesVerified: false,
      everyoneIsStaff: false,
      createdAt: now,
      disabledAt: null,
    })
    .execute();
  await ledger.db
    .insertInto('accounts.identity')
    .values({ providerId: 'bank', subject: 'subject-at-the-bank', accountId, linkedAt: now, usedAt: null })
    .execute();
  await ledger.db
    .insertInto('accounts.signInFlow')
    .values({
      keyHash: Buffer.alloc(32),
      providerId: 'bank',
      secrets: Buffer.alloc(8),
      accountId,
      returnTo: null,
      locale: 'en',
      expiresAt: now.add({ minutes: 10 }),
    })
    .execute();
  await ledger.db
    .insertInto('accounts.passkey')
    .values({
      id: '0198c1f1-0000-7000-8000-000000000001',
      accountId,
      credentialId: Buffer.from('the-credential'),
      publicKey: Buffer.from('the-public-key'),
      rpId: 'trust.example.org',
      counter: 0,
      transports: [],
      backedUp: false,
      label: 'Blue laptop',
      createdAt: now,
      usedAt: null,
    })
    .execute();
}

suite('between the parts', { concurrency: 2 }, () => {
  test('an invitation gives nothing that whoever sent it could not give at the moment it is accepted', async (t) => {
    const ledger = await testVerbs(t);
    const role = (permissions: Permission[]) =>
      act(ledger, system, (ctx) => saveCustomRole(ctx, { id: 'desk', name: 'Desk', permissions }));
    let hires = 0;
    const hire = async (after: (inviter: string) => Promise<unknown>) => {
      const hr = await signedIn(ledger, 'staff', `hr-${(hires += 1)}@example.org`);
      const hired = { accountId: hr.id, role: 'hr', departmentId: null };
      assert((await act(ledger, system, (ctx) => grantRole(ctx, hired))).ok);
      assert((await role(['policies:read'])).ok);
      const sent = { email: 'own@elsewhere.example', role: 'desk', departmentId: null, ...letter };
      const invited = await act(ledger, await hr.actor(), (ctx) => invite(ctx, sent));
      assert(invited.ok);
      await after(hr.id);
      const { token } = invited.value;
      await refuseAll({ ledger, actor: visitor }, acceptInvitation, {
        'accounts/invitation-needs-two': [],
        'accounts/invitation-not-found': [['no longer theirs to give', { token, name: 'Eve', passphrase }]],
        'accounts/name-missing': [],
        'accounts/passphrase-too-short': [],
        'accounts/works-here': [],
      });
    };
    await hire((id) => act(ledger, system, (ctx) => leave(ctx, { accountId: id })));
    await hire((id) => act(ledger, system, (ctx) => withdrawRole(ctx, { accountId: id, role: 'hr', departmentId: null })));
    await hire(() => role(['policies:read', 'support:erase']));
    await hire((id) => ledger.db.updateTable('accounts.account').set({ leftAt: ledger.now() }).where('id', '=', id).execute());
  });

  test('nobody maps a group to a role wider than their own, nor takes a token of a connection that gives one', async (t) => {
    const ledger = await testVerbs(t);
    const manager = staff('accounts:manage', 'accounts:connect');
    const opened = await act(ledger, manager, (ctx) => openScimConnection(ctx, { name: 'Directory' }));
    assert(opened.ok);
    const { connectionId } = opened.value;
    const groupId = '0198c1f1-0000-7000-8000-000000000002';
    const now = ledger.now();
    const group = { id: groupId, connectionId, displayName: 'G', nameKey: 'g', externalId: null, createdAt: now, changedAt: now };
    await ledger.db
      .insertInto('accounts.scimGroup')
      .values({ ...group, role: null, departmentId: null })
      .execute();
    const mapping = { groupId, role: 'privacy', departmentId: null };
    const map = await act(ledger, manager, (ctx) => mapScimGroup(ctx, mapping));
    assert.deepEqual(map, { ok: false, refusal: 'accounts/wider-than-own', facts: {} });
    assert((await act(ledger, system, (ctx) => mapScimGroup(ctx, mapping))).ok);
    const token = await act(ledger, manager, (ctx) => replaceScimToken(ctx, { connectionId }));
    assert.deepEqual(token, { ok: false, refusal: 'accounts/wider-than-own', facts: {} });
  });

  test('a reset owner keeps no way in that somebody else may have added, nor one that is under way', async (t) => {
    const ledger = await testVerbs(t);
    const owner = await ownerOf(ledger);
    await provide(ledger, owner);
    assert((await act(ledger, system, (ctx) => resetOwner(ctx, { passphrase: 'another four odd words' }))).ok);
    for (const table of ['accounts.identity', 'accounts.signInFlow', 'accounts.passkey'] as const)
      assert.deepEqual(await ledger.db.selectFrom(table).selectAll().execute(), [], table);
  });

  test('addresses that differ in a letter are two people, also where JavaScript folds that letter into another', async (t) => {
    const ledger = await testVerbs(t);
    const principal = await signedIn(ledger, 'user', 'ada@example.org');
    // U+212A, the sign of the kelvin, whose small letter is a plain k.
    const twin = await signedIn(ledger, 'user', '\u{212A}im@example.org');
    const until = ledger
      .now()
      .add({ hours: 24 * 30 })
      .toZonedDateTimeISO(zone)
      .toPlainDate()
      .toString();
    const words = { principalId: principal.id, kind: 'agent', delegateAddress: 'kim@example.org', words: '' };
    const offer = { ...words, scope: ['self:read'], until, zone };
    const recorded = ['private user.mandate-offered'];
    const { mandateId } = await accept({ ledger, actor: user(principal.id), recorded }, offerMandate, offer);
    await refuseAll({ ledger, actor: user(twin.id) }, acceptMandate, {
      'accounts/mandate-not-found': [['made to somebody else', { delegateId: twin.id, mandateId }]],
    });
  });

  test('the download has every part of what is kept about a person, without what opens doors, and a delegate gets less', async (t) => {
    const ledger = await testVerbs(t);
    const ada = await signedIn(ledger, 'user', 'ada@example.org');
    await provide(ledger, ada.id);
    const until = ledger
      .now()
      .add({ hours: 24 * 30 })
      .toZonedDateTimeISO(zone)
      .toPlainDate()
      .toString();
    const offer = { principalId: ada.id, kind: 'agent', delegateAddress: 'bo@example.org', words: 'for taxes' };
    const sent = { ...offer, scope: ['self:read'], until, zone };
    await accept({ ledger, actor: user(ada.id), recorded: ['private user.mandate-offered'] }, offerMandate, sent);
    const own = JSON.stringify(await exportSelf(observe(ledger, user(ada.id)), { accountId: ada.id }));
    for (const phrase of ['Blue laptop', 'subject-at-the-bank', 'bo@example.org', 'for taxes'])
      assert.ok(own.includes(phrase), phrase);
    for (const secret of ['the-credential', 'the-public-key']) {
      assert.ok(!own.includes(secret));
      assert.ok(!own.includes(Buffer.from(secret).toString('base64')));
    }
    const mandate = { id: '0198c1f1-0000-7000-8000-000000000003', subject: ada.id, scope: new Set<Permission>(['self:read']) };
    const delegate: Actor = {
      kind: 'user',
      id: '0198c1f1-0000-7000-8000-000000000004',
      mandates: [mandate],
      onceProved: new Set(),
    };
    const theirs = JSON.stringify(await exportSelf(observe(ledger, delegate), { accountId: ada.id }));
    for (const phrase of ['Blue laptop', 'subject-at-the-bank', 'bo@example.org']) assert.ok(!theirs.includes(phrase), phrase);
  });

  test('erasing leaves no row of any part, also where the address is none that mail can be sent to', async (t) => {
    const ledger = await testVerbs(t);
    const ada = await signedIn(ledger, 'user', 'ada@x-.example');
    await provide(ledger, ada.id);
    const gone = { accountId: ada.id, organisation: 'Harbour Bank', locale: 'en' };
    await accept({ ledger, actor: user(ada.id), recorded: ['private user.erased'] }, eraseSelf, gone);
    for (const table of ['accounts.identity', 'accounts.signInFlow', 'accounts.passkey', 'accounts.session'] as const)
      assert.deepEqual(await ledger.db.selectFrom(table).selectAll().execute(), [], table);
  });
});
