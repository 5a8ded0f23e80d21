import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { suite, test } from 'node:test';
import {
  addProvider,
  disableProvider,
  forgetOldAccess,
  openSession,
  readUserSession,
  returnFromProvider,
  signInWithProvider,
  startAtProvider,
} from '#accounts';
import { act, observe } from '#ledger';
import { outboundFetch } from '../../../kernel/fetch.ts';
import { establishOrganisation, readOrganisation } from '../../../modules/organisation/index.ts';
import { realProvider, type RealProvider } from '../../../modules/accounts/test/real-provider.ts';
import { staffCalled } from '../../../modules/accounts/test/staff-called.ts';
import { system, type TestLedger, visitor } from '../../../../tests/support/ledger.ts';
import { everyRow, testVerbs } from '../../../../tests/support/verbs.ts';
import { backChannelRoutes } from '../back-channel-routes.ts';

const publicUrl = 'https://trust.harbour.example';
const device = { device: 'Firefox · Linux', network: '203.0.113.*' };
const path = '/sign-in/idp/back-channel-logout';
const event = 'http://schemas.openid.net/event/backchannel-logout';

type House = {
  readonly ledger: TestLedger;
  readonly provider: RealProvider;
  /** How often we went out to ask. */
  readonly outside: () => number;
  readonly ownerId: string;
  readonly enter: (subject: string) => Promise<string>;
  readonly isIn: (token: string) => Promise<boolean>;
  readonly send: (form: URLSearchParams | string, to?: string, headers?: Record<string, string>) => Promise<Response>;
  /** A good token of the provider, changed. */
  readonly claims: (change?: object) => object;
};

