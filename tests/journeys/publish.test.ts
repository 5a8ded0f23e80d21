import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { type Fault, fsck } from '../../src/ledger/index.ts';
import { oneBrowser, type Person, person, withoutBrowserChecks } from './browse.ts';
import { type JourneySite, openSite } from './open-site.ts';

const browser = oneBrowser();
const passphrase = 'barrel organ seven lakes';

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript';
  const name = (step: string) => `publish-${javaScriptEnabled ? 'js' : 'plain'}-${step}`;

  test(`from the set-up link to a published change, ${how}; one altered byte is found and its entry named`, async (t) => {
    const site = await openSite(t);
    const staff = await person(browser(), site.url, { javaScriptEnabled });
    await setUp(site, staff, name);
    await publishFirst(staff, name);
    const visitor = await person(browser(), site.url, { javaScriptEnabled });
    const entry = await readFirst(visitor, name);
    await publishChange(staff, name);
    await readChange(visitor, name);
    if (javaScriptEnabled) await verify(site, visitor, entry, name);
    else {
      await visitor.open('/en/verify');
      await visitor.reads('Checking on this page needs JavaScript', 'Download the offline checker');
    }
    await findTampering(site, javaScriptEnabled ? visitor : null, entry, name);
    await staff.leave();
    await visitor.leave();
    assert.deepEqual(site.log, []);
  });
}

type Named = (step: string) => string;

async function setUp(site: JourneySite, staff: Person, name: Named): Promise<void> {
  const { page } = staff;
  await staff.open('/en/', 503);
  await staff.reads('Not set up yet');
  const link = await site.setUpLink();
  await page.goto(link);
  await staff.shot(name('set-up'));
  await page.getByLabel('Name', { exact: true }).fill('Harbour Bank');
  assert.equal(await page.getByLabel('Public address').inputValue(), site.url);
  await page.getByLabel('Sector').selectOption('Finance: bank, insurance, payments');
  await page.getByLabel('Your e-mail address').fill('owner@harbour.example');
  await page.getByLabel('Time zone').fill('Europe/Atlantis');
  await page.getByLabel('Passphrase').fill(passphrase);
  await staff.press('Set up', 422);
  await staff.reads('“Europe/Atlantis” is not a time zone. Write it like Europe/Berlin.', 'What you wrote is kept below.');
  assert.equal(await page.getByLabel('Time zone').getAttribute('aria-invalid'), 'true');
  await page.getByLabel('Time zone').fill('Europe/Berlin');
  await page.getByLabel('Passphrase').fill('short');
  await withoutBrowserChecks(page);
  await staff.press('Set up', 422);
  await staff.reads('A passphrase needs at least 12 characters.');
  await staff.shot(name('set-up-wrong'));
  assert.equal(await page.getByLabel('Passphrase').getAttribute('aria-invalid'), 'true');
  for (const [label, value] of [
    ['Name', 'Harbour Bank'],
    ['Your e-mail address', 'owner@harbour.example'],
    ['Time zone', 'Europe/Berlin'],
    ['Sector', 'finance'],
    // Of all that was sent, this alone never comes back.
    ['Passphrase', ''],
  ] as const) {
    assert.equal(await page.getByLabel(label, { exact: true }).inputValue(), value, label);
  }
  await page.getByLabel('Passphrase').fill(passphrase);
  await staff.press('Set up');
  await staff.reads('Troth is set up and you are signed in.', 'Publish your first policy', 'Start from a template');
  await staff.shot(name('console-first'));
  const second = await person(browser(), site.url);
  await second.open(new URL(link).pathname + new URL(link).search, 410);
  await second.reads('Troth is already set up');
  await second.leave();
}

async function publishFirst(staff: Person, name: Named): Promise<void> {
  const { page } = staff;
  await staff.follow('Start from a template');
  await page.getByRole('radio', { name: 'Privacy policy' }).check();
  await staff.press('Begin the draft');
  await staff.reads('The draft is begun. Only staff see it.');
  const text = page.getByLabel('Text', { exact: true });
  const template = await text.inputValue();
  assert.match(template, /^# Privacy policy\n/);
  assert.match(template, /Harbour Bank/);
  const [last = ''] = template.match(/\[\[[^\]]*\]\]/g)?.slice(-1) ?? [];
  const filled = template.replaceAll(/\[\[[^\]]*\]\]/g, (blank) => (blank === last ? blank : 'As told by our staff.'));
  await text.fill(filled);
  await page.getByLabel('What changes for the reader').fill('Our first policy: what we hold about you, and why.');
  await staff.press('Review and publish');
  await staff.reads('A blank of the template is still open in line', last);
  assert.equal(await page.getByRole('button', { name: 'Publish version 1' }).count(), 0);
  await staff.shot(name('review-blank'));
  await staff.follow('Back to the draft');
  await text.fill(filled.replace(last, '30'));
  await staff.press('Preview');
  assert.ok(await page.getByRole('heading', { name: 'Who is responsible' }).isVisible());
  await staff.shot(name('preview'));
  await staff.press('Review and publish');
  await staff.reads('Our first policy', 'It takes effect at once.', 'The document becomes public.');
  await staff.shot(name('review'));
  await staff.press('Publish version 1');
  await staff.reads('Published. It is in the public log within a second.');
}

