import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { act } from '../../src/ledger/index.ts';
import { establishOrganisation } from '../../src/modules/organisation/index.ts';
import { realProvider, type RealProvider } from '../../src/modules/accounts/test/real-provider.ts';
import { operator } from '../../src/app/installation.ts';
import { type JourneySite, openSite } from './open-site.ts';
import { form, send, type Sent } from './send.ts';

const publicUrl = 'http://127.0.0.1:8080';
const owner = { email: 'ada@harbour.example', passphrase: 'four quite unrelated words' };
const ends: (() => Promise<void>)[] = [];
const hooks = { after: (end: () => Promise<void>) => void ends.push(end) };
let site: JourneySite;
let users: RealProvider;
let colleagues: RealProvider;

before(async () => {
  users = await realProvider(hooks, `${publicUrl}/sign-in/bank/callback`);
  colleagues = await realProvider(hooks, `${publicUrl}/sign-in/staff/callback`);
  const prepare: Parameters<typeof openSite>[1] = async ({ ledger }) => {
    const established = await act(ledger, operator, (ctx) =>
      establishOrganisation(ctx, {
        name: 'Harbour Bank',
        publicUrl,
        languages: ['en', 'de'],
        timeZone: 'Europe/Berlin',
        sector: 'finance',
        ownerEmail: owner.email,
        ownerPassphrase: owner.passphrase,
        demo: false,
        token: null,
      }),
    );
    assert(established.ok);
  };
  site = await openSite(hooks, prepare, { outboundAllow: ['127.0.0.1'] });
});
after(async () => {
  for (const end of ends.toReversed()) await end();
  assert.deepEqual(site.log, [], 'nothing failed');
});

/** A browser as far as these journeys need one: it keeps cookies, and sends forms from a page of the site. */
function browser() {
  const jar = new Map<string, string>();
  const go = async (path: string, fields?: Record<string, string>, more: Record<string, string> = {}): Promise<Sent> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { accept: 'text/html', 'accept-language': 'de', 'sec-fetch-site': 'same-origin', cookie, ...more };
    const sent = fields ? form(fields) : null;
    const answer = sent
      ? await send(site.url, path, { method: 'POST', body: sent.body, headers: { ...headers, ...sent.headers } })
      : await send(site.url, path, { headers });
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0/.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  };
  return { go, jar };
}

type Browser = ReturnType<typeof browser>;

async function asOwner(): Promise<Browser> {
  const made = browser();
  assert.equal((await made.go('/en/console/sign-in', owner)).status, 303);
  return made;
}

/** The link on the page that leads to a provider. */
function linkIn({ text }: Sent): string {
  return (/<a class="button" href="([^"]+)"/.exec(text)?.[1] ?? '').replaceAll('&amp;', '&');
}

const inside = (url: URL) => `${url.pathname}${url.search}`;

const connect = ({ issuer, clientId, clientSecret }: RealProvider, change: Record<string, string>) => ({
  issuer,
  clientId,
  clientSecret,
  name: 'Harbour Bank account',
  scopes: 'openid email profile',
  act: 'save',
  ...change,
});

