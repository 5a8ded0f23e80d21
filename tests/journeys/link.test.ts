import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import PostalMime from 'postal-mime';
import { mailServer, type MailServer } from '../support/mail-server.ts';
import { oneBrowser, type Person, person } from './browse.ts';
import { establishBank, owner } from './establish-bank.ts';
import { type JourneySite, openSite } from './open-site.ts';
import { newUser, tokenFor } from './signed-in-client.ts';

const browser = oneBrowser();
const noScript = { javaScriptEnabled: false };

/** The installation's letters, in order; waits until there are as many. */
async function letter({ received }: MailServer, nth: number) {
  const until = performance.now() + 20_000;
  while (received.length < nth) {
    assert.ok(performance.now() < until, 'no letter came');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const parsed = await PostalMime.parse(received[nth - 1]?.raw ?? '');
  const path = /https?:\/\/[^/]+(\/\S*token=\S+)/.exec(parsed.text ?? '')?.[1] ?? '';
  const code = /\b\d{4} \d{4}\b/.exec(parsed.text ?? '')?.[0] ?? '';
  return { to: parsed.to?.[0]?.address, subject: parsed.subject, path, code };
}

async function bankWithMail(t: TestContext) {
  const mail = await mailServer(t);
  const site = await openSite(t, undefined, { mail: { ...mail.settings, dkim: null } });
  await establishBank(site);
  return { mail, site };
}

test('somebody signs in by a link from a letter without a script, changes the address and signs out', async (t) => {
  const { mail, site } = await bankWithMail(t);
  const ada = await person(browser(), site.url, noScript);
  await ada.open('/en/me/sign-in');
  await ada.page.getByLabel('E-mail address').fill('ada@example.org');
  await ada.shot('link-1-sign-in');
  await ada.press('Send me a link');
  await ada.reads('If this address can be used, a link is on its way');
  await ada.shot('link-2-sent');
  const first = await letter(mail, 1);
  assert.deepEqual([first.to, first.subject], ['ada@example.org', 'Your sign-in link for Harbour Bank']);
  const referers: string[] = [];
  ada.page.on('request', (request) => referers.push(request.headers()['referer'] ?? ''));
  await ada.open(first.path);
  await ada.reads('Sign in to Harbour Bank');
  await ada.follow('Deutsch');
  await ada.reads('Anmelden bei Harbour Bank');
  await ada.follow('English');
  await ada.press('Sign in');
  await ada.reads('You are signed in', 'ada@example.org', 'Add a passkey');
  await ada.shot('link-3-signed-in');
  assert.ok(referers.length > 5);
  assert.deepEqual(
    referers.filter((referer) => /token|open/.test(referer)),
    [],
    'the key in the address reaches no other request',
  );
  await ada.open(first.path);
  await ada.press('Sign in', 422);
  await ada.reads('This link is over');

  await ada.open('/en/me/address');
  await ada.page.getByLabel('New e-mail address').fill('new@example.org');
  await ada.press('Send the link');
  const second = await letter(mail, 2);
  assert.equal(second.to, 'new@example.org');
  await ada.open(second.path);
  await ada.press('Yes, use this address');
  await ada.reads('The address is changed');
  assert.deepEqual((await letter(mail, 3)).to, 'ada@example.org');
  await ada.open('/en/me/signed-in');
  await ada.reads('new@example.org');
  await ada.press('Sign out');
  await ada.reads('You are signed out');
  await ada.open('/en/me/signed-in');
  assert.match(ada.page.url(), /\/en\/me\/sign-in$/);
  await ada.leave();
});

test('a link opened on the phone signs in the computer that asked, by a code, and nobody on the phone', async (t) => {
  const { mail, site } = await bankWithMail(t);
  const computer = await person(browser(), site.url, noScript);
  await computer.open('/de/me/sign-in');
  await computer.page.getByLabel('E-Mail-Adresse').fill('ada@example.org');
  await computer.press('Link schicken');
  const { path } = await letter(mail, 1);
  const phone = await person(browser(), site.url, { ...noScript, viewport: { width: 375, height: 700 } });
  await phone.open(path);
  await phone.press('Anmelden');
  await phone.shot('link-4-code');
  const code = (await phone.page.locator('pre code').innerText()).trim();
  assert.match(code, /^\d{3} \d{3}$/);
  assert.deepEqual(await phone.context.cookies(), []);
  await phone.leave();
  await computer.page.getByLabel('Code').fill(code === '111 111' ? '222222' : '111111');
  await computer.press('Anmelden', 422);
  await computer.reads('Das ist nicht der Code');
  await computer.page.getByLabel('Code').fill(code);
  await computer.press('Anmelden');
  await computer.reads('Sie sind angemeldet', 'ada@example.org');
  await computer.leave();
});

/** A user without a passkey, signed in for longer than a proof lasts. */
async function signedInLongAgo(site: JourneySite, accountId: string): Promise<Person> {
  const somebody = await person(browser(), site.url, noScript);
  const value = await tokenFor(site, accountId);
  await somebody.context.addCookies([{ name: 'plain-user', value, url: site.url }]);
  return somebody;
}

const heldBy = async ({ context }: Person) => (await context.cookies()).find(({ name }) => name === 'plain-user')?.value;

test('a user without a passkey proves by a letter that it is them, in this session alone, and goes on where they were', async (t) => {
  const { mail, site } = await bankWithMail(t);
  const accountId = await newUser(site, 'ada@example.org');
  const ada = await signedInLongAgo(site, accountId);
  const elsewhere = await signedInLongAgo(site, accountId);
  const eve = await signedInLongAgo(site, await newUser(site, 'eve@example.org'));
  const stranger = await person(browser(), site.url, noScript);
  site.advance({ minutes: 11 });
  await ada.open('/en/me/security/passkeys/new');
  await ada.reads('Is it you?', 'We send a link and a code to ada@example.org');
  await ada.shot('letter-1-confirm');
  await ada.press('Send me a link and a code');
  await ada.reads('A letter is on its way to ada@example.org');
  await ada.shot('letter-2-sent');
  const first = await letter(mail, 1);
  assert.deepEqual([first.to, first.subject], ['ada@example.org', 'Is it you? Harbour Bank asks once more']);
  const before = await heldBy(ada);
  for (const other of [elsewhere, eve]) {
    await other.open(first.path);
    await other.press('It is me', 422);
    await other.reads('This link is over, or it was asked for in another session.');
    await other.open('/en/me/security/passkeys/new');
    await other.reads('Is it you?');
  }
  await stranger.open(first.path);
  assert.match(stranger.page.url(), /\/en\/me\/sign-in/, 'it signs nobody in');
  await ada.open(first.path);
  await ada.shot('letter-3-open');
  await ada.press('It is me');
  assert.match(ada.page.url(), /\/en\/me\/security\/passkeys\/new$/);
  await ada.reads('Add a passkey');
  assert.notEqual(await heldBy(ada), before, 'the session goes on under a new token');
  await ada.open(first.path);
  await ada.press('It is me', 422);
  await ada.reads('This link is over');

  // Read on another device: the code is typed where it was asked for.
  site.advance({ minutes: 11 });
  await ada.open('/de/me/data');
  await erase(ada);
  await ada.reads('Sind Sie es?');
  await ada.press('Link und Code senden');
  const { code } = await letter(mail, 2);
  await ada.page.getByLabel('Code aus der Nachricht').fill(code === '1111 1111' ? '22222222' : '11111111');
  await ada.press('Ich bin es', 422);
  await ada.reads('Das ist nicht der Code aus der neuesten Nachricht.');
  await ada.page.getByLabel('Code aus der Nachricht').fill(code);
  await ada.press('Ich bin es');
  assert.match(ada.page.url(), /\/de\/me\/data$/);
  await erase(ada);
  await ada.reads('Ihr Konto ist gelöscht');
  for (const each of [ada, elsewhere, eve, stranger]) await each.leave();
  assert.deepEqual(site.log, []);
});

async function erase(somebody: Person): Promise<void> {
  await somebody.page.locator('summary').last().click();
  await somebody.page.getByRole('checkbox').last().check();
  await somebody.press('Alles löschen');
}

test('a sample sends nothing: its owner reads the letter in the console and clicks through; elsewhere there is no such page', async (t) => {
  const site = await openSite(t, undefined, { mail: 'catch' });
  await establishBank(site);
  const ada = await person(browser(), site.url, noScript);
  await ada.open('/en/me/sign-in');
  await ada.page.getByLabel('E-mail address').fill('ada@example.org');
  await ada.press('Send me a link');
  await ada.open('/en/console/sign-in');
  await ada.page.getByLabel('E-mail address').fill(owner.email);
  await ada.page.getByLabel('Passphrase').fill(owner.passphrase);
  await ada.press('Sign in');
  await ada.open('/en/console/mail');
  await ada.awaits((page) => page.getByRole('heading', { name: 'Your sign-in link for Harbour Bank' }));
  await ada.reads('nothing is sent to anybody', 'ada@example.org');
  await ada.shot('link-5-caught');
  await ada.follow('As HTML');
  await ada.follow('Open the sign-in page');
  await ada.press('Sign in');
  await ada.reads('You are signed in as ada@example.org');
  await ada.leave();

  const other = await bankWithMail(t);
  const eve = await person(browser(), other.site.url, noScript);
  await eve.open('/en/console/mail', 404);
  await eve.leave();
});
