import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { parseBundle } from '@troth/tlog';
import type { Page } from 'playwright-core';
import { sha256 } from '../../src/kernel/crypto.ts';
import { cookieName } from '../../src/kernel/http.ts';
import { act, observe } from '../../src/ledger/index.ts';
import { operator } from '../../src/app/installation.ts';
import { acceptMandate, offerMandate, openSession } from '../../src/modules/accounts/index.ts';
import {
  allowReturnAddress,
  makeAcceptanceLink,
  publishVersion,
  readPolicy,
  readVersionText,
  setAcceptance,
} from '../../src/modules/policies/index.ts';
import { newProgram } from '../../src/modules/policies/test/acceptance-people.ts';
import { newUser } from '../../src/modules/accounts/test/mandate-people.ts';
import { temporaryFolder } from '../support/ledger.ts';
import { oneBrowser, person, type Person } from './browse.ts';
import { establishBank, must } from './establish-bank.ts';
import { type JourneySite, openSite } from './open-site.ts';
import { form, send, type Sent } from './send.ts';

const browser = oneBrowser();
const device = { device: 'Firefox · Linux', network: '203.0.113.*' };

async function documentOf({ installation }: JourneySite): Promise<string> {
  return (await readPolicy(observe(installation.ledger, operator), 'privacy'))?.document.id ?? assert.fail();
}

async function askForIt(site: JourneySite): Promise<string> {
  const documentId = await documentOf(site);
  await must(site.installation.ledger, (ctx) => setAcceptance(ctx, { documentId, asked: true, again: 'each-change' }));
  return documentId;
}

/** The next version, with one clause changed. */
async function change(site: JourneySite, from: string, to: string, summary: string): Promise<void> {
  const { ledger } = site.installation;
  const ctx = observe(ledger, operator);
  const record = (await readPolicy(ctx, 'privacy')) ?? assert.fail();
  const newest = record.versions[0]?.number ?? 0;
  const before = (await readVersionText(ctx, record.document.id, newest))?.toString('utf8') ?? '';
  assert(before.includes(from));
  const text = Buffer.from(before.replace(from, to));
  const version = { documentId: record.document.id, text, summary, effectiveLocal: '', zone: 'Europe/Berlin' };
  await must(ledger, (each) => publishVersion(each, version));
}

async function tokenOf({ installation }: JourneySite, accountId: string): Promise<string> {
  return (await must(installation.ledger, (ctx) => openSession(ctx, { accountId, method: 'link', device }))).token;
}

async function signedIn(site: JourneySite, accountId: string, javaScriptEnabled: boolean): Promise<Person> {
  const someone = await person(browser(), site.url, { javaScriptEnabled });
  await someone.context.addCookies([{ name: cookieName('user', false), value: await tokenOf(site, accountId), url: site.url }]);
  return someone;
}

for (const javaScriptEnabled of [false, true]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript';
  test(`asked, changed, asked with what changed, refused, accepted later, and the receipt verifies, ${how}`, async (t) => {
    const site = await openSite(t);
    await establishBank(site);
    await askForIt(site);
    const folder = await temporaryFolder(t);
    const uma = await newUser(site.installation.ledger, 'uma@example.org');
    const reader = await signedIn(site, uma.id, javaScriptEnabled);
    await reader.open('/en/me');
    await reader.reads(/Privacy policy asks for your answer: version 1/);
    await reader.follow('Privacy policy');
    await reader.reads('Do you accept “Privacy policy”, version 1, of Harbour Bank?');
    await reader.press('I accept');
    await reader.reads('Recorded with Harbour Bank: you accept.', /You accept: version 1/);

    site.advance({ hours: 1 });
    await change(site, 'for three years', 'for ten years', 'We keep your orders for ten years instead of three.');
    await reader.open('/en/me/acceptances/privacy');
    const stale = await person(browser(), site.url, { javaScriptEnabled });
    await stale.context.addCookies(await reader.context.cookies());
    await stale.open('/en/me/acceptances/privacy');
    await reader.reads('We keep your orders for ten years instead of three.', 'The clause that changed');
    const clauses = await reader.page.locator('.diff').innerText();
    assert.match(clauses, /orders, for (three)? ?(ten)?/);
    assert.doesNotMatch(clauses, /erase what we hold/, 'what says the same is not asked again');
    await reader.shot(`acceptance-${how.split(' ')[0]}`);
    await reader.press('I refuse');
    await reader.reads(/You do not accept: version 2/, 'You go on seeing, downloading and erasing');
    await stale.press('I accept', 409);
    await stale.reads('You answered in the meantime');
    await reader.open('/en/me');
    await reader.open('/en/me/data');
    const [held] = await Promise.all([
      reader.page.waitForEvent('download'),
      reader.page.getByRole('link', { name: 'Download', exact: true }).click(),
    ]);
    await held.saveAs(join(folder, 'account.json'));
    await reader.open('/en/me/acceptances');
    await reader.follow('Look at it again');
    await reader.press('I accept');
    await reader.reads(/You accept: version 2/);

    site.advance({ seconds: 11 });
    await reader.awaits((page) => page.getByRole('link', { name: 'Download the receipt' }));
    const receipt = join(folder, 'acceptances.troth.json');
    await fetchWhole(reader, receipt);
    if (javaScriptEnabled) await checkOffline(reader, folder, receipt);
    for (const each of [reader, stale]) await each.leave();
    assert.deepEqual(site.log, []);
  });
}

