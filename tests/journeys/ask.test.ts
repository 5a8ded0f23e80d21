import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { askQuestion } from '../../src/modules/support/index.ts';
import { temporaryFolder } from '../support/ledger.ts';
import { tablesWith } from '../support/verbs.ts';
import { oneBrowser, type Person, person, withoutBrowserChecks } from './browse.ts';
import { establishBank, must, owner } from './establish-bank.ts';
import { type JourneySite, openSite } from './open-site.ts';

const browser = oneBrowser();
const asked = 'Does erasing also reach the parcel firm of Quillfeather Lane?';
const answered = 'Yes, Quillfeather Lane is told within a day.';
const publicQuestion = 'Does erasing also reach your xylophone couriers?';
const publicAnswer = 'Yes, couriers of xylophones are told within a day.';

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript';
  const name: Named = (step) => `ask-${javaScriptEnabled ? 'js' : 'plain'}-${step}`;

  test(`from a question to its answer, its publication, a late one, and the erasure, ${how}`, async (t) => {
    const site = await openSite(t);
    await establishBank(site);
    const folder = await temporaryFolder(t);
    const someone = () => person(browser(), site.url, { javaScriptEnabled });
    const [asker, staff, elsewhere] = [await someone(), await someone(), await someone()];
    const code = await ask(asker, name);
    await answer(staff, name);
    site.advance({ seconds: 11 });
    const receipt = await readAnswer(elsewhere, code, join(folder, 'receipt.troth.json'), name);
    if (javaScriptEnabled) await checkReceipt(elsewhere, { folder, receipt }, name);
    const entry = await publish(staff, asker, name);
    await beLate(site, staff, asker, name);
    await erase(elsewhere, code, name);
    await gone(site, { staff, asker }, entry, name);
    if (javaScriptEnabled) {
      await elsewhere.open('/en/verify');
      await checkFile(elsewhere.page, receipt);
    }
    for (const each of [asker, staff, elsewhere]) await each.leave();
    assert.deepEqual(site.log, []);
  });
}

type Named = (step: string) => string;

/** @returns The receipt code as it stands on the page. */
async function ask(asker: Person, name: Named): Promise<string> {
  const { page } = asker;
  await asker.open('/en/policies/privacy');
  await page.getByRole('link', { name: /^Ask about this ?: Your rights$/ }).click();
  await asker.reads('You ask about Privacy policy, version 1', 'You may see, correct or erase what we hold.');
  await withoutBrowserChecks(page);
  const question = page.getByLabel('Your question');
  await question.fill('Why?');
  await asker.press('Send question', 422);
  await asker.reads('Write at least 10 characters, so that the question can be understood.');
  assert.equal(await question.inputValue(), 'Why?');
  assert.equal(await question.getAttribute('aria-invalid'), 'true');
  await asker.shot(name('too-short'));
  await question.fill(asked);
  await page.getByLabel('E-mail address').fill('not an address');
  await page.getByRole('checkbox', { name: /^Harbour Bank may publish my question/ }).check();
  await withoutBrowserChecks(page);
  await asker.press('Send question', 422);
  await asker.reads('This does not look like an e-mail address.');
  assert.equal(await question.inputValue(), asked);
  assert.ok(await page.getByRole('checkbox').isChecked(), 'consent is kept with the rest');
  await page.getByLabel('E-mail address').fill('');
  await asker.press('Send question');
  await asker.reads('Your question has arrived', /Harbour Bank owes you an answer by .* \(in .*\)/, asked);
  await asker.shot(name('receipt'));
  const code = await page.locator('.receipt-code').innerText();
  assert.match(code, /^([0-9A-Z]{5}-){3}[0-9A-Z]{5}$/);
  return code;
}

async function signIn(staff: Person): Promise<void> {
  const { page } = staff;
  await page.getByLabel('E-mail address').fill(owner.email);
  await page.getByLabel('Passphrase', { exact: true }).fill(owner.passphrase);
  await staff.press('Sign in');
}