suite('connections', () => {
  test('an owner tries, connects and finds two providers on their sign-in pages', async () => {
    const { go } = await asOwner();
    for (const path of ['', '/providers', '/providers/new', '/keys'])
      assert.equal((await go(`/en/console/connections${path}`)).status, 200, path);
    const nobody = browser();
    for (const path of ['', '/providers', '/providers/new', '/keys'])
      assert.equal((await nobody.go(`/en/console/connections${path}`)).status, 303, path);
    const newForm = '/en/console/connections/providers/new';
    const wrong = await go(newForm, connect(users, { id: 'bank', audience: 'users', issuer: `${users.issuer}/`, act: 'try' }));
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /calls itself by another name|not as an OpenID Connect provider/);
    assert(!wrong.text.includes(users.clientSecret), 'a secret never comes back');
    const tried = await go(newForm, connect(users, { id: 'bank', audience: 'users', act: 'try' }));
    assert.match(tried.text, /The provider answers and can be used/);
    assert.equal((await go(newForm, connect(users, { id: 'bank', audience: 'users', addressesVerified: 'yes' }))).status, 303);
    assert.equal((await go(newForm, connect(users, { id: 'bank', audience: 'users' }))).status, 422, 'taken');
    const foreign = { 'sec-fetch-site': 'cross-site' };
    assert.equal((await go(newForm, connect(users, { id: 'evil', audience: 'users' }), foreign)).status, 403);
    assert.equal((await go(newForm, connect(colleagues, { id: 'staff', audience: 'staff', name: 'Staff' }))).status, 303);
    assert.match((await nobody.go('/en/console/sign-in')).text, /href="\/en\/console\/sign-in\/with\/staff"/);
    const saved = await go('/en/console/connections/providers/bank', connect(users, { name: 'Bank', clientSecret: '' }));
    assert.equal(saved.status, 303);
    assert.match((await go('/en/console/audit?log=private')).text, /An identity provider was connected/);
  });

  test('a user comes in through the bank, and back to where they wanted to be', async () => {
    const { go, jar } = browser();
    users.claims.set('u-1', { email: 'mia@example.org', email_verified: true });
    const leaving = await go('/de/me/sign-in/with/bank?return=%2Fde%2Fme%2Fproviders');
    assert.equal(leaving.status, 200);
    assert.equal(leaving.headers.location, undefined, 'a page, no redirect');
    assert.match(
      leaving.headers['set-cookie']?.join() ?? '',
      /^plain-elsewhere=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600$/,
    );
    const back = await users.signIn(linkIn(leaving), 'u-1');
    const elsewhere = browser();
    assert.equal((await elsewhere.go(inside(back))).status, 422, 'another browser');
    // What comes back was sent by the provider's site.
    const entered = await go(inside(back), undefined, { 'sec-fetch-site': 'cross-site' });
    assert.deepEqual([entered.status, entered.headers.location], [303, '/de/me/providers']);
    assert(jar.has('plain-user') && !jar.has('plain-staff') && !jar.has('plain-elsewhere'));
    assert.match((await go('/de/me/providers')).text, /Bank/);
    assert.equal((await go('/de/console')).status, 303, 'no way into the console');
    const again = await go(inside(back));
    assert.equal(again.status, 422, 'replayed');
    assert.match(again.text, /Beginnen Sie noch einmal/);
    assert.equal((await go('/de/me/sign-in/with/staff')).status, 404, 'a provider of staff is none of users');
    assert.equal((await go('/de/console/sign-in/with/bank')).status, 404);
    assert.equal((await go('/sign-in/nobody/callback?state=x')).status, 404);
  });

  test('whatever stands in the return path, nobody is led elsewhere', async () => {
    for (const wish of ['https://evil.example', '//evil.example', '/\\evil.example', '/en/console', '/en/me/..//evil.example']) {
      const { go } = browser();
      const leaving = await go(`/en/me/sign-in/with/bank?return=${encodeURIComponent(wish)}`);
      const entered = await go(inside(await users.signIn(linkIn(leaving), 'u-1')));
      const url = new URL(entered.headers.location ?? '', site.url);
      assert.deepEqual([entered.status, url.origin, url.pathname], [303, site.url, '/en/me'], wish);
    }
  });

  test('unknown staff is told whom to ask; the owner adds the provider and comes in through it', async () => {
    const stranger = browser();
    const first = await stranger.go('/en/console/sign-in/with/staff');
    const refused = await stranger.go(inside(await colleagues.signIn(linkIn(first), 'ada')));
    assert.equal(refused.status, 403);
    assert.match(refused.text, /No account was made\. Ask a colleague/);
    assert(!stranger.jar.has('plain-staff'));

    const { go } = await asOwner();
    const adding = await go('/en/console/account/providers/staff/add', {});
    assert.equal(adding.status, 200);
    const back = inside(await colleagues.signIn(linkIn(adding), 'ada'));
    const added = await go(back);
    assert.deepEqual([added.status, added.headers.location], [303, '/en/console/account/providers?just=linked']);

    const { go: come, jar } = browser();
    const leaving = await come('/en/console/sign-in/with/staff?return=%2Fen%2Fconsole%2Fpolicies');
    const entered = await come(inside(await colleagues.signIn(linkIn(leaving), 'ada')));
    assert.equal(entered.headers.location, '/en/console/policies');
    assert.match((await come('/en/console')).text, /ada@harbour\.example/);
    assert(jar.has('plain-staff') && !jar.has('plain-user'));
  });

  test('an invitation is accepted through the provider of staff, and its link leads nowhere but there', async () => {
    const { go } = await asOwner();
    const invited = await go('/en/console/people', { email: 'kit@harbour.example', role: 'support' });
    const token = /invitation\?token=([\w-]{43})/.exec(invited.text)?.[1] ?? assert.fail(invited.text);
    const { go: come, jar } = browser();
    const page = await come(`/en/console/invitation?token=${token}`);
    assert.match(page.text, /action="\/en\/console\/invitation\/with\/staff"/);
    assert(!page.text.includes('/invitation/with/bank'), 'a provider of users is none of staff');
    const accepting = '/en/console/invitation/with/staff';
    assert.equal((await come(accepting, { token }, { 'sec-fetch-site': 'cross-site' })).status, 403);
    assert.equal((await come(accepting, { token: 'x' })).status, 410);
    assert.equal((await come('/en/console/invitation/with/bank', { token })).status, 404);
    const leaving = await come(accepting, { token });
    assert.match(leaving.text, /have accepted the invitation/);
    assert(!leaving.text.includes(token), 'no address has the token');
    const back = inside(await colleagues.signIn(linkIn(leaving), 'kit'));
    const entered = await come(back);
    assert.deepEqual([entered.status, entered.headers.location], [303, '/en/console']);
    assert(jar.has('plain-staff') && !jar.has('plain-elsewhere'));
    assert.match((await come('/en/console')).text, /kit@harbour\.example/);
    const again = browser();
    assert.equal((await again.go(accepting, { token })).status, 410, 'used');
    const entering = await again.go('/en/console/sign-in/with/staff');
    assert.equal((await again.go(inside(await colleagues.signIn(linkIn(entering), 'kit')))).headers.location, '/en/console');
  });

  test('a provider is added to nobody’s account but that of who asked, and only shortly after a proof', async () => {
    const victim = await asOwner();
    const attacker = browser();
    const entering = await attacker.go('/en/me/sign-in/with/bank');
    await attacker.go(inside(await users.signIn(linkIn(entering), 'u-9')));
    const adding = await victim.go('/en/console/account/providers/staff/add', {});
    const back = inside(await colleagues.signIn(linkIn(adding), 'mallory'));
    const flow = victim.jar.get('plain-elsewhere') ?? '';
    attacker.jar.set('plain-elsewhere', flow);
    assert.equal((await attacker.go(back)).status, 403, 'signed in as somebody else');
    site.advance({ minutes: 11 });
    assert.equal((await victim.go('/en/console/account/providers/staff/add', {})).status, 303);
    assert.match((await victim.go('/en/console/account/providers')).text, /prove again that it is you/);
    assert.equal(
      (await victim.go('/en/console/account/providers/staff/remove', {})).headers.location,
      '/en/console/account/providers',
    );
  });

  test('a provider that is down says so, and disabling one signs out who came through it', async () => {
    const { go } = await asOwner();
    const user = browser();
    const entering = await user.go('/en/me/sign-in/with/bank');
    await user.go(inside(await users.signIn(linkIn(entering), 'u-1')));
    assert.equal((await user.go('/en/me/providers')).status, 200);
    const here = '/en/console/connections/providers/bank';
    assert.equal((await go(`${here}/disable`, {})).status, 422, 'unconfirmed');
    assert.equal((await user.go('/en/me/providers')).status, 200);
    assert.equal((await go(`${here}/disable`, { confirm: 'yes' })).status, 303);
    assert.equal((await user.go('/en/me/providers')).status, 303);
    assert.equal((await user.go('/en/me/sign-in/with/bank')).status, 404);
    assert.equal((await go(`${here}/enable`, {})).status, 303);
    await users.close();
    const down = await user.go('/en/me/sign-in/with/bank');
    assert.equal(down.status, 502);
    assert.match(down.text, /The provider cannot be reached/);
  });

  test('a program is given a key, hands somebody over, and loses it', async () => {
    const { go } = await asOwner();
    const path = '/en/console/connections/keys';
    assert.equal((await go(path, { name: 'Shop', days: '' })).status, 422);
    const told = await go(path, { name: 'Shop', scopes: 'accounts:hand-off', days: '30' });
    const key = /troth_[0-9a-z]{8}_[\w-]{43}/.exec(told.text)?.[0] ?? '';
    assert.equal(told.status, 201);
    assert(!(await go(path)).text.includes(key), 'told once');
    const ask = () =>
      send(site.url, '/api/v1/hand-offs', {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ subject: 'customer-1', audience: publicUrl, returnTo: '/en/me/providers' }),
      });
    const made: unknown = JSON.parse((await ask()).text);
    assert(typeof made === 'object' && made !== null && 'url' in made && typeof made.url === 'string');
    const { go: come, jar } = browser();
    const neutral = await come(inside(new URL(made.url)));
    assert.match(neutral.headers.location ?? '', /^\/de\/sign-in\/hand-off\?ticket=/);
    const asked = (await come(neutral.headers.location ?? '')).text;
    assert.match(asked, /Sie haben bei Harbour Bank noch kein Konto/);
    assert.match(asked, /<a href="\/de\/?">Das bin ich nicht<\/a>/);
    // A scanner of links looks as often as it likes.
    for (const time of [1, 2]) assert.equal((await come(neutral.headers.location ?? '')).status, 200, String(time));
    const ticket = new URL(made.url).searchParams.get('ticket') ?? '';
    const foreign = await come('/de/sign-in/hand-off', { ticket }, { 'sec-fetch-site': 'cross-site' });
    assert.equal(foreign.status, 403);
    const entered = await come('/de/sign-in/hand-off', { ticket, subject: 'customer-2' });
    assert.deepEqual([entered.status, entered.headers.location], [303, '/en/me/providers']);
    assert(jar.has('plain-user') && !jar.has('plain-staff'));
    assert.equal((await come('/de/sign-in/hand-off', { ticket })).status, 410, 'replayed');
    const [id = ''] = /(?<=\/en\/console\/connections\/keys\/)[0-9a-f-]{36}/.exec((await go(path)).text) ?? [];
    assert.equal((await go(`${path}/${id}/rotate`, { days: '30', overlapDays: '' })).status, 422);
    assert.equal((await go(`${path}/${id}/rotate`, { days: '30', overlapDays: '1' })).status, 201);
    assert.equal((await ask()).status, 201, 'the old key still counts');
    assert.equal((await go(`${path}/${id}/revoke`, { confirm: 'yes' })).status, 303);
    assert.equal((await ask()).status, 401);
  });
});
