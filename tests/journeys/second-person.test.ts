import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptInvitation, invite, setFourEyes } from '../../src/modules/accounts/index.ts';
import { oneBrowser, person, type Person, withoutBrowserChecks } from './browse.ts';
import { establishBank, must, owner } from './establish-bank.ts';
import { type JourneySite, openSite } from './open-site.ts';

const browser = oneBrowser();
const bo = { email: 'bo@harbour.example', passphrase: 'seven lakes barrel organ' };
const review = '/en/console/policies/privacy/review';

/** Two who may publish, and publishing takes both. */
async function twoPublishers(site: JourneySite): Promise<void> {
  await establishBank(site);
  const { ledger } = site.installation;
  const letter = { organisation: 'Harbour Bank', publicUrl: site.url, locale: 'en' };
  const invited = { email: bo.email, role: 'publisher', departmentId: null, ...letter };
  const { token } = await must(ledger, (ctx) => invite(ctx, invited));
  await must(ledger, (ctx) => acceptInvitation(ctx, { token, name: 'Bo Berg', passphrase: bo.passphrase }));
  await must(ledger, (ctx) => setFourEyes(ctx, { permission: 'policies:publish', on: true }));
}

async function signIn(staff: Person, who: typeof owner): Promise<void> {
  await staff.open('/en/console/sign-in');
  await staff.page.getByLabel('E-mail address').fill(who.email);
  await staff.page.getByLabel('Passphrase').fill(who.passphrase);
  await staff.press('Sign in');
}

/** Changes the draft, and looks at it as it would be published. */
async function draft(staff: Person, words: string): Promise<void> {
  const { page } = staff;
  await staff.open('/en/console/policies/privacy');
  await page.getByLabel('Text', { exact: true }).fill(`# Privacy policy\n\n## What we keep\n\n${words}\n`);
  await page.getByLabel('What changes for the reader').fill(words);
  await staff.press('Review and publish');
}

async function ask(staff: Person, why: string, status = 200): Promise<void> {
  await staff.page.getByLabel('Why').fill(why);
  await staff.press('Ask for a second person', status);
}

const publishes = (staff: Person) => staff.page.getByRole('button', { name: 'Publish version 2' }).count();

async function agreeTo(staff: Person, note: string): Promise<void> {
  await staff.open('/en/console/approvals');
  await staff.page.getByLabel('Note').fill(note);
  await staff.press('Agree');
  await staff.reads('You agreed.');
}

test('two people publish a policy: one asks, the other agrees, nobody agrees with themselves, and a changed draft is another', async (t) => {
  const site = await openSite(t);
  await twoPublishers(site);
  const ada = await person(browser(), site.url);
  const other = await person(browser(), site.url);
  await signIn(ada, owner);
  await signIn(other, bo);
  await draft(ada, 'Your name, for two years.');
  await ada.reads('A second person must agree', 'Bo Berg');
  assert.equal(await publishes(ada), 0, 'nobody publishes alone');
  await withoutBrowserChecks(ada.page);
  await ask(ada, ' ', 422);
  await ada.reads('Write why, so that whoever decides knows what it is about.');
  await ask(ada, 'The board decided it.');
  await ada.reads('You asked on', 'It waits for Bo Berg.');
  await ada.shot('second-person-waiting');

  // Sent twice: by the back button, or by two windows.
  const twice = await ada.page.request.post(`${site.url}/en/console/policies/privacy/ask`, {
    form: { revision: await revision(ada), reason: 'The board decided it.' },
    headers: { 'sec-fetch-site': 'same-origin', accept: 'text/html' },
  });
  assert.equal(twice.status(), 422);
  assert.match(await twice.text(), /You have asked for exactly this already/);

  // Whoever asked does not decide.
  await ada.open('/en/console/approvals');
  await ada.reads('Publish Privacy policy (2)', 'You asked for this yourself, so somebody else decides.');
  assert.equal(await ada.page.getByRole('button', { name: 'Agree' }).count(), 0);
  const id = (await ada.page.locator('article[id^=approval-]').getAttribute('id'))?.replace('approval-', '') ?? '';
  const own = await ada.page.request.post(`${site.url}/en/console/approvals/${id}`, {
    form: { decision: 'approve', [`note-${id}`]: '' },
    headers: { 'sec-fetch-site': 'same-origin', accept: 'text/html' },
  });
  assert.equal(own.status(), 422);

  await agreeTo(other, 'Read it with our lawyer.');
  await ada.open(review);
  await ada.reads('A second person agreed to exactly this.');
  assert.equal(await publishes(ada), 1);

  // A changed draft is another one: the agreement is void.
  await draft(ada, 'Your name, for ten years.');
  await ada.reads('A second person must agree');
  assert.equal(await publishes(ada), 0);
  await ask(ada, 'The board changed its mind.');
  await agreeTo(other, 'So be it.');
  await ada.open(review);
  await ada.shot('second-person-given');
  await ada.press('Publish version 2');
  await ada.reads('Published. It is in the public log within a second.');
  await other.open('/en/policies/privacy');
  await other.awaits((page) => page.getByText('Your name, for ten years.'));
  await other.open('/en/console/approvals');
  await other.reads('Agreed and done');
  await ada.leave();
  await other.leave();
  assert.deepEqual(site.log, []);
});

async function revision({ page }: Person): Promise<string> {
  await page.reload();
  const given = page.locator('input[name=revision]');
  // While somebody is asked there is no form: the draft was saved once.
  return (await given.count()) > 0 ? await given.first().inputValue() : '1';
}