async function house(t: { after(hook: () => Promise<void>): void }): Promise<House> {
  const ledger = await testVerbs(t, { logs: false });
  const established = await act(ledger, system, (ctx) =>
    establishOrganisation(ctx, {
      name: 'Harbour Bank',
      publicUrl,
      languages: ['en'],
      timeZone: 'Europe/Berlin',
      sector: 'finance',
      ownerEmail: 'ada@harbour.example',
      ownerPassphrase: 'four quite unrelated words',
      demo: false,
      token: null,
    }),
  );
  assert(established.ok);
  const { accountId: ownerId } = established.value;
  let asked = 0;
  const reach = outboundFetch({ allow: ['127.0.0.1'] });
  const fetch: typeof reach = (...sent) => {
    asked += 1;
    return reach(...sent);
  };
  const app = backChannelRoutes({
    ledger,
    fetch,
    deviceOf: () => device,
    organisation: () => readOrganisation(observe(ledger, visitor)),
  });
  const send: House['send'] = async (form, to = path, headers = {}) =>
    app.request(to, {
      method: 'POST',
      body: form.toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
  const provider = await realProvider(t, `${publicUrl}/sign-in/idp/callback`, {
    told: { uri: `${publicUrl}${path}`, send: async (request) => app.request(request) },
  });
  const { issuer, clientId, clientSecret } = provider;
  for (const id of ['idp', 'other']) {
    const entry = { issuer, clientId, clientSecret, name: 'Bank', scopes: 'openid', addressesVerified: false };
    const added = await act(ledger, staffCalled(ownerId, 'accounts:connect'), (ctx) =>
      addProvider(ctx, { id, audience: 'users', everyoneIsStaff: false, ...entry }),
    );
    assert(added.ok);
  }
  let jti = 0;
  return {
    ledger,
    provider,
    ownerId,
    send,
    outside: () => asked,
    async enter(subject) {
      const ctx = observe(ledger, visitor);
      const departure = { providerId: 'idp', audience: 'users', accountId: null, returnTo: null, locale: 'en' } as const;
      const started = await startAtProvider(ctx, departure, { publicUrl, fetch });
      assert(started.ok);
      const { url, cookie } = started.value;
      const query = (await provider.signIn(url, subject)).searchParams;
      const back = await returnFromProvider(ctx, { providerId: 'idp', query, cookie }, { publicUrl, fetch });
      assert(back.ok, back.ok ? '' : back.refusal);
      const entered = await act(ledger, visitor, (within) => signInWithProvider(within, { ...back.value, device }));
      assert(entered.ok);
      return entered.value.token;
    },
    isIn: async (token) => (await readUserSession(observe(ledger, visitor), { token })) !== null,
    claims(change = {}) {
      const now = Math.floor(Date.now() / 1000);
      const whole = { iss: issuer, aud: clientId, iat: now, exp: now + 120, jti: `jti-${(jti += 1)}`, sub: 'u-1' };
      return { ...whole, events: { [event]: {} }, ...change };
    },
  };
}

const formOf = (token: string) => new URLSearchParams({ logout_token: token });
const accountOf = async ({ ledger }: House, subject: string) => {
  const found = ledger.db.selectFrom('accounts.identity').select('accountId').where('subject', '=', subject);
  return (await found.executeTakeFirstOrThrow()).accountId;
};
const signedOut = async ({ ledger }: House) => {
  const rows = await ledger.db
    .selectFrom('ledger.event')
    .select('type')
    .where('type', 'like', '%.signed-out-elsewhere')
    .execute();
  return rows.length;
};

suite('back-channel logout', { concurrency: 2 }, () => {
  test('signing out at the provider ends the session that was opened there, and no other', async (t) => {
    const here = await house(t);
    const [other, colleague] = [await here.enter('u-1'), await here.enter('u-2')];
    const mine = await here.enter('u-1');
    const accountId = await accountOf(here, 'u-1');
    const byLink = await act(here.ledger, visitor, (ctx) => openSession(ctx, { accountId, method: 'link', device }));
    assert(byLink.ok);
    await here.provider.signOut();
    const left = await Promise.all([mine, other, colleague, byLink.value.token].map(here.isIn));
    assert.deepEqual(left, [false, true, true, true]);
    assert.equal(await signedOut(here), 1);
  });

  test('a token without a session ends all that the person opened through that provider, and none of another way in', async (t) => {
    const here = await house(t);
    const tokens = [await here.enter('u-1'), await here.enter('u-1'), await here.enter('u-2')];
    const accountId = await accountOf(here, 'u-1');
    const elsewhere = { accountId, method: 'oidc', device, providerId: 'other' } as const;
    const second = await act(here.ledger, visitor, (ctx) => openSession(ctx, elsewhere));
    assert(second.ok);
    const answer = await here.send(formOf(here.provider.token(here.claims())));
    assert.deepEqual([answer.status, answer.headers.get('cache-control'), await answer.text()], [200, 'no-store', '']);
    const left = await Promise.all([...tokens, second.value.token].map(here.isIn));
    assert.deepEqual(left, [false, false, true, true]);
    assert.equal(await signedOut(here), 1);
  });

  test('a session of which the provider never said which it is ends with any of that person', async (t) => {
    const here = await house(t);
    const named = await here.enter('u-1');
    const accountId = await accountOf(here, 'u-1');
    const session = { accountId, method: 'oidc', device, providerId: 'idp' } as const;
    const nameless = await act(here.ledger, visitor, (ctx) => openSession(ctx, session));
    assert(nameless.ok);
    assert.equal((await here.send(formOf(here.provider.token(here.claims({ sid: 'of another browser' }))))).status, 200);
    assert.deepEqual([await here.isIn(named), await here.isIn(nameless.value.token)], [true, false]);
  });

  test('a person who is unknown here, or of another subject, is answered alike and nothing is done', async (t) => {
    const here = await house(t);
    const token = await here.enter('u-1');
    for (const sub of ['nobody', 'U-1', 'u-1 ']) {
      const answer = await here.send(formOf(here.provider.token(here.claims({ sub }))));
      assert.deepEqual([answer.status, answer.headers.get('cache-control'), await answer.text()], [200, 'no-store', ''], sub);
    }
    assert.deepEqual([await here.isIn(token), await signedOut(here)], [true, 0]);
  });

  test('a logout token that is sent again is refused, at the same moment too, until it would be refused anyway', async (t) => {
    const here = await house(t);
    await here.enter('u-1');
    const form = formOf(here.provider.token(here.claims()));
    const statuses = await Promise.all([here.send(form), here.send(form)].map(async (answer) => (await answer).status));
    assert.deepEqual(statuses.toSorted(), [200, 400]);
    const again = await here.enter('u-1');
    const replayed = await here.send(form);
    const body = await replayed.json();
    assert.deepEqual([replayed.status, body.error, replayed.headers.get('cache-control')], [400, 'invalid_request', 'no-store']);
    assert(await here.isIn(again));
    const kept = async () => (await here.ledger.db.selectFrom('accounts.spentLogout').selectAll().execute()).length;
    await forgetOldAccess(here.ledger.db, Temporal.Now.instant().add({ seconds: 125 }));
    assert.equal(await kept(), 1);
    await forgetOldAccess(here.ledger.db, Temporal.Now.instant().add({ seconds: 200 }));
    assert.equal(await kept(), 0);
  });

  test('a logout token of another issuer, client, kind, time or key ends nothing', async (t) => {
    const here = await house(t);
    const { provider, claims } = here;
    const token = await here.enter('u-1');
    const now = Math.floor(Date.now() / 1000);
    const [head = '', payload = '', signature = ''] = provider.token(claims()).split('.');
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const signed = (text: string) => sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
    const shared = `${part({ alg: 'HS256' })}.${payload}`;
    const own = `${part({ alg: 'ES256', jwk: key.export({ format: 'jwk' }) })}.${payload}`;
    const idToken = { sub: 'u-1', events: undefined, jti: undefined, sid: 's' };
    const forged: Record<string, string> = {
      'another issuer': provider.token(claims({ iss: 'https://idp.example' })),
      'another client': provider.token(claims({ aud: 'another client' })),
      'several clients': provider.token(claims({ aud: ['another client', provider.clientId] })),
      'no audience': provider.token(claims({ aud: undefined })),
      'no signature': `${part({ alg: 'none' })}.${payload}.`,
      'no signature, under the name of one': `${head}.${payload}.`,
      'the shared secret': `${shared}.${createHmac('sha256', provider.clientSecret).update(shared).digest('base64url')}`,
      'a key of one’s own': `${head}.${payload}.${signed(`${head}.${payload}`)}`,
      'a key of one’s own, brought along': `${own}.${signed(own)}`,
      'changed after signing': `${head}.${part(claims({ sub: 'u-2' }))}.${signature}`,
      expired: provider.token(claims({ iat: now - 300, exp: now - 180 })),
      'without an end': provider.token(claims({ exp: undefined })),
      'not yet': provider.token(claims({ nbf: now + 600 })),
      'with a nonce': provider.token(claims({ nonce: 'n' })),
      'an ID token': provider.token(claims(idToken), { typ: 'JWT' }),
      'an ID token with a nonce': provider.token(claims({ ...idToken, nonce: 'n' }), { typ: undefined }),
      'an access token': provider.token(claims(), { typ: 'at+jwt' }),
      'another event': provider.token(claims({ events: { 'https://schemas.example/other': {} } })),
      'an event that is a word': provider.token(claims({ events: { [event]: 'yes' } })),
      'without jti': provider.token(claims({ jti: undefined })),
      'a jti that is a number': provider.token(claims({ jti: 7 })),
      'nobody’s': provider.token(claims({ sub: undefined })),
      'an extension that must be understood': provider.token(claims(), { crit: ['b64'], b64: false }),
      'far too long': provider.token(claims({ sid: 'x'.repeat(9_000) })),
      'no token': 'x',
      'an encrypted one': 'a.b.c.d.e',
      '': '',
    };
    const before = await everyRow(here.ledger.db);
    for (const [says, sent] of Object.entries(forged)) {
      const answer = await here.send(formOf(sent));
      assert.equal(answer.status, 400, says);
      assert.equal((await answer.json()).error, 'invalid_request', says);
      assert.equal(answer.headers.get('cache-control'), 'no-store');
    }
    const after = await everyRow(here.ledger.db);
    for (const [name, rows] of before) if (name !== 'accounts.allowance') assert.equal(after.get(name), rows, name);
    assert(await here.isIn(token));
    // The same, told rightly: each of the above is refused for what it says of itself.
    assert.equal((await here.send(formOf(provider.token(claims(), { typ: 'JWT' })))).status, 200);
    assert.equal(await here.isIn(token), false);
  });

  test('a logout token counts at the address of its own provider, twice in a form nowhere, and under a withdrawn key no more', async (t) => {
    const here = await house(t);
    const { provider, claims } = here;
    const token = await here.enter('u-1');
    const good = provider.token(claims());
    const twice = formOf(good);
    twice.append('logout_token', good);
    assert.equal((await here.send(twice)).status, 400);
    assert.equal(
      (await here.send(JSON.stringify({ logout_token: good }), path, { 'content-type': 'application/json' })).status,
      400,
    );
    assert.equal((await here.send(formOf('x'.repeat(20_000)))).status, 400);
    assert.equal((await here.send(formOf(good), '/sign-in/nobody/back-channel-logout')).status, 400);
    // Another provider here, with the same issuer: who somebody is there says nothing of whom they are here.
    assert.equal((await here.send(formOf(good), '/sign-in/other/back-channel-logout')).status, 200);
    assert(await here.isIn(token));
    provider.rotateKeys();
    assert.equal((await here.send(formOf(good))).status, 400);
    const connector = staffCalled(here.ownerId, 'accounts:connect');
    await act(here.ledger, connector, (ctx) => disableProvider(ctx, { id: 'other' }));
    assert.equal((await here.send(formOf(provider.token(claims())), '/sign-in/other/back-channel-logout')).status, 400);
    await provider.close();
    const late = await here.send(formOf(provider.token(claims())));
    assert.equal(late.status, 400);
    assert.match((await late.json()).error_description, /cannot be reached/);
  });

  test('it needs neither cookie nor origin, asks nobody for keys because of noise, and is limited', async (t) => {
    const here = await house(t);
    const token = await here.enter('u-1');
    const asked = here.outside();
    const noise = [
      'x',
      here.provider.token(here.claims({ iss: 'https://idp.example' })),
      here.provider.token(here.claims({ events: {} })),
    ];
    for (const each of noise) assert.equal((await here.send(formOf(each))).status, 400);
    assert.equal(here.outside(), asked);
    const foreign = { origin: 'https://idp.example', 'sec-fetch-site': 'cross-site' };
    assert.equal((await here.send(formOf(here.provider.token(here.claims())), path, foreign)).status, 200);
    assert.equal(await here.isIn(token), false);
    await here.ledger.db
      .updateTable('accounts.allowance')
      .set({ fullAt: here.ledger.now().add({ seconds: 600 }) })
      .execute();
    const limited = await here.send(formOf('x'));
    assert.equal(limited.status, 429);
    assert(Number(limited.headers.get('retry-after')) > 0);
  });
});
