import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { outboundFetch } from '../../../kernel/fetch.ts';
import { act, observe } from '../../../ledger/index.ts';
import { system, type TestLedger, visitor } from '../../../../tests/support/ledger.ts';
import { accept, refuseAll, tablesWith, testVerbs } from '../../../../tests/support/verbs.ts';
import {
  acceptInvitation,
  acceptWithProvider,
  addProvider,
  createOwner,
  disableProvider,
  invite,
  leave,
  permissions,
  readStaffSession,
  returnFromProvider,
  revokeInvitation,
  signInWithProvider,
  startAtProvider,
} from '../index.ts';
import { realProvider } from './real-provider.ts';
import { staffCalled } from './staff-called.ts';

const publicUrl = 'https://trust.harbour.example';
const device = { device: 'Firefox · Linux', network: '203.0.113.*' };
const fetch = outboundFetch({ allow: ['127.0.0.1'] });

async function house(t: { after(hook: () => Promise<void>): void }) {
  const ledger = await testVerbs(t);
  const owner = { email: 'ada@harbour.example', passphrase: 'four quite unrelated words' };
  const created = await act(ledger, system, (ctx) => createOwner(ctx, owner));
  assert(created.ok);
  const { accountId: ownerId } = created.value;
  const manager = staffCalled(ownerId, ...permissions);
  const add = async (id: string, audience: 'staff' | 'users', issuer = `https://${id}.example`, clientSecret = '') => {
    const entry = { clientId: 'troth', clientSecret, name: id, scopes: 'openid email profile', addressesVerified: true };
    const added = await act(ledger, manager, (ctx) =>
      addProvider(ctx, { id, audience, issuer, everyoneIsStaff: false, ...entry }),
    );
    assert(added.ok);
  };
  const ask = async (email: string, role = 'support') => {
    const letter = { organisation: 'Harbour Bank', publicUrl, locale: 'en' };
    const asked = await act(ledger, manager, (ctx) => invite(ctx, { email, role, departmentId: null, ...letter }));
    assert(asked.ok);
    return asked.value;
  };
  return { ledger, ownerId, manager, add, ask };
}