async function answer(staff: Person, name: Named): Promise<void> {
  const { page } = staff;
  await staff.open('/en/console/questions');
  assert.match(page.url(), /\/en\/console\/sign-in$/);
  const sentences: string[] = [];
  for (const [email, passphrase] of [
    [owner.email, 'not the passphrase'],
    ['nobody@harbour.example', owner.passphrase],
  ] as const) {
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await staff.press('Sign in', 422);
    sentences.push(await page.getByRole('alert').innerText());
  }
  assert.deepEqual(sentences, Array(2).fill('E-mail and passphrase do not belong together, or there is no such account.'));
  await staff.shot(name('sign-in'));
  await signIn(staff);
  await staff.reads('Answer a question');
  await staff.follow(/^Questions$/);
  await staff.reads('None is late, one is waiting within the time you promised.');
  await staff.shot(name('queue'));
  await staff.follow('Your rights');
  await staff.reads(asked, 'You may see, correct or erase what we hold.', 'Yes, the asker agreed.');
  await page.getByLabel('Your answer').fill(answered);
  await staff.press('Send answer');
  await staff.reads('The answer is there for the asker', answered);
  await staff.shot(name('answered'));
}

/** In another browser, with nothing but the code, as it was written down by hand. @returns The receipt's file. */
async function readAnswer(elsewhere: Person, code: string, file: string, name: Named): Promise<string> {
  const { page } = elsewhere;
  await elsewhere.open('/en/me');
  const typed = page.getByLabel('Receipt code');
  await typed.fill('K7M2Q');
  await elsewhere.press('Open', 422);
  await elsewhere.reads('Enter all twenty letters and digits of the code');
  await typed.fill('00000-00000-00000-00000');
  await elsewhere.press('Open', 422);
  await typed.fill(code.toLowerCase().replaceAll('-', ' '));
  await elsewhere.press('Open');
  await elsewhere.reads('Harbour Bank answered on', 'in time', answered);
  const recorded = page.getByRole('table', { name: 'What was recorded about you' });
  await elsewhere.awaits(() => recorded.filter({ hasNotText: 'will be signed within seconds' }));
  assert.match(await recorded.innerText(), /1\. You asked your question[^]*2\. Your question was answered/);
  await elsewhere.shot(name('portal'));
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download the receipt as a file' }).click(),
  ]);
  await download.saveAs(file);
  return file;
}

async function checkFile(page: Page, file: string): Promise<void> {
  await page.getByLabel('Proof or receipt').setInputFiles(file);
  const button = page.getByRole('button', { name: 'Check', exact: true });
  if (await button.isVisible()) await button.click();
  await page.getByRole('heading', { name: 'Yes. The 2 events in this receipt were recorded, and are unchanged.' }).waitFor();
  assert.match(await page.locator('main').innerText(), /A question was asked[^]*The question was answered/);
}

type Files = { folder: string; receipt: string };

/** On the site, and with the one file from it, opened from disk with the network off. */
async function checkReceipt(visitor: Person, { folder, receipt }: Files, name: Named): Promise<void> {
  const { page } = visitor;
  await visitor.open('/en/verify');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download the offline checker' }).click(),
  ]);
  await checkFile(page, receipt);
  await visitor.shot(name('verified'));
  const offline = join(folder, 'offline.html');
  await download.saveAs(offline);
  const alone = await person(browser(), 'file://');
  await alone.context.setOffline(true);
  await alone.page.goto(pathToFileURL(offline).href);
  await checkFile(alone.page, receipt);
  await alone.shot(name('offline'));
  await alone.leave();
}

/** @returns The entry of the published question and answer. */
async function publish(staff: Person, visitor: Person, name: Named): Promise<number> {
  const { page } = staff;
  await page.getByLabel('Question as everyone reads it').fill(publicQuestion);
  await page.getByLabel('Answer as everyone reads it').fill(publicAnswer);
  await staff.press('Publish question and answer');
  await staff.awaits(() => page.getByRole('link', { name: /^Log entry/ }));
  await staff.shot(name('published'));
  const entry = /entry\/(\d+)$/.exec((await page.getByRole('link', { name: /^Log entry/ }).getAttribute('href')) ?? '')?.[1];
  for (const path of ['/en/policies/privacy', '/en/questions', `/en/log/public/entry/${entry}`]) {
    await visitor.open(path);
    await visitor.awaits((seen) => seen.getByText(publicAnswer));
    await visitor.reads(publicQuestion, publicAnswer);
  }
  await visitor.open('/en/search?q=xylophones');
  await visitor.reads('One place with “xylophones”');
  await visitor.shot(name('search'));
  await visitor.page.getByRole('main').getByRole('link', { name: publicQuestion }).click();
  await visitor.page.locator(':target').waitFor();
  return Number(entry);
}

