import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Context } from '../../src/kernel/context.ts';
import { objectId } from '../../src/kernel/ids.ts';
import { openSession } from '../../src/modules/accounts/index.ts';
import { rowsAtRest } from '../support/verbs.ts';
import { establishBank, must, owner } from './establish-bank.ts';
import { type JourneySite, openSite } from './open-site.ts';
import { form, send, type Sent } from './send.ts';

const ends: (() => Promise<void>)[] = [];
let site: JourneySite;
let staffToken = '';
let userToken = '';

before(async () => {
  site = await openSite({ after: (end) => void ends.push(end) });
  await establishBank(site);
  const { ledger } = site.installation;
  const { id: staffId } = await ledger.db.selectFrom('accounts.account').select('id').executeTakeFirstOrThrow();
  const userId = objectId();
  const nothing = { name: null, passphraseHash: null, passphraseSetAt: null, leftAt: null };
  await ledger.db
    .insertInto('accounts.account')
    .values({ id: userId, kind: 'user', email: 'uma@example.org', createdAt: ledger.now(), ...nothing })
    .execute();
  const device = { device: 'Firefox · Linux', network: '203.0.113.*' };
  const open = (accountId: string) => (ctx: Context) => openSession(ctx, { accountId, method: 'link', device });
  staffToken = (await must(ledger, open(staffId))).token;
  userToken = (await must(ledger, open(userId))).token;
});
after(async () => {
  for (const end of ends) await end();
});

const here = { 'sec-fetch-site': 'same-origin', accept: 'text/html' };
const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = here): Promise<Sent> => {
  const sent = form(fields);
  return send(site.url, path, { method: 'POST', body: sent.body, headers: { ...sent.headers, ...headers } });
};
const read = (path: string, cookie: string) => send(site.url, path, { headers: { accept: 'text/html', cookie } });
const signIn = (email: string, passphrase: string, cookie = '') =>
  post('/en/console/sign-in', { email, passphrase }, { ...here, cookie });
const cookieOf = (answer: Sent) => /plain-staff=([\w-]+)/.exec(String(answer.headers['set-cookie']))?.[1] ?? '';

const forms = [
  'sign-in/passkey',
  'sign-in/second',
  'confirm/passkey',
  'confirm/code',
  'confirm/passphrase',
  'account/passkeys',
  'account/passkeys/rename',
  'account/passkeys/remove',
  'account/sessions/end',
  'account/sessions/end-others',
  'account/dispute',
  'account/totp',
  'account/totp/remove',
  'account/recovery-codes',
  'account/passphrase',
  'disputes/0198c1f1-0000-7000-8000-000000000001',
].map((path) => `/en/console/${path}`);
const portalForms = [
  'confirm/passkey',
  'security/passkeys',
  'security/passkeys/remove',
  'security/sessions/end-others',
  'security/dispute',
  'passkey',
].map((path) => `/en/me/${path}`);

test('a form about security from another site, or from nowhere, is refused whole', async () => {
  const before = await rowsAtRest(site.installation.ledger.db);
  for (const path of [...forms, ...portalForms]) {
    const cookie = `plain-staff=${staffToken}; plain-user=${userToken}`;
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'null' },
      { origin: 'https://evil.example' },
      {},
    ])
      assert.equal((await post(path, { passphrase: 'x' }, { accept: 'text/html', cookie, ...headers })).status, 403, path);
  }
  assert.deepEqual(await rowsAtRest(site.installation.ledger.db), before);
});

test('a token of one surface opens nothing on the other, nor does an invented one', async () => {
  assert.equal((await read('/en/console/account', `plain-staff=${staffToken}`)).status, 200);
  assert.equal((await read('/en/me/security', `plain-user=${userToken}`)).status, 200);
  for (const token of [userToken, 'A'.repeat(43), ''])
    assert.equal(
      (await read('/en/console/account', `plain-staff=${token}`)).headers.location?.split('?')[0],
      '/en/console/sign-in',
    );
  for (const token of [staffToken, 'A'.repeat(43), ''])
    assert.equal((await read('/en/me/security', `plain-user=${token}`)).headers.location?.split('?')[0], '/en/me/sign-in');
  for (const path of forms.filter((each) => !each.includes('sign-in')))
    assert.equal((await post(path, {}, { ...here, cookie: `plain-staff=${userToken}` })).status, 303, path);
});

