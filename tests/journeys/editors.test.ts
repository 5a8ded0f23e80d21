import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cookieName } from '../../src/kernel/http.ts';
import { establishBank, owner } from './establish-bank.ts';
import { oneBrowser, type Person, person } from './browse.ts';
import { type JourneySite, openSite } from './open-site.ts';
import { tokenFor } from './signed-in-client.ts';

const browser = oneBrowser();
const desk = '/en/console/policies/privacy';
const pdf = { name: 'signed.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\nsigned\n%%EOF\n') };

async function editor(site: JourneySite): Promise<Person> {
  const { db } = site.installation.ledger;
  const { id } = await db.selectFrom('accounts.account').select('id').where('email', '=', owner.email).executeTakeFirstOrThrow();
  const someone = await person(browser(), site.url);
  await someone.context.addCookies([{ name: cookieName('staff', false), value: await tokenFor(site, id), url: site.url }]);
  await someone.open(desk);
  return someone;
}

const text = ({ page }: Person) => page.locator('textarea[name=text]');
const status = ({ page }: Person) => page.locator('[data-autosave-status]');

async function change(someone: Person, from: string, to: string): Promise<void> {
  const before = await text(someone).inputValue();
  assert.ok(before.includes(from), before);
  await text(someone).fill(before.replace(from, to));
}

test('two editors at once: each is saved while writing, the second sees both together, and the signed copy is published with it', async (t) => {
  const site = await openSite(t);
  await establishBank(site);
  const [ada, bo] = [await editor(site), await editor(site)];
  await change(ada, 'three years', 'two years');
  await status(ada)
    .filter({ hasText: /^Saved \d\d:\d\d\.$/ })
    .waitFor();
  await ada.page.reload();
  assert.match(await text(ada).inputValue(), /two years/);
  await change(ada, 'Your name', 'Your full name');
  await status(ada).filter({ hasText: 'Saved' }).waitFor();

  await change(bo, 'see, correct or erase', 'see, correct, export or erase');
  await status(bo).filter({ hasText: 'Somebody else saved meanwhile.' }).waitFor();
  await bo.shot('editors-conflict');
  await bo.press('Save draft', 409);
  await bo.reads('You changed different places.', 'What the other person changed', 'What you changed');
  assert.match(await text(bo).inputValue(), /full name and your orders, for two years[^]*export or erase/);
  await bo.shot('editors-merged');
  await bo.press('Save draft');

  await bo.press('Preview');
  await bo.page.getByText('Outline: 3 headings').click();
  await bo.page.getByRole('link', { name: 'What we keep' }).click();
  assert.ok(await bo.page.locator(':target').filter({ hasText: 'What we keep' }).isVisible());
  await bo.shot('editors-outline');
  await bo.open(desk);
  // Its session ends while somebody writes: the text stays, and goes on when there is one again.
  const cookies = await bo.context.cookies();
  await bo.context.clearCookies();
  await change(bo, 'Your rights', 'What you can ask of us');
  await status(bo).filter({ hasText: 'you are signed out' }).waitFor();
  await bo.context.addCookies(cookies);
  await status(bo).filter({ hasText: 'Saved' }).waitFor();

  await bo.page.getByText('Signed copy (PDF)', { exact: true }).first().click();
  await bo.page.locator('input[name=signedCopy]').setInputFiles({ ...pdf, buffer: Buffer.from('no pdf') });
  await bo.press('Save and attach', 422);
  await bo.reads('This file is not a whole PDF.');
  await bo.page.locator('input[name=signedCopy]').setInputFiles(pdf);
  await bo.press('Save and attach');
  await bo.reads('The draft is saved with its signed copy.');
  await bo.shot('editors-signed-copy');
  await bo.page.getByLabel('What changes for the reader').fill('Two years, and you can take your data along.');
  await bo.page.locator('select[name=changeClass]').selectOption('editorial');
  await bo.press('Review and publish');
  await bo.press('Publish version 2');

  await ada.open('/en/policies/privacy');
  await ada.awaits((page) => page.getByText('What you can ask of us').first());
  const link = ada.page.getByRole('link', { name: /^The signed copy/ });
  const [download] = await Promise.all([ada.page.waitForEvent('download'), link.click()]);
  assert.equal(download.suggestedFilename(), 'privacy-v2.pdf');
  const served = await fetch(new URL((await link.getAttribute('href')) ?? '', site.url));
  assert.deepEqual(Buffer.from(await served.arrayBuffer()), pdf.buffer);
  assert.equal(served.headers.get('content-type'), 'application/pdf');
  assert.equal(served.headers.get('content-disposition'), 'attachment');
  assert.equal(served.headers.get('x-content-type-options'), 'nosniff');
  assert.match(served.headers.get('content-security-policy') ?? '', /sandbox/);
  await ada.leave();
  await bo.leave();
  assert.deepEqual(site.log, []);
});