/** The receipt with all three answers, which are signed within a second or two. */
async function fetchWhole(reader: Person, file: string): Promise<void> {
  const { page } = reader;
  const until = performance.now() + 20_000;
  for (;;) {
    const answer = await page.request.get(new URL('/en/me/acceptances/receipt', page.url()).href);
    const bundle = parseBundle(await answer.body());
    const items = bundle.ok ? bundle.value.items.length : 0;
    if (items === 3) return writeFile(file, await answer.body());
    assert.ok(performance.now() < until, `${items} answers are signed`);
  }
}

async function checkOffline(reader: Person, folder: string, receipt: string): Promise<void> {
  const { page } = reader;
  await reader.open('/en/verify');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download the offline checker' }).click(),
  ]);
  const offline = join(folder, 'offline.html');
  await download.saveAs(offline);
  const alone = await person(browser(), 'file://');
  await alone.context.setOffline(true);
  await alone.page.goto(pathToFileURL(offline).href);
  await check(alone.page, receipt);
  await alone.leave();
}

async function check(page: Page, file: string): Promise<void> {
  await page.getByLabel('Proof or receipt').setInputFiles(file);
  const button = page.getByRole('button', { name: 'Check', exact: true });
  if (await button.isVisible()) await button.click();
  await page.getByRole('heading', { name: 'Yes. The 3 events in this receipt were recorded, and are unchanged.' }).waitFor();
}

type Fields = Readonly<Record<string, string>>;
const hidden = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  );

