import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  addProvider,
  closeScimConnection,
  disableProvider,
  grantRole,
  mapScimGroup,
  nameScimProvider,
  openSession,
  permissions,
  readStaffSession,
  signInWithProvider,
} from '#accounts';
import { act, observe } from '#ledger';
import { staffCalled } from '../../../modules/accounts/test/staff-called.ts';
import { visitor } from '../../../../tests/support/ledger.ts';
import { accept, needs, refuseAll } from '../../../../tests/support/verbs.ts';
import { ownerEmail, scimSite, type ScimSite, type Sender } from './scim-site.ts';

const device = { device: 'Firefox · Linux', network: '203.0.113.*' };
const unknown = 'accounts/identity-unknown';

/** A directory whose people sign in at `idp`, and a provider beside it. */
async function house(t: { after(hook: () => Promise<void>): void }, { everyoneIsStaff = false } = {}) {
  const site = await scimSite(t);
  const { ledger } = site;
  const owner = await ledger.db
    .selectFrom('accounts.account')
    .select('id')
    .where('email', '=', ownerEmail)
    .executeTakeFirstOrThrow();
  const manager = staffCalled(owner.id, ...permissions);
  for (const [id, audience] of [
    ['idp', 'staff'],
    ['other', 'staff'],
    ['shop', 'users'],
  ] as const) {
    const entry = { clientId: 'troth', clientSecret: '', name: id, scopes: 'openid', addressesVerified: true };
    const added = await act(ledger, manager, (ctx) =>
      addProvider(ctx, { id, audience, issuer: `https://${id}.example`, everyoneIsStaff, ...entry }),
    );
    assert(added.ok);
  }
  const sender = await site.connect();
  const name = (providerId: string | null, { connectionId }: Sender = sender) =>
    act(ledger, manager, (ctx) => nameScimProvider(ctx, { connectionId, providerId }));
  assert((await name('idp')).ok);
  return { site, ledger, sender, manager, name, ownerId: owner.id };
}

/** @returns whose session it is, or why there is none. */
async function enter({ ledger }: ScimSite, subject: string, providerId = 'idp', email = 'ada@harbour.example'): Promise<string> {
  const arrival = { providerId, subject, name: 'Ada Osei', email, emailVerified: true, session: null, device };
  const entered = await act(ledger, visitor, (ctx) => signInWithProvider(ctx, arrival));
  if (!entered.ok) return entered.refusal;
  const read = await readStaffSession(observe(ledger, visitor), entered.value);
  return read?.account.id ?? 'nobody';
}

const setActive = (sender: Sender, id: string, value: boolean) =>
  sender.patch(`/Users/${id}`, { op: 'replace', path: 'active', value });
const recorded = async ({ ledger }: ScimSite, id: string) =>
  (await ledger.db.selectFrom('ledger.event').select('type').where('object', '=', id).orderBy('seq').execute()).map(
    ({ type }) => type,
  );

