import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { suite, test } from 'node:test';
import { z } from 'zod';
import type { Actor } from '../../../kernel/context.ts';
import { outboundFetch, type OutboundFetch } from '../../../kernel/fetch.ts';
import { done } from '../../../kernel/outcome.ts';
import { act, observe } from '../../../ledger/index.ts';
import { system, type TestLedger, visitor } from '../../../../tests/support/ledger.ts';
import { tablesWith, testVerbs } from '../../../../tests/support/verbs.ts';
import {
  addProvider,
  createOwner,
  disableProvider,
  linkIdentity,
  readStaffSession,
  readUserSession,
  returnFromProvider,
  signInWithProvider,
  startAtProvider,
} from '../index.ts';
import { staffCalled } from './staff-called.ts';
import { realProvider, type RealProvider } from './real-provider.ts';

const publicUrl = 'https://trust.harbour.example';
const device = { device: 'Firefox · Linux', network: '203.0.113.*' };
const reach = outboundFetch({ allow: ['127.0.0.1'] });

type House = {
  readonly ledger: TestLedger;
  readonly ownerId: string;
  readonly connector: Actor;
  readonly add: (provider: RealProvider, change?: Partial<Parameters<typeof addProvider>[1]>) => Promise<void>;
};

async function house(t: { after(hook: () => Promise<void>): void }): Promise<House> {
  const ledger = await testVerbs(t);
  const owner = { email: 'ada@harbour.example', passphrase: 'four quite unrelated words' };
  const created = await act(ledger, system, (ctx) => createOwner(ctx, owner));
  assert(created.ok);
  const connector = staffCalled(created.value.accountId, 'accounts:connect');
  return {
    ledger,
    ownerId: created.value.accountId,
    connector,
    async add({ issuer, clientId, clientSecret }, change = {}) {
      const added = await act(ledger, connector, (ctx) =>
        addProvider(ctx, {
          id: 'idp',
          audience: 'users',
          issuer,
          clientId,
          clientSecret,
          name: 'Harbour Bank account',
          scopes: 'openid email profile',
          addressesVerified: true,
          everyoneIsStaff: false,
          ...change,
        }),
      );
      assert(added.ok, added.ok ? '' : added.refusal);
    },
  };
}

type Departing = { providerId?: string; audience?: 'staff' | 'users'; accountId?: string; returnTo?: string };

const start = (
  ledger: TestLedger,
  { providerId = 'idp', audience = 'users', accountId, returnTo }: Departing = {},
  fetch = reach,
) =>
  startAtProvider(
    observe(ledger, visitor),
    { providerId, audience, accountId: accountId ?? null, returnTo: returnTo ?? null, locale: 'en' },
    { publicUrl, fetch },
  );

async function started(ledger: TestLedger, departing: Departing = {}) {
  const outcome = await start(ledger, departing);
  assert(outcome.ok, outcome.ok ? '' : outcome.refusal);
  return outcome.value;
}

const comeBack = (ledger: TestLedger, at: URL, cookie: string | null, fetch = reach, providerId = 'idp') =>
  returnFromProvider(observe(ledger, visitor), { providerId, query: at.searchParams, cookie }, { publicUrl, fetch });

const codeOf = async (outcome: Promise<{ ok: boolean; refusal?: string }>) => {
  const { ok, refusal } = await outcome;
  return ok ? 'ok' : refusal;
};

async function signedIn(ledger: TestLedger, provider: RealProvider, subject: string, departing: Departing = {}) {
  const { url, cookie } = await started(ledger, departing);
  const back = await comeBack(ledger, await provider.signIn(url, subject), cookie, reach, departing.providerId ?? 'idp');
  assert(back.ok, back.ok ? '' : `${back.refusal} ${JSON.stringify(back.facts)}`);
  return act(ledger, visitor, (ctx) => signInWithProvider(ctx, { ...back.value, device }));
}

const callback = (id = 'idp') => `${publicUrl}/sign-in/${id}/callback`;
const accounts = ({ db }: TestLedger) =>
  db.selectFrom('accounts.account').select(['id', 'kind', 'email', 'name']).orderBy('createdAt').execute();

const jsonObject = z.record(z.string(), z.unknown());

/** Changes what the provider answers to one kind of request, on its way to us. */
function tampered(path: string, change: (json: Record<string, unknown>) => Record<string, unknown>): OutboundFetch {
  return async (url, sent, bounds) => {
    const fetched = await reach(url, sent, bounds);
    if (!fetched.ok || !url.includes(path)) return fetched;
    const { status, headers } = fetched.value;
    const read = jsonObject.parse(await fetched.value.json());
    return done(new Response(JSON.stringify(change(read)), { status, headers }));
  };
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const openToken = (token: string) => jsonObject.parse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()));

