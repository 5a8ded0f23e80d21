import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { seedDemo } from '../../src/app/seed-demo.ts';
import { runStatement } from '../support/test-server.ts';
import { rowsAtRest } from '../support/verbs.ts';
import { type JourneySite, openSite } from './open-site.ts';
import { form, send } from './send.ts';

const ends: (() => Promise<void>)[] = [];
let site: JourneySite;
before(async () => {
  site = await openSite({ after: (end) => void ends.push(end) }, ({ ledger }) => seedDemo(ledger, 'http://127.0.0.1:8080'));
});
after(async () => {
  for (const end of ends) await end();
});

const html = { accept: 'text/html' };
const read = (path: string, headers: Readonly<Record<string, string>> = html) => send(site.url, path, { headers });

const page = ['content-security-policy', 'x-content-type-options', 'referrer-policy', 'cross-origin-opener-policy'] as const;
const plain = ['x-content-type-options'] as const;
const log = ['content-security-policy', 'x-content-type-options', 'access-control-allow-origin'] as const;

/** Every route that is read, the status for somebody without any cookie, and the headers that it must carry. */
const routes: readonly (readonly [path: string, status: number, headers: readonly string[]])[] = [
  ['/', 302, page],
  ['/policies/privacy', 302, page],
  ['/en', 200, page],
  ['/en/', 301, page],
  ['/de', 200, page],
  ['/en/policies', 200, page],
  ['/en/policies/privacy', 200, page],
  ['/en/policies/privacy/v/1', 200, page],
  ['/en/policies/privacy/changes/2', 200, page],
  ['/policies/privacy/at/2026-01-01', 302, page],
  ['/en/policies/privacy/at/2026-01-01', 200, page],
  ['/en/policies/privacy/at/2026-01-01T12:00:00Z?audience=staff&jurisdiction=DE', 200, page],
  ['/en/policies/privacy/at/2026-02-30', 404, page],
  ['/en/policies/privacy/at/2026-01-01?audience=martians', 404, page],
  ['/en/policies/privacy/at?date=2026-01-01', 302, page],
  ['/en/policies/privacy/at?date=soon', 302, page],
  ['/en/policies/privacy/ask', 200, page],
  ['/en/questions', 200, page],
  ['/en/log', 200, page],
  ['/en/log/public/entry/0', 200, page],
  ['/en/verify', 200, page],
  ['/en/verify?verify-link=0', 200, page],
  ['/en?utm_source=letter', 200, page],
  ['/en/search?q=coffee', 200, page],
  ['/en/accessibility', 200, page],
  ['/en/api', 200, page],
  ['/en/me', 200, page],
  ['/en/me/receipt', 404, page],
  ['/en/me/sign-in', 200, page],
  ['/en/me/sign-in/sent', 200, page],
  ['/en/me/sign-in/open?token=x', 200, page],
  ['/en/me/signed-in', 303, page],
  ['/en/me/address', 303, page],
  ['/en/me/address/confirm?token=x', 303, page],
  ['/en/console/mail', 404, page],
  ['/en/set-up', 410, page],
  ['/set-up', 303, page],
  ['/en/console', 303, page],
  ['/en/console/sign-in', 200, page],
  ['/en/console/sign-in/options', 200, page],
  ['/en/console/sign-in/second', 303, page],
  ['/en/console/confirm', 303, page],
  ['/en/console/confirm/options', 303, page],
  ['/en/console/account', 303, page],
  ['/en/console/account/sessions', 303, page],
  ['/en/console/account/passkeys/new', 303, page],
  ['/en/console/account/passkeys/options', 303, page],
  ['/en/console/account/totp', 303, page],
  ['/en/console/account/passphrase', 303, page],
  ['/en/console/disputes/0198c1f1-0000-7000-8000-000000000001', 303, page],
  ['/en/me/passkey', 200, page],
  ['/en/me/passkey/options', 200, page],
  ['/en/me/confirm', 303, page],
  ['/en/me/security', 303, page],
  ['/en/me/security/sessions', 303, page],
  ['/en/me/security/passkeys/new', 303, page],
  ['/en/console/audit', 303, page],
  ['/en/console/health', 303, page],
  ['/en/console/policies', 303, page],
  ['/en/console/policies/new', 303, page],
  ['/en/console/policies/privacy', 303, page],
  ['/en/console/policies/privacy/review', 303, page],
  ['/en/console/questions', 303, page],
  ['/en/console/questions/0198c1f1-0000-4000-8000-000000000001', 303, page],
  ['/en/console/connections', 303, page],
  ['/en/console/connections/providers', 303, page],
  ['/en/console/connections/providers/new', 303, page],
  ['/en/console/connections/keys', 303, page],
  ['/en/console/account/providers', 303, page],
  ['/sign-in/hand-off?ticket=0', 302, page],
  ['/en/sign-in/hand-off?ticket=0', 410, page],
  ['/sign-in/nobody/callback?state=0&code=0', 404, page],
  ['/en/nowhere', 404, page],
  ['/nowhere', 404, page],
  ['/fr', 404, page],
  ['/verify/offline.html', 200, ['x-content-type-options', 'referrer-policy']],
  ['/feed.atom', 200, plain],
  ['/feed.json', 200, plain],
  ['/robots.txt', 200, plain],
  ['/sitemap.xml', 200, plain],
  ['/.well-known/security.txt', 200, plain],
  ['/healthz', 200, plain],
  ['/readyz', 200, plain],
  ['/metrics', 200, plain],
  ['/assets/nowhere.css', 404, plain],
  ['/log/policy', 200, log],
  ['/log/public/checkpoint', 200, log],
  ['/log/private/checkpoint', 200, log],
  ['/log/public/tile/0/000.p/1', 200, log],
  ['/log/public/proof/0', 200, log],
  ['/log/public/proof/999999', 404, log],
  [`/log/public/body/${'0'.repeat(64)}`, 404, log],
  ['/api/v1/log/entries', 200, log],
  ['/api/v1/nowhere', 404, log],
];