async function beLate(site: JourneySite, staff: Person, visitor: Person, name: Named): Promise<void> {
  const { ledger } = site.installation;
  const question = 'Who reads what I write to you here?';
  const about = { slug: 'privacy', version: 1, clauseId: null, email: '', mayPublish: false, language: 'en' };
  await must(ledger, (ctx) => askQuestion(ctx, { ...about, question }));
  await visitor.open('/en/questions');
  await visitor.reads(/Not known yet|Kept/);
  site.advance({ hours: 12 * 24 });
  await staff.open('/en/console');
  await staff.reads('Please sign in again');
  await signIn(staff);
  await staff.reads(/Late: was due \d+ days ago/);
  await staff.open('/en/console/questions');
  await staff.reads('One is late, none is waiting');
  await staff.shot(name('late'));
  await visitor.open('/en/questions');
  await visitor.awaits((page) => page.getByText('Broken once'));
  await visitor.reads('1 of 2 questions that came due', 'One of them is overdue and still has no answer.');
  await visitor.shot(name('late-public'));
}

async function erase(elsewhere: Person, code: string, name: Named): Promise<void> {
  const { page } = elsewhere;
  await elsewhere.open('/en/me');
  await elsewhere.reads('Published without your name on', publicQuestion);
  await elsewhere.press('Erase', 422);
  await elsewhere.reads('Tick the box if you really want to erase everything', answered);
  await page.getByLabel('Yes, destroy everything about me, for good').check();
  await elsewhere.press('Erase');
  await elsewhere.reads('Everything about you is erased');
  await elsewhere.shot(name('erased'));
  await elsewhere.open('/en/me');
  await page.getByLabel('Receipt code').fill(code);
  await elsewhere.press('Open', 422);
  await elsewhere.reads('Nothing can be opened with this code and address.');
  await elsewhere.open('/en/me/receipt', 404);
}

type Others = { staff: Person; asker: Person };

async function gone(site: JourneySite, { staff, asker }: Others, entry: number, name: Named): Promise<void> {
  await asker.open(`/en/log/public/entry/${entry}`);
  await asker.awaits((page) => page.getByText('The text of this entry was withheld on'));
  await asker.reads(
    'Read it in its place: Questions',
    'Reason given: a person asked for erasure',
    'Why this text cannot be swapped',
  );
  await asker.shot(name('withheld'));
  const places = ['/en/policies/privacy', '/en/questions', '/en/search?q=xylophones', '/en', '/en/me', '/feed.atom'];
  for (const path of [...places, `/log/public/proof/${entry}`]) {
    const answer = await asker.page.request.get(site.url + path);
    assert.doesNotMatch(await answer.text(), /xylophone couriers|Quillfeather/, path);
  }
  const { db } = site.installation.ledger;
  const row = await db
    .selectFrom('ledger.event')
    .select('bodyHash')
    .where('log', '=', 'public')
    .where('index', '=', entry)
    .executeTakeFirstOrThrow();
  const body = await asker.page.request.get(`${site.url}/log/public/body/${row.bodyHash?.toString('hex')}`);
  assert.equal(body.status(), 451);
  for (const phrase of ['Quillfeather', 'xylophone']) assert.deepEqual(await tablesWith(db, phrase), [], phrase);
  const { id } = await db.selectFrom('support.question').select('id').where('erasedAt', 'is not', null).executeTakeFirstOrThrow();
  await staff.open(`/en/console/questions/${id}`);
  await staff.reads('This question was erased at the asker’s wish');
  assert.doesNotMatch(await staff.page.content(), /xylophone|Quillfeather/);
  await staff.shot(name('erased-console'));
}
