import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { objectId } from '../../src/kernel/ids.ts';
import type { Context } from '../../src/kernel/context.ts';
import { openSession } from '../../src/modules/accounts/index.ts';
import { stepAt, totpCode } from '../../src/modules/accounts/totp/totp-code.ts';
import { oneBrowser, person, type Person } from './browse.ts';
import { establishBank, must, owner } from './establish-bank.ts';
import { type JourneySite, openSite } from './open-site.ts';

const browser = oneBrowser();

/** The same site by the name that browsers make passkeys for. */
const named = ({ url }: JourneySite) => url.replace('127.0.0.1', 'localhost');

async function bank(t: TestContext): Promise<JourneySite> {
  const site = await openSite(t);
  await establishBank(site);
  return site;
}

/** A device that keeps passkeys and answers at once, as if a finger lay on it. */
async function withDevice(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

async function signIn(staff: Person, status = 200): Promise<void> {
  await staff.open('/en/console/sign-in');
  await staff.page.getByLabel('E-mail address').fill(owner.email);
  await staff.page.getByLabel('Passphrase').fill(owner.passphrase);
  await staff.press('Sign in', status);
}

test('staff add a passkey, sign in with it without typing anything, prove again with it and remove it', async (t) => {
  const site = await bank(t);
  const staff = await person(browser(), named(site));
  const { page } = staff;
  await withDevice(page);
  await signIn(staff);
  await staff.follow(owner.email);
  await staff.reads('Security of your account', 'Whoever learns your passphrase is in.');
  await staff.shot('prove-security-bare');
  await staff.follow('Add a passkey');
  await page.getByLabel('Name', { exact: true }).fill('My laptop');
  await staff.shot('prove-new-passkey');
  await staff.press('Make the passkey');
  await staff.reads('The passkey is added.', 'My laptop', 'You have no recovery codes.');
  await staff.shot('prove-security-passkey');
  await staff.press('Sign out');
  await staff.press('Sign in with a passkey');
  await staff.reads('What needs doing');
  await staff.open('/en/console/account/sessions');
  await staff.reads('Signed in with passkey', 'Signed in with passphrase', 'this one');
  await staff.shot('prove-sessions');

  // Ten minutes later what opens doors asks for a proof, and leads on to where it was asked.
  site.advance({ minutes: 11 });
  const before = await tokenOf(staff);
  await staff.open('/en/console/account/passphrase');
  await staff.reads('Is it you?');
  await staff.shot('prove-confirm');
  await staff.press('Use my passkey');
  await staff.reads('Change your passphrase');
  assert.notEqual(await tokenOf(staff), before, 'the session goes on under a new token');
  site.advance({ minutes: 11 });
  await staff.open('/en/console/account');
  await page.getByText('Rename or remove').click();
  await staff.press('Remove this passkey');
  await staff.reads('Is it you?');
  assert.match(page.url(), /return=%2Fen%2Fconsole%2Faccount$/, 'a form leads back to the page it stood on');
  await page.getByLabel('Your passphrase').fill('something else');
  await staff.press('It is me', 422);
  await staff.reads('This is not your passphrase.');
  await page.getByLabel('Your passphrase').fill(owner.passphrase);
  await staff.press('It is me');
  await page.getByText('Rename or remove').click();
  await staff.press('Remove this passkey');
  await staff.reads('It opens nothing any more.');
  await staff.press('Sign out');
  await staff.press('Sign in with a passkey', 422);
  await staff.reads('This passkey opens nothing here');
  await staff.leave();
  assert.deepEqual(site.log, []);
});

async function tokenOf({ context }: Person): Promise<string> {
  return (await context.cookies()).find(({ name }) => name === 'plain-staff')?.value ?? '';
}

test('an app and recovery codes stand behind the passphrase, all without JavaScript', async (t) => {
  const site = await bank(t);
  const staff = await person(browser(), site.url, { javaScriptEnabled: false });
  const { page } = staff;
  await staff.open('/en/console/sign-in');
  await staff.reads('Passkeys belong to one address', `${named(site)}/en/console/sign-in`);
  await signIn(staff);
  await staff.open('/en/console/account/passkeys/new');
  await staff.reads(`${named(site)}/en/console/account/passkeys/new`);
  await staff.open('/en/console/account');
  await staff.follow('Set up an app');
  const secret = fromBase32((await page.locator('code.hash').innerText()).replaceAll(/\s/g, ''));
  const code = (steps = 0) => totpCode(secret, stepAt(site.installation.ledger.now()) + steps);
  await staff.shot('prove-totp');
  await page.getByLabel('Code that the app shows now').fill('12345');
  await staff.press('Set up', 422);
  await staff.reads('This code is not right');
  const used = code();
  await page.getByLabel('Code that the app shows now').fill(used);
  await staff.press('Set up');
  await staff.reads('The app is set up.');
  await staff.press('Make ten codes');
  const codes = (await page.locator('pre code').innerText()).split('\n');
  assert.equal(codes.length, 10);
  await staff.shot('prove-codes');
  await staff.follow('I have put them away');
  await staff.press('Sign out');

  await signIn(staff);
  await staff.reads('One more step', 'Code of your app, or a recovery code');
  await staff.shot('prove-second');
  await page.getByLabel('Code of your app').fill(used);
  await staff.press('Sign in', 422);
  await staff.reads('This code is not right, or it was used already.');
  await page.getByLabel('Code of your app').fill(code(1));
  await staff.press('Sign in');
  await staff.reads('What needs doing');
  await staff.press('Sign out');
  await signIn(staff);
  await page.getByLabel('Code of your app').fill(codes[3] ?? '');
  await staff.press('Sign in');
  await staff.reads('You signed in with a recovery code', '9 are left.');
  await staff.shot('prove-code-used');

  await staff.open('/en/console/account/sessions');
  await staff.reads('Signed in with passphrase and recovery code', 'Refused: passphrase and app code');
  await page.getByRole('button', { name: 'This was not me' }).nth(1).click();
  await staff.reads('Every other session has ended', 'A sign-in that was not you');
  await staff.open('/en/console');
  await staff.follow('Somebody says a sign-in was not theirs');
  await staff.reads(owner.email, 'The person has not yet looked through what was changed since that sign-in.');
  await staff.shot('prove-dispute');
  await page.getByLabel('What came of it').fill('It was the old telephone.');
  await staff.press('Close the report');
  assert.equal(await page.getByText('Somebody says a sign-in was not theirs').count(), 0);
  await staff.leave();
  assert.deepEqual(site.log, []);
});

test('a user adds a passkey in the portal and signs in with it; staff do not come in by that door', async (t) => {
  const site = await bank(t);
  const user = await person(browser(), named(site));
  const { page, context } = user;
  await withDevice(page);
  const accountId = objectId();
  await site.installation.ledger.db
    .insertInto('accounts.account')
    .values({
      id: accountId,
      kind: 'user',
      email: 'uma@example.org',
      name: 'Uma',
      passphraseHash: null,
      passphraseSetAt: null,
      createdAt: site.installation.ledger.now(),
      leftAt: null,
    })
    .execute();
  const device = { device: 'Firefox · Linux', network: '203.0.113.*' };
  const open = (ctx: Context) => openSession(ctx, { accountId, method: 'link', device });
  const { token } = await must(site.installation.ledger, open);
  await must(site.installation.ledger, open);
  await context.addCookies([{ name: 'plain-user', value: token, url: named(site) }]);
  await user.open('/en/me/security');
  await user.reads('Whoever reads your mail', 'You are signed in on one more device');
  await user.follow('Add a passkey');
  await page.getByLabel('Name', { exact: true }).fill('Telephone');
  await user.press('Make the passkey');
  await user.reads('The passkey is added.', 'Telephone');
  await user.shot('prove-portal-security');
  await user.open('/en/me/security/sessions');
  await user.press('End all others');
  await user.reads('You are signed in on this device alone.');
  await context.clearCookies();
  await user.open('/en/me/passkey');
  await user.shot('prove-portal-passkey');
  await user.press('Use my passkey');
  await page.waitForURL(`${named(site)}/en/me`);
  await user.open('/en/me/security/sessions');
  await user.reads('Signed in with passkey', 'Signed in with a link sent by e-mail');
  site.advance({ minutes: 11 });
  await user.open('/en/me/security/passkeys/new');
  await user.reads('Is it you?');
  await user.press('Use my passkey');
  await user.reads('Add a passkey');
  await user.open('/en/console/sign-in');
  await user.press('Sign in with a passkey', 422);
  await user.reads('This passkey opens nothing here');
  await user.leave();
  assert.deepEqual(site.log, []);
});

function fromBase32(text: string): Buffer {
  const digits = (letter: string) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0');
  const bits = Array.from(text, digits).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