/** @returns The entry of the text, which carries its bytes. */
async function readFirst(visitor: Person, name: Named): Promise<number> {
  const { page } = visitor;
  await visitor.open('/en');
  await visitor.follow('Privacy policy');
  await visitor.awaits(() => page.getByRole('link', { name: /^Log entry/ }));
  await visitor.reads('In force since', 'This is version 1; it is the only one.', 'Our first policy', 'Harbour Bank');
  await visitor.shot(name('policy'));
  await page
    .getByRole('link', { name: /^Log entry/ })
    .first()
    .click();
  await visitor.reads('Why this text cannot be swapped', 'Signed by Harbour Bank alone; not witnessed', 'What we collect');
  await visitor.shot(name('entry'));
  const entry = /\/log\/public\/entry\/(\d+)$/.exec(page.url())?.[1];
  assert.ok(entry, page.url());
  return Number(entry);
}

async function publishChange(staff: Person, name: Named): Promise<void> {
  const { page } = staff;
  const text = page.getByLabel('Text', { exact: true });
  const before = await text.inputValue();
  const after = before.replace('We sell your data to nobody.', 'We sell your data to nobody, and we rent it to nobody.');
  assert.notEqual(after, before);
  await text.fill(after);
  await page.getByLabel('What changes for the reader').fill('We promise not to rent out your data either.');
  await staff.press('Review and publish');
  await staff.reads('What changes against version 1', 'One passage reworded, 0 added, 0 removed.');
  assert.equal((await page.locator('ins').allInnerTexts()).join(' ').replaceAll(/\s+/g, ' ').trim(), added);
  await staff.shot(name('review-change'));
  await staff.press('Publish version 2');
}

const added = 'added: , and we rent it to nobody end of added text';

async function readChange(visitor: Person, name: Named): Promise<void> {
  const { page } = visitor;
  await visitor.open('/en/policies/privacy-policy/changes/2');
  await visitor.reads('Version 2 against version 1', 'One passage is reworded, none added, none removed.');
  assert.equal((await page.locator('ins').allInnerTexts()).join(' ').replaceAll(/\s+/g, ' ').trim(), added);
  assert.equal(await page.locator('del').count(), 0);
  await visitor.shot(name('change'));
}

async function verify(site: JourneySite, visitor: Person, entry: number, name: Named): Promise<void> {
  const { page } = visitor;
  await visitor.open('/en/verify');
  await page.getByLabel('Link or entry number').fill(`${site.url}/en/log/public/entry/${entry}`);
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await page.getByRole('heading', { name: 'Yes. This text is in the log, letter for letter.' }).waitFor();
  await visitor.reads('Signed by', 'not witnessed', 'We sell your data to nobody.');
  await visitor.shot(name('verified'));
}

/** One byte of the stored text, then one of the stored leaf; each is put right again after it was found. */
async function findTampering(site: JourneySite, visitor: Person | null, entry: number, name: Named): Promise<void> {
  const { db } = site.installation.ledger;
  const row = await db
    .selectFrom('ledger.event')
    .select(['id', 'leaf'])
    .where('log', '=', 'public')
    .where('index', '=', entry)
    .executeTakeFirstOrThrow();
  const body = await db
    .selectFrom('ledger.body')
    .select(['hash', 'bytes'])
    .where('eventId', '=', row.id)
    .executeTakeFirstOrThrow();
  assert.ok(body.bytes);
  assert.deepEqual(await faults(site), []);
  const setBody = (bytes: Buffer) => db.updateTable('ledger.body').set({ bytes }).where('hash', '=', body.hash).execute();
  const setLeaf = async (leaf: Buffer) => {
    await sql`alter table ledger.event disable trigger event_append_only`.execute(db);
    await db.updateTable('ledger.event').set({ leaf }).where('id', '=', row.id).execute();
    await sql`alter table ledger.event enable trigger event_append_only`.execute(db);
  };
  for (const [what, set, bytes, at] of [
    ['body', setBody, body.bytes, body.bytes.indexOf('nobody')],
    // A digit of a hash: the leaf stays well formed, and only the tree contradicts it.
    ['leaf', setLeaf, row.leaf, row.leaf.indexOf('"bodyHash":"') + 14],
  ] as const) {
    const altered = Buffer.from(bytes);
    // A hexadecimal digit must stay one: an f with its last bit turned is a g, which is another fault than the one looked for.
    altered[at] = altered[at] === 0x65 ? 0x64 : 0x65;
    await set(altered);
    const found = await faults(site);
    assert.ok(
      found.some(({ log, index }) => log === 'public' && index === entry),
      `fsck does not name entry ${entry}: ${what}`,
    );
    if (visitor) {
      const { page } = visitor;
      await visitor.open(`/en/verify?verify-link=${entry}`);
      await page.getByRole('heading', { name: /^No\. Something in this file was changed/ }).waitFor();
      await visitor.reads(`Entry ${entry}: `);
      await visitor.shot(name(`tampered-${what}`));
    }
    await set(bytes);
    assert.deepEqual(await faults(site), []);
  }
}

async function faults({ installation: { ledger, store } }: JourneySite): Promise<Fault[]> {
  const told: Fault[] = [];
  await fsck({ db: ledger.db, secrets: ledger.secrets, store, now: () => ledger.now() }, (fault) => told.push(fault));
  return told;
}