const person = ({ db }: TestLedger, id: string) =>
  db
    .selectFrom('accounts.account')
    .select(['kind', 'email', 'name', 'passphraseHash'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

suite('an invitation accepted through a provider', { concurrency: 2 }, () => {
  test('makes an account that signs in there, with the address of the invitation and without a passphrase', async (t) => {
    const provider = await realProvider(t, `${publicUrl}/sign-in/idp/callback`);
    const { ledger, add, ask } = await house(t);
    await add('idp', 'staff', provider.issuer, provider.clientSecret);
    provider.claims.set('s-7', { name: 'Kit Moreno', email: 'ada@harbour.example', email_verified: true });
    const { token } = await ask('kit@harbour.example');
    const ctx = observe(ledger, visitor);
    const departure = { providerId: 'idp', audience: 'staff', accountId: null, invitation: token } as const;
    const begin = () => startAtProvider(ctx, { ...departure, returnTo: null, locale: 'en' }, { publicUrl, fetch });
    const started = await begin();
    assert(started.ok);
    const { url, cookie } = started.value;
    assert(!decodeURIComponent(url).includes(token), 'the provider never learns of the token');
    assert.deepEqual(
      (await tablesWith(ledger.db, token)).filter((name) => name !== 'mail.message'),
      [],
      'and it is sealed while one is away',
    );
    const query = (await provider.signIn(url, 's-7')).searchParams;
    const another = await begin();
    assert(another.ok);
    const wrong = await returnFromProvider(ctx, { providerId: 'idp', query, cookie: another.value.cookie }, { publicUrl, fetch });
    assert(!wrong.ok && wrong.refusal === 'accounts/flow-unknown', 'the answer to one flow ends no other');
    const back = await returnFromProvider(ctx, { providerId: 'idp', query, cookie }, { publicUrl, fetch });
    assert(back.ok && back.value.invitation === token);
    const arrived = { ...back.value, token };
    const made = await accept({ ledger, actor: visitor, recorded: ['private staff.joined'] }, acceptWithProvider, arrived);
    const { accountId } = made;
    assert.deepEqual(await person(ledger, accountId), {
      kind: 'staff',
      email: 'kit@harbour.example',
      name: 'Kit Moreno',
      passphraseHash: null,
    });
    const entered = await act(ledger, visitor, (within) => signInWithProvider(within, { ...back.value, device }));
    assert(entered.ok);
    const read = await readStaffSession(ctx, entered.value);
    assert.deepEqual([read?.account.id, read?.roles], [accountId, ['support']]);
    const again = await act(ledger, visitor, (within) => acceptWithProvider(within, arrived));
    assert(!again.ok, 'once');
  });

  test('is refused when it was used, taken back, replaced or too old meanwhile, or its sender may give the role no more', async (t) => {
    const { ledger, add, ask, manager, ownerId } = await house(t);
    await add('idp', 'staff');
    await add('shop', 'users');
    await add('off', 'staff');
    assert((await act(ledger, manager, (ctx) => disableProvider(ctx, { id: 'off' }))).ok);
    const [used, back, replaced, open, taken] = [
      await ask('one@harbour.example'),
      await ask('two@harbour.example'),
      await ask('three@harbour.example'),
      await ask('four@harbour.example'),
      await ask('five@harbour.example'),
    ];
    await ask('three@harbour.example');
    const passphrase = 'four quite unrelated words';
    assert((await act(ledger, visitor, (ctx) => acceptInvitation(ctx, { token: used.token, name: 'One', passphrase }))).ok);
    const { invitationId } = back;
    assert((await act(ledger, manager, (ctx) => revokeInvitation(ctx, { invitationId }))).ok);
    await ledger.db
      .insertInto('accounts.identity')
      .values({ providerId: 'idp', subject: 'ada', accountId: ownerId, linkedAt: ledger.now(), usedAt: null })
      .execute();
    const account = { id: '0d9c1f1e-0000-4000-8000-00000000000a', kind: 'staff' as const, name: null, passphraseHash: null };
    await ledger.db
      .insertInto('accounts.account')
      .values({ ...account, email: 'FIVE@harbour.example', passphraseSetAt: null, createdAt: ledger.now(), leftAt: null })
      .execute();
    const given = { providerId: 'idp', subject: 's-1', name: 'Kit', token: open.token };
    await refuseAll({ ledger, actor: visitor }, acceptWithProvider, {
      'accounts/invitation-not-found': [
        ['used', { ...given, token: used.token }],
        ['taken back', { ...given, token: back.token }],
        ['replaced', { ...given, token: replaced.token }],
        ['invented', { ...given, token: 'x' }],
        ['none', { ...given, token: '' }],
      ],
      'accounts/identity-taken': [['linked to another account', { ...given, subject: 'ada' }]],
      'accounts/provider-unknown': [
        ['a provider of users', { ...given, providerId: 'shop' }],
        ['a disabled one', { ...given, providerId: 'off' }],
        ['none', { ...given, providerId: 'nobody' }],
      ],
      'accounts/works-here': [['somebody has the address', { ...given, token: taken.token }]],
    });
    ledger.clock.advance({ hours: 24 * 7 });
    const late = await act(ledger, visitor, (ctx) => acceptWithProvider(ctx, given));
    assert(!late.ok && late.refusal === 'accounts/invitation-not-found', 'too old');
    const fresh = await ask('six@harbour.example');
    await ledger.db
      .insertInto('accounts.assignment')
      .values({ accountId: account.id, role: 'owner', departmentId: null, grantedAt: ledger.now() })
      .execute();
    assert((await act(ledger, manager, (ctx) => leave(ctx, { accountId: ownerId }))).ok);
    const orphaned = await act(ledger, visitor, (ctx) => acceptWithProvider(ctx, { ...given, token: fresh.token }));
    assert(!orphaned.ok && orphaned.refusal === 'accounts/invitation-not-found', 'whoever sent it has left');
  });

  test('two who accept at one moment with one identity, or one invitation, become one person', async (t) => {
    const { ledger, add, ask } = await house(t);
    await add('idp', 'staff');
    const [one, two] = [await ask('one@harbour.example'), await ask('two@harbour.example')];
    const tried = (subject: string, token: string) =>
      act(ledger, visitor, (ctx) => acceptWithProvider(ctx, { providerId: 'idp', subject, name: null, token }));
    const same = await Promise.all([tried('s-1', one.token), tried('s-1', two.token)]);
    assert.deepEqual(same.map(({ ok }) => ok).toSorted(), [false, true]);
    const left = same[0]?.ok ? two.token : one.token;
    const both = await Promise.all([tried('s-2', left), tried('s-3', left)]);
    assert.deepEqual(both.map(({ ok }) => ok).toSorted(), [false, true]);
    const [made] = both.flatMap((each) => (each.ok ? [each.value] : []));
    assert(made);
    const { name, email } = await person(ledger, made.accountId);
    assert.equal(name, email, 'without a name of the provider it is the address');
  });
});