async function signed(): Promise<void> {
  const until = performance.now() + 20_000;
  while ((await read('/log/private/checkpoint')).status !== 200) {
    assert.ok(performance.now() < until, 'the private log was never signed');
  }
}

test('every route answers with its status and its headers, and reading changes nothing', async () => {
  await signed();
  const { db } = site.installation.ledger;
  const before = await rowsAtRest(db);
  const faults: unknown[] = [];
  for (const [path, status, headers] of routes) {
    const answer = await read(path);
    if (answer.status !== status) faults.push([path, status, answer.status]);
    for (const name of headers) if (answer.headers[name] === undefined) faults.push([path, `lacks ${name}`]);
    const policy = String(answer.headers['content-security-policy']);
    if (/unsafe-(inline|eval)/.test(policy)) faults.push([path, policy]);
    if (status === 303 && path.startsWith('/en/')) {
      const door = path.startsWith('/en/me/') ? '/en/me/sign-in' : '/en/console/sign-in';
      if (answer.headers.location !== door) faults.push([path, answer.headers.location]);
      if (answer.text !== '') faults.push([path, 'says something to somebody who is not signed in']);
    }
    if (answer.headers['x-powered-by'] !== undefined || answer.headers.server !== undefined)
      faults.push([path, 'tells its maker']);
  }
  assert.deepEqual(faults, []);
  assert.deepEqual(await rowsAtRest(db), before);
});

test('a form to the console without a session, or with an invented one, leads to the sign-in page', async () => {
  for (const cookie of ['', 'plain-staff=', `plain-staff=${'A'.repeat(43)}`, 'plain-staff=%00', '__Host-staff=x']) {
    for (const path of [
      'policies/new',
      'policies/privacy',
      'policies/privacy/publish',
      'policies/privacy/withdraw',
      'policies/privacy/visibility',
      'policies/privacy/notice-rules',
      'policies/privacy/end',
      'connections/providers/new',
      'connections/providers/bank/disable',
      'connections/keys',
      'account/providers/bank/add',
    ]) {
      const { headers, body } = form({ text: '# Ours\n', revision: '0', confirm: 'yes' });
      const all = { ...html, ...headers, cookie, 'sec-fetch-site': 'same-origin' };
      const answer = await send(site.url, `/en/console/${path}`, { method: 'POST', headers: all, body });
      assert.equal(answer.status, 303, `${path} with ${cookie}`);
      assert.match(answer.headers.location ?? '', /^\/en\/console\/sign-in/);
    }
  }
});