suite('identity providers', { concurrency: 2 }, () => {
  test('a user of the provider becomes a user here, and the same one the next time', async (t) => {
    const provider = await realProvider(t, callback());
    const { ledger, add } = await house(t);
    await add(provider);
    provider.claims.set('u-1', { email: 'mia@example.org', email_verified: true, name: 'Mia Olsen' });
    const first = await signedIn(ledger, provider, 'u-1');
    const again = await signedIn(ledger, provider, 'u-1');
    assert(first.ok && again.ok && first.value.surface === 'portal');
    const [one, two] = await Promise.all(
      [first, again].map(({ value: { token } }) => readUserSession(observe(ledger, visitor), { token })),
    );
    assert(one && two && one.account.id === two.account.id);
    assert.deepEqual([one.account.email, one.account.name], ['mia@example.org', 'Mia Olsen']);
    assert.equal(await readStaffSession(observe(ledger, visitor), first.value), null);
    assert.deepEqual(await tablesWith(ledger.db, provider.clientSecret), [], 'the secret is sealed');
  });

  test('a member of staff signs in once the provider is linked; who is not linked gets no account', async (t) => {
    const provider = await realProvider(t, callback());
    const { ledger, add, ownerId, connector } = await house(t);
    await add(provider, { audience: 'staff' });
    provider.claims.set('s-1', { email: 'ada@harbour.example', email_verified: true });
    assert.equal(await codeOf(signedIn(ledger, provider, 's-1', { audience: 'staff' })), 'accounts/identity-unknown');
    assert.equal((await accounts(ledger)).length, 1, 'not even with the verified address of the owner');
    const { url, cookie } = await started(ledger, { audience: 'staff', accountId: ownerId, returnTo: '/en/console' });
    const back = await comeBack(ledger, await provider.signIn(url, 's-1'), cookie);
    assert(back.ok && back.value.accountId === ownerId && back.value.returnTo === '/en/console');
    const { subject } = back.value;
    const link = { accountId: ownerId, providerId: 'idp', subject };
    assert((await act(ledger, connector, (ctx) => linkIdentity(ctx, link))).ok);
    const staffed = await signedIn(ledger, provider, 's-1', { audience: 'staff' });
    assert(staffed.ok && staffed.value.surface === 'console');
    assert.equal((await readStaffSession(observe(ledger, visitor), staffed.value))?.account.id, ownerId);
    assert.equal(await readUserSession(observe(ledger, visitor), staffed.value), null);
    assert.equal(await codeOf(start(ledger, { audience: 'users' })), 'accounts/provider-unknown', 'not a way into the portal');
  });

  test('where everyone of a provider is staff, a newcomer is staff without any role', async (t) => {
    const provider = await realProvider(t, callback());
    const { ledger, add } = await house(t);
    await add(provider, { audience: 'staff', everyoneIsStaff: true });
    const entered = await signedIn(ledger, provider, 's-9', { audience: 'staff' });
    assert(entered.ok);
    const read = await readStaffSession(observe(ledger, visitor), entered.value);
    assert(read && read.actor.may.size === 0 && read.roles.length === 0);
  });

  test('an address never leads to an account, and counts only when verified, trusted and nobody’s', async (t) => {
    const provider = await realProvider(t, callback());
    const { ledger, add } = await house(t);
    await add(provider);
    await add(provider, { id: 'careless', addressesVerified: false });
    const mia = { email: 'mia@example.org', email_verified: true };
    provider.claims.set('mia', mia);
    provider.claims.set('thief', { ...mia, email: 'MIA@example.org' });
    provider.claims.set('unverified', { email: 'leo@example.org', email_verified: false });
    provider.claims.set('stringly', { email: 'eva@example.org', email_verified: 'true' });
    provider.claims.set('owner', { email: 'ada@harbour.example', email_verified: true });
    for (const subject of ['mia', 'thief', 'unverified', 'stringly', 'owner'])
      assert((await signedIn(ledger, provider, subject)).ok, subject);
    const users = (await accounts(ledger)).filter(({ kind }) => kind === 'user');
    assert.equal(users.length, 5);
    assert.deepEqual(
      users.map(({ email }) => email),
      ['mia@example.org', null, null, null, 'ada@harbour.example'],
      'the owner’s staff account and a user of the same address are two accounts',
    );
  });

  test('an answer is taken once, in the browser that asked, within ten minutes, at its own provider', async (t) => {
    const provider = await realProvider(t, callback());
    const { ledger, add } = await house(t);
    await add(provider);
    await add(provider, { id: 'other' });
    const { url, cookie } = await started(ledger);
    const at = await provider.signIn(url, 'u-1');
    const another = await started(ledger);
    assert.equal(await codeOf(comeBack(ledger, at, another.cookie)), 'accounts/flow-unknown', 'another browser');
    assert.equal(await codeOf(comeBack(ledger, at, null)), 'accounts/flow-unknown', 'no cookie');
    assert.equal(await codeOf(comeBack(ledger, at, cookie, reach, 'other')), 'accounts/flow-unknown', 'another provider');
    const both = await Promise.all([comeBack(ledger, at, cookie), comeBack(ledger, at, cookie)].map(codeOf));
    assert.deepEqual(both.toSorted(), ['accounts/flow-unknown', 'ok'], 'two at once');
    assert.equal(await codeOf(comeBack(ledger, at, cookie)), 'accounts/flow-unknown', 'replayed');
    const slow = await provider.signIn(another.url, 'u-1');
    ledger.clock.advance({ minutes: 10 });
    assert.equal(await codeOf(comeBack(ledger, slow, another.cookie)), 'accounts/flow-unknown', 'too late');
  });

  test('answers that are mixed up, stripped, injected or foreign are refused', async (t) => {
    const provider = await realProvider(t, callback());
    const other = await realProvider(t, callback('other'), { clientId: 'another client' });
    const { ledger, add } = await house(t);
    await add(provider);
    await add(other, { id: 'other' });
    const changed = async (change: (at: URL) => void) => {
      const { url, cookie } = await started(ledger);
      const at = await provider.signIn(url, 'u-1');
      change(at);
      return codeOf(comeBack(ledger, at, cookie));
    };
    const wrong = 'accounts/provider-answer-wrong';
    assert.equal(await changed(() => undefined), 'ok');
    assert.equal(await changed(({ searchParams }) => searchParams.set('iss', other.issuer)), wrong, 'mix-up');
    assert.equal(await changed(({ searchParams }) => searchParams.delete('iss')), wrong, 'iss announced and missing');
    assert.equal(await changed(({ searchParams }) => searchParams.append('iss', other.issuer)), wrong, 'iss twice');
    // Somebody else's code in my flow: it was asked for with another verifier.
    const foreign = await started(ledger);
    const code = (await provider.signIn(foreign.url, 'attacker')).searchParams.get('code') ?? '';
    assert.equal(await changed(({ searchParams }) => searchParams.set('code', code)), wrong, 'code of another flow');
    const elsewhere = await started(ledger, { providerId: 'other' });
    const clients = (await other.signIn(elsewhere.url, 'attacker')).searchParams.get('code') ?? '';
    assert.equal(await changed(({ searchParams }) => searchParams.set('code', clients)), wrong, 'code of another client');
    const { url, cookie } = await started(ledger);
    assert.equal(await codeOf(comeBack(ledger, await provider.signIn(url, null), cookie)), 'accounts/provider-declined');
    // PKCE and nonce are asked for, and a provider that knows no S256 is not asked at all.
    const asked = new URL(url).searchParams;
    assert.equal(asked.get('code_challenge_method'), 'S256');
    assert((asked.get('nonce') ?? '').length >= 43 && (asked.get('state') ?? '').length >= 43);
    const plain = tampered('.well-known', (json) => ({ ...json, code_challenge_methods_supported: ['plain'] }));
    assert.equal(await codeOf(start(ledger, {}, plain)), 'accounts/provider-too-weak');
    const without = new URL(url);
    without.searchParams.delete('code_challenge');
    without.searchParams.delete('code_challenge_method');
    assert.match((await provider.signIn(without.href, 'u-1')).search, /error=invalid_request/);
  });

  test('a token of another sign-in, of no signature, of the wrong key or of a shared secret proves nothing', async (t) => {
    const provider = await realProvider(t, callback());
    const { ledger, add } = await house(t);
    await add(provider);
    let earlier = '';
    const exchanged = async (change: (token: string) => string) => {
      const { url, cookie } = await started(ledger);
      const at = await provider.signIn(url, 'u-1');
      const fetch = tampered('/token', (json) => {
        const token = String(json['id_token']);
        const id_token = change(token);
        earlier = token;
        return { ...json, id_token };
      });
      return codeOf(comeBack(ledger, at, cookie, fetch));
    };
    const wrong = 'accounts/provider-answer-wrong';
    assert.equal(await exchanged((token) => token), 'ok');
    assert.equal(await exchanged(() => earlier), wrong, 'the nonce of another sign-in');
    const claims = (token: string, change: object) => part({ ...openToken(token), ...change });
    assert.equal(await exchanged((token) => `${part({ alg: 'none' })}.${claims(token, {})}.`), wrong, 'alg none');
    const as = (token: string, change: object) => {
      const [head = '', , signature = ''] = token.split('.');
      return `${head}.${claims(token, change)}.${signature}`;
    };
    // With the address in the token nothing else is asked, so that only the signature can tell.
    const somebody = { sub: 'somebody else', email: 'mia@example.org' };
    assert.equal(await exchanged((token) => as(token, somebody)), wrong, 'changed after signing');
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const forged = (token: string) => {
      const [head = ''] = token.split('.');
      const text = `${head}.${claims(token, somebody)}`;
      return `${text}.${sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
    };
    assert.equal(await exchanged(forged), wrong, 'signed with a key of one’s own');
    const shared = (token: string) => {
      const text = `${part({ alg: 'HS256' })}.${claims(token, {})}`;
      return `${text}.${createHmac('sha256', provider.clientSecret).update(text).digest('base64url')}`;
    };
    assert.equal(await exchanged(shared), wrong, 'signed with the client secret');
    provider.rotateKeys();
    assert.equal(await exchanged((token) => token), 'ok', 'a new key is fetched');
    const withdrawn = (token: string) => {
      provider.rotateKeys();
      return token;
    };
    assert.equal(await exchanged(withdrawn), wrong, 'a withdrawn key');
  });

  test('a provider that is down, slow to know itself, or somebody else is named as such', async (t) => {
    const provider = await realProvider(t, callback());
    const { ledger, add } = await house(t);
    await add(provider);
    const { url, cookie } = await started(ledger);
    const at = await provider.signIn(url, 'u-1');
    const nonsense: OutboundFetch = () =>
      Promise.resolve(done(new Response('<html>', { headers: { 'content-type': 'text/html' } })));
    assert.equal(await codeOf(start(ledger, {}, nonsense)), 'accounts/provider-not-understood');
    const posing = tampered('.well-known', (json) => ({ ...json, issuer: 'https://idp.example' }));
    assert.equal(await codeOf(start(ledger, {}, posing)), 'accounts/provider-other-issuer');
    const weak = tampered('.well-known', (json) => ({ ...json, id_token_signing_alg_values_supported: ['HS256', 'none'] }));
    assert.equal(await codeOf(start(ledger, {}, weak)), 'accounts/provider-too-weak');
    await provider.close();
    for (const outcome of [await start(ledger), await comeBack(ledger, at, cookie)]) {
      assert(!outcome.ok && outcome.refusal === 'accounts/provider-not-reached');
      assert.deepEqual(outcome.facts, { reason: 'not_reached' });
    }
    const closed = outboundFetch({ allow: [] });
    const inside = await start(ledger, {}, closed);
    assert(!inside.ok && inside.facts['reason'] === 'not_public');
  });

  test('a return path leads back here or nowhere', async (t) => {
    const provider = await realProvider(t, callback());
    const { ledger, add } = await house(t);
    await add(provider);
    const kept = async (returnTo: string) => {
      await started(ledger, { returnTo });
      const row = await ledger.db.selectFrom('accounts.signInFlow').select('returnTo').executeTakeFirst();
      await ledger.db.deleteFrom('accounts.signInFlow').execute();
      return row?.returnTo;
    };
    assert.equal(await kept('/de/me/sessions?all=1'), '/de/me/sessions?all=1');
    for (const elsewhere of [
      'https://evil.example/en/me',
      '//evil.example/en/me',
      '/\\evil.example/en/me',
      '/\t/evil.example/me',
      '/en/me/../console',
      '/en/console',
      '/en/menu',
      '/en/me\\..',
      'javascript:alert(1)',
      'en/me',
      '',
    ])
      assert.equal(await kept(elsewhere), null, elsewhere);
  });

  test('disabling a provider ends what came through it, and what is under way', async (t) => {
    const provider = await realProvider(t, callback());
    const { ledger, add, connector } = await house(t);
    await add(provider);
    const entered = await signedIn(ledger, provider, 'u-1');
    assert(entered.ok);
    const { url, cookie } = await started(ledger);
    const at = await provider.signIn(url, 'u-1');
    const arrived = await started(ledger);
    const back = await comeBack(ledger, await provider.signIn(arrived.url, 'u-1'), arrived.cookie);
    assert(back.ok);
    const ended = await act(ledger, connector, (ctx) => disableProvider(ctx, { id: 'idp' }));
    assert(ended.ok && ended.value.sessionsEnded === 1);
    assert.equal(await readUserSession(observe(ledger, visitor), entered.value), null);
    assert.equal(await codeOf(start(ledger)), 'accounts/provider-unknown');
    assert.equal(await codeOf(comeBack(ledger, at, cookie)), 'accounts/provider-unknown');
    const late = act(ledger, visitor, (ctx) => signInWithProvider(ctx, { ...back.value, device }));
    assert.equal(await codeOf(late), 'accounts/provider-unknown', 'came back before, signed in after');
  });
});