suite('by other hands', () => {
  test('a link asks one person about one document, once; what the form says about either does not count', async (t) => {
    const site = await openSite(t);
    await establishBank(site);
    const documentId = await askForIt(site);
    const { ledger } = site.installation;
    const program = await newProgram(ledger, 'Web shop', 'acceptances:record');
    const returnTo = 'https://shop.harbour.example/welcome';
    await must(ledger, (ctx) => allowReturnAddress(ctx, { address: returnTo }));
    const make = async (subject: string) => {
      const wanted = { subject, policy: 'privacy', audience: site.url, returnTo, publicUrl: site.url };
      const made = await act(ledger, program, (ctx) => makeAcceptanceLink(ctx, wanted));
      return made.ok ? made.value.ticket : assert.fail(made.refusal);
    };
    const ticket = await make('customer-1');
    const get = (path: string) => send(site.url, path);
    const post = (fields: Fields, site_ = 'same-origin'): Promise<Sent> => {
      const { headers, body } = form(fields);
      return send(site.url, '/en/acceptance', { method: 'POST', body, headers: { ...headers, 'sec-fetch-site': site_ } });
    };
    assert.equal((await get(`/acceptance?ticket=${ticket}`)).headers['location'], `/en/acceptance?ticket=${ticket}`);
    const page = await get(`/en/acceptance?ticket=${ticket}`);
    assert.equal(page.status, 200);
    assert.match(page.text, /Your name and your orders, for three years\./, 'the exact text stands there');
    const fields = hidden(page.text);
    assert.equal(fields['text'], sha256((await readVersionText(observe(ledger, operator), documentId, 1)) ?? '').toString('hex'));
    assert.equal((await post({ ...fields, decision: 'accept' }, 'cross-site')).status, 403);
    assert.equal((await post({ ...fields, decision: 'maybe' })).status, 400);
    assert.equal((await post({ ...fields, version: '7', decision: 'accept' })).status, 409);
    site.advance({ minutes: 1 });
    await change(site, 'for three years', 'for ten years', 'We keep your orders longer.');
    const swapped = await post({ ...fields, decision: 'accept' });
    assert.equal(swapped.status, 409);
    assert.match(swapped.text, /Another version is in force by now: 2\./);
    const answered = await post({ ...hidden(swapped.text), slug: 'other', accountId: program.id, decision: 'accept' });
    assert.equal(answered.status, 200);
    assert.match(answered.text, /href="https:\/\/shop\.harbour\.example\/welcome"/);
    assert.equal((await post({ ...hidden(swapped.text), decision: 'refuse' })).status, 410);
    assert.equal((await get(`/en/acceptance?ticket=${ticket}`)).status, 410);
    const late = await make('customer-2');
    site.advance({ minutes: 31 });
    assert.equal((await get(`/en/acceptance?ticket=${late}`)).status, 410);
    assert.equal((await post({ ...hidden(swapped.text), ticket: late, decision: 'accept' })).status, 410);
    const rows = await ledger.db.selectFrom('policies.decision').select(['kind', 'version', 'surface', 'documentId']).execute();
    assert.deepEqual(rows, [{ kind: 'accepted', version: 2, surface: 'link', documentId }]);
  });

  test('whoever acts for somebody answers under that mandate alone, and both see it', async (t) => {
    const site = await openSite(t);
    await establishBank(site);
    await askForIt(site);
    const { ledger } = site.installation;
    const [petra, dora, eve] = [
      await newUser(ledger, 'petra@example.org'),
      await newUser(ledger, 'dora@example.org'),
      await newUser(ledger, 'eve@example.org'),
    ];
    const until = ledger.now().toZonedDateTimeISO('Europe/Berlin').toPlainDate().add({ days: 30 }).toString();
    const offer = (scope: string[], principalId: string) => ({
      principalId,
      kind: 'agent',
      delegateAddress: 'dora@example.org',
      words: 'Please.',
      scope,
      until,
      zone: 'Europe/Berlin',
    });
    const offered = await act(ledger, petra, (ctx) => offerMandate(ctx, offer(['self:read', 'self:manage'], petra.id)));
    const looking = await act(ledger, eve, (ctx) => offerMandate(ctx, offer(['self:read'], eve.id)));
    assert(offered.ok && looking.ok);
    for (const { mandateId } of [offered.value, looking.value])
      assert((await act(ledger, dora, (ctx) => acceptMandate(ctx, { delegateId: dora.id, mandateId }))).ok);
    const client = async (accountId: string) => {
      const cookie = `${cookieName('user', false)}=${await tokenOf(site, accountId)}`;
      return (path: string, fields?: Fields) => {
        const { headers, body } = fields ? form(fields) : { headers: {}, body: '' };
        const sent = { ...headers, cookie, 'sec-fetch-site': 'same-origin' };
        return send(site.url, path, { method: fields ? 'POST' : 'GET', body, headers: sent });
      };
    };
    const [forDora, forPetra, forEve] = [await client(dora.id), await client(petra.id), await client(eve.id)];
    const room = `/en/me/for/${offered.value.mandateId}`;
    assert.match((await forDora(room)).text, new RegExp(`href="${room}/acceptances"`));
    const asked = await forDora(`${room}/acceptances/privacy`);
    assert.equal(asked.status, 200);
    assert.equal((await forDora(`${room}/acceptances/privacy`, { ...hidden(asked.text), decision: 'accept' })).status, 303);
    assert.match((await forPetra('/en/me/acceptances')).text, /By somebody who acts for you\./);
    assert.match((await forPetra('/en/me/mandates')).text, /Answered whether a text is accepted .*Looked at the agreements /);
    assert.doesNotMatch((await forDora('/en/me/acceptances')).text, /You accept: /, 'Dora herself accepted nothing');
    const only = `/en/me/for/${looking.value.mandateId}/acceptances/privacy`;
    assert.doesNotMatch((await forDora(only)).text, /value="accept"/);
    assert.equal((await forDora(only, { ...hidden(asked.text), decision: 'accept' })).status, 403);
    for (const other of [forPetra, forEve]) {
      assert.equal((await other(`${room}/acceptances`)).status, 404);
      assert.equal((await other(`${room}/acceptances/privacy`, { ...hidden(asked.text), decision: 'refuse' })).status, 404);
    }
  });
});