test('no address leaves the folders of log and assets, and none leads to another site', async () => {
  for (const path of [
    '/log/../../../../etc/passwd',
    '/log/public/../../keys/root',
    '/log/public/%2e%2e/%2e%2e/keys/root',
    '/log/public/tile/../../../keys/root',
    '/log/public/tile/0/..%2f..%2f..%2fkeys%2froot',
    '/log/public/tile/0/000.p/1/../../../../checkpoint~lock',
    '/log/public\\..\\..\\keys\\root',
    '/assets/../../package.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets/..%2f..%2fpackage.json',
    '/assets//etc/passwd',
  ]) {
    const answer = await read(path);
    // 302: what `..` leaves is an address of ours without a language.
    assert.ok([302, 400, 404].includes(answer.status), `${path}: ${answer.status}`);
    assert.doesNotMatch(answer.text, /root:|"name": "troth"/, path);
  }
  for (const path of [
    '//elsewhere.example/',
    '//elsewhere.example//',
    '/\\elsewhere.example/',
    '///elsewhere.example/%2f',
    '//elsewhere.example',
  ]) {
    const { headers } = await read(path);
    const to = new URL(headers.location ?? '/', 'http://here.example');
    assert.equal(to.origin, 'http://here.example', `${path} leads to ${headers.location}`);
  }
});

test('a Host that is not ours is never repeated in what we answer', async () => {
  for (const path of [
    '/',
    '/en',
    '/en/',
    '/en/me',
    '/set-up',
    '/feed.atom',
    '/sitemap.xml',
    '/robots.txt',
    '/.well-known/security.txt',
    '/nowhere',
  ]) {
    for (const headers of [
      { host: 'elsewhere.example' },
      { host: '127.0.0.1', 'x-forwarded-host': 'elsewhere.example', forwarded: 'host=elsewhere.example' },
    ]) {
      const answer = await read(path, { ...html, ...headers });
      assert.ok(answer.status < 500, `${path}: ${answer.status}`);
      assert.doesNotMatch(answer.text + JSON.stringify(answer.headers), /elsewhere\.example/, path);
    }
  }
  assert.ok((await read('/en', { ...html, host: 'a b' })).status < 500);
});

test('with the database gone pages say so, kept ones are still there, and afterwards all works again', async () => {
  const { url } = site.installation.database;
  const name = new URL(url.replace(/^postgres(ql)?:\/\/[^/]*/, 'http://x')).pathname.slice(1);
  await read('/en');
  const server = url.replace(`/${name}`, '/postgres');
  await runStatement(server, `alter database ${name} allow_connections false`);
  try {
    await runStatement(server, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
    for (const headers of [html, { accept: '*/*' }]) {
      const answer = await read('/en/search?q=coffee', headers);
      assert.equal(answer.status, 503);
      assert.match(answer.text, /cannot be shown at the moment. Nothing was lost. Reference: [0-9a-f]{8}/);
      assert.equal(answer.headers['retry-after'], '10');
      assert.equal(answer.headers['x-content-type-options'], 'nosniff');
    }
    assert.equal((await read('/en')).status, 200);
    assert.equal((await read('/healthz')).status, 200);
    assert.equal((await read('/readyz')).status, 503);
  } finally {
    await runStatement(server, `alter database ${name} allow_connections true`);
  }
  assert.equal((await read('/en/search?q=coffee')).status, 200);
  assert.ok(
    site.log.some((line) => line.includes('request-failed')),
    'the operator finds the failure in the process’s log',
  );
});

test('of two set-ups at once one wins and the other is told that it is done', async (t) => {
  const fresh = await openSite(t);
  const token = new URL(await fresh.setUpLink()).searchParams.get('token') ?? '';
  const organisation = { token, publicUrl: fresh.url, languages: 'en', timeZone: 'Europe/Berlin', sector: 'other' };
  const answers = await Promise.all(
    ['First', 'Second'].map((name) => {
      const owner = { ownerEmail: `${name}@example.org`, ownerPassphrase: 'barrel organ seven lakes' };
      const { headers, body } = form({ ...organisation, ...owner, name });
      return send(fresh.url, '/en/set-up', { method: 'POST', headers: { ...html, ...headers, origin: fresh.url }, body });
    }),
  );
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [303, 410],
  );
  assert.match(answers.find(({ status }) => status === 410)?.text ?? '', /Troth is already set up/);
  const { db } = fresh.installation.ledger;
  for (const table of ['organisation.organisation', 'accounts.account'] as const)
    assert.equal((await db.selectFrom(table).selectAll().execute()).length, 1, table);
});
