import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { PermissionMissing } from '../../../kernel/context.ts';
import { act, observe } from '../../../ledger/index.ts';
import { system, visitor } from '../../../../tests/support/ledger.ts';
import { accept, needs, refuseAll, tablesWith, testVerbs } from '../../../../tests/support/verbs.ts';
import {
  addProvider,
  changeProvider,
  createOwner,
  disableProvider,
  enableProvider,
  linkIdentity,
  listIdentities,
  listProviders,
  openSession,
  readProviders,
  readStaffSession,
  signInWithProvider,
  unlinkIdentity,
} from '../index.ts';
import { staffCalled } from './staff-called.ts';

const device = { device: '', network: '' };
const wanted = {
  id: 'bank',
  audience: 'staff',
  issuer: 'https://login.harbour.example/realms/bank',
  clientId: 'troth',
  clientSecret: 'kept by two',
  name: 'Harbour Bank account',
  scopes: 'email openid email',
  addressesVerified: false,
  everyoneIsStaff: false,
} as const;

async function house(t: { after(hook: () => Promise<void>): void }) {
  const ledger = await testVerbs(t);
  const owner = { email: 'ada@harbour.example', passphrase: 'four quite unrelated words' };
  const created = await act(ledger, system, (ctx) => createOwner(ctx, owner));
  assert(created.ok);
  const { accountId } = created.value;
  return { ledger, accountId, actor: staffCalled(accountId, 'accounts:connect') };
}

suite('connecting providers', { concurrency: 2 }, () => {
  test('a provider is added, changed, disabled and enabled by whoever may connect', async (t) => {
    const { ledger, actor } = await house(t);
    await needs(ledger, 'accounts:connect', addProvider, wanted);
    const entryRefusals = {
      'accounts/provider-name-not-valid': [
        ['no name', { ...wanted, name: ' ' }],
        ['a long one', { ...wanted, name: 'x'.repeat(61) }, { longest: 60 }],
      ],
      'accounts/provider-client-not-valid': [
        ['no client', { ...wanted, clientId: ' ' }],
        ['a line break in it', { ...wanted, clientId: 'a\nb' }],
      ],
      'accounts/provider-scopes-not-valid': [['a quotation mark', { ...wanted, scopes: 'openid "email"' }]],
    } as const;
    await refuseAll({ ledger, actor }, addProvider, {
      ...entryRefusals,
      'accounts/provider-id-not-valid': ['', 'a', 'Bank', '1st', 'a_b', 'hand-off', 'new', 'x'.repeat(33)].map(
        (id) => [`called ${id}`, { ...wanted, id }] as const,
      ),
      'accounts/provider-issuer-not-valid': [
        '',
        'login.example',
        'javascript:alert(1)',
        'https://u:p@login.example',
        'https://login.example/?a=b',
        'https://login.example/#a',
        'https://login.example/?',
      ].map((issuer) => [`issuer ${issuer}`, { ...wanted, issuer }] as const),
      'accounts/provider-id-taken': [],
    });
    await accept({ ledger, actor, recorded: ['private staff.provider-added'] }, addProvider, wanted);
    const twice = await act(ledger, actor, (ctx) => addProvider(ctx, wanted));
    assert(!twice.ok && twice.refusal === 'accounts/provider-id-taken');
    assert.deepEqual(await tablesWith(ledger.db, wanted.clientSecret), []);
    assert.equal((await readProviders(observe(ledger, actor)))[0]?.scopes, 'openid email');

    const change = { ...wanted, clientSecret: '', name: 'Bank' };
    await needs(ledger, 'accounts:connect', changeProvider, change);
    await refuseAll({ ledger, actor }, changeProvider, {
      ...entryRefusals,
      'accounts/provider-unknown': [['another', { ...change, id: 'other' }]],
    });
    await accept({ ledger, actor, recorded: ['private staff.provider-changed'] }, changeProvider, change);
    const [kept] = await readProviders(observe(ledger, actor));
    assert.deepEqual(
      [kept?.name, kept?.hasSecret, kept?.issuer],
      ['Bank', true, wanted.issuer],
      'an empty secret keeps the old one',
    );

    for (const [verb, type] of [
      [disableProvider, 'staff.provider-disabled'],
      [enableProvider, 'staff.provider-enabled'],
    ] as const) {
      await needs(ledger, 'accounts:connect', verb, { id: 'bank' });
      await accept({ ledger, actor, recorded: [`private ${type}`] }, verb, { id: 'bank' });
      await refuseAll({ ledger, actor }, verb, { 'accounts/provider-unknown': [['a second time', { id: 'bank' }]] });
    }
    assert.deepEqual(await listProviders(observe(ledger, visitor), 'staff'), [{ id: 'bank', name: 'Bank' }]);
    assert.deepEqual(await listProviders(observe(ledger, visitor), 'users'), []);
    await assert.rejects(readProviders(observe(ledger, visitor)), PermissionMissing);
  });

  test('a person links and unlinks themselves, never the last way in, and nobody else does', async (t) => {
    const { ledger, actor, accountId } = await house(t);
    const added = ['private staff.provider-added'];
    await accept({ ledger, actor, recorded: added }, addProvider, { ...wanted, everyoneIsStaff: true });
    await accept({ ledger, actor, recorded: added }, addProvider, { ...wanted, id: 'other' });
    const link = { accountId, providerId: 'other', subject: 's-1' };
    for (const stranger of [staffCalled('0198c1f1-0000-4000-8000-000000000001', 'accounts:manage'), visitor]) {
      await assert.rejects(
        act(ledger, stranger, (ctx) => linkIdentity(ctx, link)),
        PermissionMissing,
      );
      await assert.rejects(
        act(ledger, stranger, (ctx) => unlinkIdentity(ctx, link)),
        PermissionMissing,
      );
      await assert.rejects(listIdentities(observe(ledger, stranger), accountId), PermissionMissing);
    }
    const newcomer = { providerId: 'bank', subject: 's-2', name: null, email: null, emailVerified: false, session: null, device };
    const entered = await act(ledger, visitor, (ctx) => signInWithProvider(ctx, newcomer));
    assert(entered.ok);
    const second = (await readStaffSession(observe(ledger, visitor), entered.value)) ?? assert.fail();
    await refuseAll({ ledger, actor: second.actor }, unlinkIdentity, {
      'accounts/identity-unknown': [['not linked', { accountId: second.account.id, providerId: 'other' }]],
      'accounts/last-way-in': [['nothing else', { accountId: second.account.id, providerId: 'bank' }]],
    });
    await refuseAll({ ledger, actor }, linkIdentity, {
      'accounts/identity-taken': [['somebody else’s', { ...link, providerId: 'bank', subject: 's-2' }]],
      'accounts/provider-unknown': [['no such provider', { ...link, providerId: 'nobody' }]],
      'accounts/account-closed': [],
    });
    await accept({ ledger, actor, recorded: ['private staff.provider-linked'] }, linkIdentity, link);
    const opened = { accountId, method: 'oidc', device, providerId: 'other' } as const;
    const { token } = await accept({ ledger, actor: visitor, recorded: ['private staff.signed-in'] }, openSession, opened);
    await accept({ ledger, actor, recorded: ['private staff.provider-unlinked'] }, unlinkIdentity, link);
    assert.equal(await readStaffSession(observe(ledger, visitor), { token }), null, 'what came through it ends');
    await ledger.db.updateTable('accounts.account').set({ leftAt: ledger.now() }).where('id', '=', accountId).execute();
    const left = await act(ledger, actor, (ctx) => linkIdentity(ctx, link));
    assert(!left.ok && left.refusal === 'accounts/account-closed');
  });
});
