import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { test } from 'node:test';
import { cookieName } from '../../src/kernel/http.ts';
import { act } from '../../src/ledger/index.ts';
import { acceptInvitation, invite, openDepartment, openSession } from '../../src/modules/accounts/index.ts';
import { serve } from '../../src/modules/policies/test/fault-server.ts';
import { visitor } from '../support/ledger.ts';
import { establishBank, must } from './establish-bank.ts';
import { type JourneySite, openSite } from './open-site.ts';
import { form, send } from './send.ts';

const letter = { organisation: 'Harbour Bank', publicUrl: 'http://127.0.0.1:8080', locale: 'en' };

async function publisher({ url, installation: { ledger } }: JourneySite, departmentId: string | null) {
  const email = `${departmentId ?? 'whole'}@harbour.example`;
  const { token } = await must(ledger, (ctx) => invite(ctx, { email, role: 'publisher', departmentId, ...letter }));
  const entered = { token, name: 'Paula', passphrase: 'four words of nonsense' };
  const accepted = await act(ledger, visitor, (ctx) => acceptInvitation(ctx, entered));
  assert(accepted.ok);
  const device = { device: 'Firefox · Linux', network: '203.0.113.*' };
  const { accountId } = accepted.value;
  const session = await must(ledger, (ctx) => openSession(ctx, { accountId, method: 'passphrase', device }));
  const cookie = `${cookieName('staff', false)}=${session.token}`;
  return (path: string, fields?: Readonly<Record<string, string>>) => {
    const { headers, body } = fields ? form(fields) : { headers: {}, body: '' };
    return send(url, path, {
      method: fields ? 'POST' : 'GET',
      body,
      headers: { ...headers, cookie, 'sec-fetch-site': 'same-origin' },
    });
  };
}

const desk = '/en/console/policies/privacy';
const mostTries = 300;

test('an address is entered, the process looks there by itself, and what it finds stands on the desk and among the things to do', async (t) => {
  const site = await openSite(t, undefined, { outboundAllow: ['127.0.0.1'] });
  await establishBank(site);
  const who = await publisher(site, null);
  const until = async (path: string, words: RegExp) => {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const { text } = await who(path);
      if (words.test(text)) return text;
      await pause(100);
    }
    return assert.fail(`${path} never said ${String(words)}`);
  };
  const page = '<!doctype html><h1>Privacy policy</h1><p>We sell what we hold.</p><h2>Your rights</h2>';
  const web = await serve(t, (request, to) => {
    const isFile = request.url === '/privacy.md';
    to.writeHead(200, { 'content-type': isFile ? 'text/markdown' : 'text/html' });
    to.end(isFile ? '# Privacy policy\n\nA newer text.\n' : page);
  });

  assert.match((await who(desk)).text, /Nobody looks whether your website shows this text/);
  const wrong = await who(`${desk}/elsewhere/copy`, { copyUrl: 'http://harbour.example/', act: 'set' });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /has to begin with https.*value="http:\/\/harbour\.example\/"/s, 'what was entered is kept');
  const set = await who(`${desk}/elsewhere/copy`, { copyUrl: web, act: 'set' });
  assert.deepEqual([set.status, set.headers.location], [303, `${desk}/elsewhere?just=looking`]);
  const found = await until(desk, /Differs from version 1/);
  assert.match(found, /We sell what we hold\./);
  assert.match((await who('/en/console')).text, /policies\/privacy#elsewhere">Make the website say what is in force/);

  const file = { sourceUrl: `${web}/privacy.md`, act: 'set' };
  assert.equal((await who(`${desk}/elsewhere/source`, { ...file, branch: 'a b', path: 'x' })).status, 422);
  assert.equal((await who(`${desk}/elsewhere/source`, { ...file, branch: '', path: '' })).status, 303);
  assert.match(await until(desk, /Its newest text became the draft/), /A newer text\./);
  const revision = /name="revision" value="(\d+)"/.exec((await who(desk)).text)?.[1];
  assert.equal(revision, '1');
  const taken = await who(`${desk}/elsewhere/take`, { revision: '1' });
  assert.deepEqual([taken.status, /No newer text waits any more/.test(taken.text)], [422, true]);

  assert.equal((await who(`${desk}/elsewhere/copy`, { act: 'remove' })).status, 303);
  assert.equal((await who(`${desk}/elsewhere/source`, { act: 'remove' })).status, 303);
  assert.match((await who(desk)).text, /Nobody looks whether your website shows this text/);
  assert.deepEqual(site.log, []);

  const loans = await must(site.installation.ledger, (ctx) => openDepartment(ctx, { name: 'Loans' }));
  const stranger = await publisher(site, loans.departmentId);
  assert.equal((await stranger(`${desk}/elsewhere`)).status, 404);
  for (const act of ['copy', 'source', 'take'])
    assert.equal((await stranger(`${desk}/elsewhere/${act}`, { copyUrl: web, sourceUrl: web, act: 'set' })).status, 404, act);
});