test('a token that was there before the sign-in is never taken over', async () => {
  const planted = 'P'.repeat(43);
  const answer = await signIn(owner.email, owner.passphrase, `plain-staff=${planted}; plain-half=${planted}`);
  assert.equal(answer.status, 303);
  const token = cookieOf(answer);
  assert.match(token, /^[\w-]{43}$/);
  assert.notEqual(token, planted);
  assert.equal((await read('/en/console', `plain-staff=${planted}`)).status, 303);
  assert.equal((await read('/en/console', `plain-staff=${token}`)).status, 200);
  const again = cookieOf(await signIn(owner.email, owner.passphrase, `plain-staff=${token}`));
  assert.notEqual(again, token, 'signing in twice gives a new token');
  assert.equal((await read('/en/console', `plain-staff=${token}`)).status, 303, 'and the old one opens nothing');
  assert.equal((await read('/en/console', `plain-staff=${again}`)).status, 200);
});

test('an unknown address, an account without a passphrase and a wrong passphrase are one answer in the same time', async () => {
  const addresses = [owner.email, 'nobody@harbour.example', 'uma@example.org'];
  const took = new Map<string, number[]>();
  const pages = new Map<string, string>();
  for (let n = 0; n < 5; n += 1) {
    for (const email of addresses) {
      const started = performance.now();
      const answer = await signIn(email, 'not the passphrase');
      took.set(email, [...(took.get(email) ?? []), performance.now() - started]);
      assert.equal(answer.status, 422);
      pages.set(email, answer.text.replaceAll(email, 'ADDRESS'));
    }
  }
  assert.equal(new Set(pages.values()).size, 1);
  const medians = addresses.map((email) => took.get(email)?.toSorted((a, b) => a - b)[2] ?? 0);
  // Without the hash that stands in for a missing one the factor measured about 20.
  assert.ok(Math.max(...medians) / Math.min(...medians) < 2, medians.map((ms) => ms.toFixed(0)).join(', '));
});

test('what asks for a proof leads to it and back to a page of ours, and to no other site', async () => {
  site.advance({ minutes: 11 });
  const token = cookieOf(await signIn(owner.email, owner.passphrase));
  site.advance({ minutes: 11 });
  const cookie = `plain-staff=${token}`;
  const asked = await read('/en/console/account/totp', cookie);
  assert.equal(asked.headers.location, '/en/console/confirm?return=%2Fen%2Fconsole%2Faccount%2Ftotp');
  const removal = await post('/en/console/account/totp/remove', {}, { ...here, cookie, referer: 'https://evil.example/x' });
  assert.equal(removal.headers.location, '/en/console/confirm?return=%2Fen%2Fconsole');
  const page = await read('/en/console/confirm?return=//evil.example', cookie);
  assert.ok(!page.text.includes('evil.example'));
  const proved = await post(
    '/en/console/confirm/passphrase',
    { passphrase: owner.passphrase, return: '//evil.example/en/console' },
    { ...here, cookie },
  );
  assert.equal(proved.headers.location, '/en/console');
  const fresh = cookieOf(proved);
  assert.equal((await read('/en/console/account', cookie)).status, 303, 'the old token is dead');
  assert.equal((await read('/en/console/account/totp', `plain-staff=${fresh}`)).status, 200);
});

test('proofs that can be guessed are counted, and more of them wait', async () => {
  site.advance({ minutes: 60 });
  const cookie = `plain-staff=${cookieOf(await signIn(owner.email, owner.passphrase))}`;
  const guess = () => post('/en/console/confirm/code', { code: '000000' }, { ...here, cookie });
  for (let n = 0; n < 5; n += 1) assert.equal((await guess()).status, 422);
  const answer = await guess();
  assert.equal(answer.status, 429);
  assert.match(answer.text, /Too many attempts/);
  assert.deepEqual(site.log, []);
});