suite('the way in of people whom a directory added', { concurrency: 2 }, () => {
  test('naming the provider of a directory asks for what mapping a group does, and one provider goes with one directory', async (t) => {
    const { site, ledger, sender, manager } = await house(t);
    const { connectionId } = sender;
    const second = await site.connect('Second');
    await act(ledger, manager, (ctx) => disableProvider(ctx, { id: 'other' }));
    const given = { connectionId, providerId: 'idp' };
    await needs(ledger, 'accounts:manage', nameScimProvider, given);
    await refuseAll({ ledger, actor: manager }, nameScimProvider, {
      'accounts/provider-unknown': [
        ['none', { ...given, providerId: 'nobody' }],
        ['a provider of users', { ...given, providerId: 'shop' }],
        ['a disabled one', { ...given, providerId: 'other' }],
      ],
      'accounts/scim-connection-not-found': [
        ['none', { ...given, connectionId: '0d9c1f1e-0000-4000-8000-00000000000a' }],
        ['no id', { ...given, connectionId: 'x' }],
      ],
      'accounts/scim-provider-taken': [['another directory’s', { ...given, connectionId: second.connectionId }]],
    });
    const named = { ledger, actor: manager, recorded: ['private scim.provider-named'] };
    await accept(named, nameScimProvider, { ...given, providerId: null });
    await accept(named, nameScimProvider, { ...given, connectionId: second.connectionId });
    await act(ledger, manager, (ctx) => closeScimConnection(ctx, { connectionId: second.connectionId }));
    await accept(named, nameScimProvider, given);
  });

  test('the first sign-in whose subject is the externalId to the letter opens that account, and the next ones do', async (t) => {
    const { site, sender, name } = await house(t);
    const ada = await sender.user('ada@harbour.example', { externalId: 'Ext-1' });
    const bo = await sender.user('bo@harbour.example');
    const before = ['ext-1', 'EXT-1', ' Ext-1', 'Ext-1 ', 'Ext-10', 'ada@harbour.example', ada, bo, ''];
    for (const subject of before) assert.equal(await enter(site, subject), unknown, JSON.stringify(subject));
    assert.equal(await enter(site, 'Ext-1', 'other'), unknown, 'at another provider');
    assert.equal(await enter(site, 'Ext-1'), ada);
    assert.equal(await enter(site, 'Ext-1', 'idp', 'other@harbour.example'), ada, 'and no address matters');
    assert.deepEqual(
      (await recorded(site, ada)).filter((type) => type !== 'staff.signed-in'),
      ['staff.joined', 'staff.provider-linked'],
    );
    assert((await name(null)).ok);
    await sender.user('cy@harbour.example', { externalId: 'Ext-3' });
    assert.equal(await enter(site, 'Ext-3'), unknown, 'no directory goes with the provider');
    assert.equal(await enter(site, 'Ext-1'), ada, 'who was recognised stays so');
  });

  test('an externalId of another directory, or of one that was disconnected, opens nothing', async (t) => {
    const { site, ledger, sender, manager } = await house(t);
    const second = await site.connect('Second');
    await second.user('ada@harbour.example', { externalId: 'ext-1' });
    assert.equal(await enter(site, 'ext-1'), unknown, 'the other directory has no provider');
    const bo = await sender.user('bo@harbour.example', { externalId: 'ext-2' });
    const { connectionId } = sender;
    await act(ledger, manager, (ctx) => closeScimConnection(ctx, { connectionId }));
    assert.equal(await enter(site, 'ext-2'), unknown);
    assert(!(await recorded(site, bo)).includes('staff.provider-linked'));
  });

  test('whom the directory let go does not come in, not even where everyone of the provider is staff', async (t) => {
    const { site, ledger, sender } = await house(t, { everyoneIsStaff: true });
    const ada = await sender.user('ada@harbour.example', { externalId: 'ext-1' });
    const bo = await sender.user('bo@harbour.example', { externalId: 'ext-2', active: false });
    await setActive(sender, ada, false);
    for (const subject of ['ext-1', 'ext-2', 'a stranger']) assert.equal(await enter(site, subject), unknown, subject);
    await setActive(sender, ada, true);
    assert.equal(await enter(site, 'ext-1'), ada, 'back again');
    site.ledger.clock.advance({ minutes: 1 });
    await setActive(sender, ada, false);
    assert.equal(await enter(site, 'ext-1'), 'accounts/account-closed');
    await sender.send('DELETE', `/Users/${ada}`);
    assert.equal(await enter(site, 'ext-1'), unknown, 'deleted');
    const fresh = await sender.user('ada@harbour.example', { externalId: 'ext-1' });
    assert.notEqual(fresh, ada);
    assert.equal(await enter(site, 'ext-1'), fresh, 'made anew is somebody new, who comes in as that');
    await ledger.db.updateTable('accounts.account').set({ leftAt: ledger.now() }).where('id', '=', bo).execute();
    await setActive(sender, bo, true);
    assert.equal(await enter(site, 'ext-2'), unknown, 'let go in the console');
    assert.equal(await enter(site, 'somebody', 'other'), await accountNamed(site, 'somebody'), 'elsewhere the rule stays');
  });

  test('a directory that was taken over gives nobody the account of an owner, nor of somebody who came in before', async (t) => {
    const { site, ledger, sender, manager } = await house(t);
    const [ada, bo, cy] = [
      await sender.user('ada@harbour.example', { externalId: 'ext-1' }),
      await sender.user('bo@harbour.example', { externalId: 'ext-2' }),
      await sender.user('cy@harbour.example', { externalId: 'ext-3' }),
    ];
    assert.equal(await enter(site, 'ext-1'), ada);
    const rename = (id: string, value: string) => sender.patch(`/Users/${id}`, { op: 'replace', path: 'externalId', value });
    assert.equal((await rename(ada, 'thief')).status, 200);
    assert.equal(await enter(site, 'thief'), unknown, 'the account has its person');
    assert.equal(await enter(site, 'ext-1'), ada);
    const granted = { accountId: bo, role: 'owner', departmentId: null };
    assert((await act(ledger, manager, (ctx) => grantRole(ctx, granted))).ok);
    assert.equal(await enter(site, 'ext-2'), unknown, 'an owner adds the provider from inside');
    await rename(cy, 'ext-4');
    const twin = await sender.user('di@harbour.example', { externalId: 'ext-4' });
    assert.equal(await enter(site, 'ext-4'), unknown, 'one externalId, two people');
    await rename(twin, 'ext-5');
    const both = await Promise.all([enter(site, 'ext-4'), enter(site, 'ext-4')]);
    assert.deepEqual(both, [cy, cy], 'two first sign-ins at one moment');
  });

  test('who comes back has what the groups give, and no role, passphrase, passkey, app or code from before', async (t) => {
    const { site, ledger, sender, manager } = await house(t);
    const ada = await sender.user('ada@harbour.example', { externalId: 'ext-1' });
    const group = await sender.group('Support', [ada]);
    // Given by hand before the group gave it, so that the group had nothing to add.
    for (const role of ['support', 'hr'])
      assert((await act(ledger, manager, (ctx) => grantRole(ctx, { accountId: ada, role, departmentId: null }))).ok);
    const mapping = { groupId: group, role: 'support', departmentId: null };
    assert((await act(ledger, manager, (ctx) => mapScimGroup(ctx, mapping))).ok);
    const now = ledger.now();
    await ledger.db
      .updateTable('accounts.account')
      .set({ passphraseHash: 'x', passphraseSetAt: now })
      .where('id', '=', ada)
      .execute();
    const bytes = Buffer.alloc(32, 1);
    const passkey = { credentialId: bytes, publicKey: bytes, rpId: 'trust.harbour.example', counter: 0, transports: [] };
    await ledger.db
      .insertInto('accounts.passkey')
      .values({ id: ada, accountId: ada, ...passkey, backedUp: false, label: 'Phone', createdAt: now, usedAt: null })
      .execute();
    await ledger.db.insertInto('accounts.totp').values({ accountId: ada, secret: bytes, createdAt: now, lastStep: 0 }).execute();
    await ledger.db.insertInto('accounts.recoveryCode').values({ accountId: ada, codeHash: bytes, usedAt: null }).execute();
    assert.equal(await enter(site, 'ext-1'), ada);
    const session = await act(ledger, visitor, (ctx) => openSession(ctx, { accountId: ada, method: 'passkey', device }));
    assert(session.ok);
    await setActive(sender, ada, false);
    assert.equal((await setActive(sender, ada, true)).body.active, true);
    const held = await ledger.db
      .selectFrom('accounts.assignment')
      .select(['role', 'viaScim'])
      .where('accountId', '=', ada)
      .execute();
    assert.deepEqual(held, [{ role: 'support', viaScim: true }]);
    for (const table of ['accounts.passkey', 'accounts.totp', 'accounts.recoveryCode', 'accounts.session'] as const)
      assert.deepEqual(await ledger.db.selectFrom(table).select('accountId').where('accountId', '=', ada).execute(), [], table);
    const account = ledger.db.selectFrom('accounts.account').select(['passphraseHash', 'passphraseSetAt', 'leftAt']);
    assert.deepEqual(await account.where('id', '=', ada).executeTakeFirst(), {
      passphraseHash: null,
      passphraseSetAt: null,
      leftAt: null,
    });
    assert.equal(await readStaffSession(observe(ledger, visitor), session.value), null);
    const told = (await recorded(site, ada)).slice(-5);
    assert.deepEqual(told, ['staff.left', 'staff.role-taken', 'staff.role-taken', 'staff.role-given', 'staff.returned']);
    assert.equal(await enter(site, 'ext-1'), ada, 'by the way in that the directory maps');
  });
});

async function accountNamed({ ledger }: ScimSite, subject: string): Promise<string> {
  const identity = ledger.db.selectFrom('accounts.identity').select('accountId').where('subject', '=', subject);
  return (await identity.executeTakeFirstOrThrow()).accountId;
}
