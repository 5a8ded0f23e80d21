import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { demoOwner, seedDemo } from '../../src/app/seed-demo.ts';
import { askQuestion } from '../../src/modules/support/index.ts';
import { findBarriers } from '../support/find-barriers.ts';
import { oneBrowser, type Person, person, withoutBrowserChecks } from './browse.ts';
import { must } from './establish-bank.ts';
import { type JourneySite, openSite } from './open-site.ts';
import { appoint, client, newUser, tokenFor, user } from './signed-in-client.ts';

const browser = oneBrowser();
const ends: (() => Promise<void>)[] = [];
let site: JourneySite;
before(async () => {
  site = await openSite({ after: (end) => void ends.push(end) }, ({ ledger }) => seedDemo(ledger, 'http://127.0.0.1:8080'));
});
after(async () => {
  for (const end of ends) await end();
});

/** What is read by programs or saved as a file; everything else that a link leads to is a room. */
const isFile = (path: string) =>
  /^\/(assets|log|api)\/|^\/feed\.|^\/\.well-known\/|\.html$|\.json$|\.xml$|\.txt$|\/me\/receipt$/.test(path);

/** Rooms of one kind are made by one function: numbers, names and queries make another page, but no other kind. */
const kindOf = (path: string) =>
  path
    .replace(/\?.*/, '')
    .replace(/\/policies\/(?!new$)[^/]+/, '/policies/NAME')
    .replace(/\/questions\/[^/]+/, '/questions/ID')
    .replaceAll(/\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '/ID')
    .replaceAll(/\/\d+/g, '/N');

type Seen = { path: string; status: number };

/** Follows every link from `start` on, and looks into each room on a phone and on a desk. */
async function walk(visitor: Person, start: readonly string[], mayEnter: (path: string) => boolean): Promise<Seen[]> {
  const { page } = visitor;
  const waiting = [...start];
  const known = new Set(start);
  const walked: string[] = [];
  const seen: Seen[] = [];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const answer = await page.goto(site.url + path);
    seen.push({ path, status: answer?.status() ?? 0 });
    await fitsOn(page, 1280);
    if (path.startsWith('/en') && !walked.includes(kindOf(path))) {
      walked.push(kindOf(path));
      assert.deepEqual(await findBarriers(page), [], path);
    }
    await fitsOn(page, 375);
    for (const href of await page.locator('a[href]').evaluateAll((links) => links.map((link) => link.getAttribute('href')))) {
      const to = new URL(href ?? '', page.url());
      const address = to.pathname + to.search;
      if (to.origin !== site.url || isFile(to.pathname) || known.has(address) || !mayEnter(address)) continue;
      known.add(address);
      waiting.push(address);
    }
  }
  console.log(`${seen.length} rooms, ${walked.length} kinds from ${start[0]}`);
  return seen;
}

async function fitsOn(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
  const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
  assert.ok(Number(wide) <= 0, `${page.url()} scrolls sideways by ${String(wide)} at ${width} px`);
}

const isPublic = (path: string) => /^\/(en|de)(\/|$)/.test(path) && !/^\/..\/(console|me)/.test(path);
const isPortal = (path: string) => /^\/(en|de)\/me/.test(path);
const works = (seen: readonly Seen[]) =>
  assert.deepEqual(
    seen.filter(({ status }) => status !== 200),
    [],
  );

const consoleRooms =
  'policies policies/new policies/NAME questions questions/ID audit health people people/ID people/review roles approvals mandates ' +
  'connections connections/providers connections/keys connections/webhooks connections/scim ' +
  'account account/sessions account/doubt account/passkeys/new account/passphrase account/totp';
const userRooms =
  'questions settings data address mandates mandates/request mandates/offer security security/sessions security/doubt ' +
  'security/passkeys/new confirm';

test('every public room is reached by links, fits a phone and a desk, has no barrier that axe finds and asks nobody else', async () => {
  const visitor = await person(browser(), site.url);
  // The German side is the same functions with other sentences: its longest words are looked at on the pages that a menu leads to.
  const seen = await walk(
    visitor,
    ['/en', '/de'],
    (path) => isPublic(path) && (path.startsWith('/en') || path.split('/').length < 4),
  );
  works(seen);
  const kinds = new Set(seen.map(({ path }) => kindOf(path)));
  for (const kind of [
    '/en',
    '/de',
    '/en/policies/NAME/changes/N',
    '/en/policies/NAME/ask',
    '/en/log/public/entry/N',
    '/en/verify',
  ])
    assert.ok(kinds.has(kind), `no link leads to ${kind}`);
  await visitor.leave();
});

test('every room of the console fits a phone and a desk, has no barrier that axe finds and asks nobody else', async () => {
  const staff = await person(browser(), site.url);
  await staff.open('/en/console/sign-in');
  await staff.page.getByLabel('E-mail address').fill(demoOwner.email);
  await staff.page.getByLabel('Passphrase', { exact: true }).fill(demoOwner.passphrase);
  await staff.press('Sign in');
  const seen = await walk(staff, ['/en/console', '/de/console', '/en/console/account/doubt'], (path) =>
    /^\/(en|de)\/console/.test(path),
  );
  works(seen);
  const kinds = new Set(seen.map(({ path }) => kindOf(path)));
  assert.deepEqual(
    consoleRooms.split(' ').filter((kind) => !kinds.has(`/en/console/${kind}`)),
    [],
    `no link leads there, only to ${[...kinds].join(' ')}`,
  );
  await staff.leave();
});

test('the portal fits a phone and a desk, has no barrier that axe finds and asks nobody else', async () => {
  const asker = await person(browser(), site.url);
  works(await walk(asker, ['/en/me', '/de/me'], isPortal));
  const question = 'May I read this on paper, please?';
  const about = { slug: 'privacy', version: 1, clauseId: null, email: '', mayPublish: false, language: 'en' };
  const { code } = await must(site.installation.ledger, (ctx) => askQuestion(ctx, { ...about, question }));
  await asker.open('/en/me');
  await asker.page.getByLabel('Receipt code').fill(code);
  await asker.press('Open');
  await asker.reads(question);
  works(await walk(asker, ['/en/me', '/de/me'], isPortal));
  await asker.leave();
});

test('every room of a user who acts for somebody is reached by links, fits a phone and a desk, and has no barrier that axe finds', async () => {
  const userId = await newUser(site, 'ada@example.org');
  const [ada, paul] = [await client(site, 'user', userId), await user(site, 'paul@example.org')];
  await appoint(site, paul, ada, 'ada@example.org', { read: 'yes', manage: 'yes' });
  const somebody = await person(browser(), site.url);
  const value = await tokenFor(site, userId);
  await somebody.context.addCookies([{ name: 'plain-user', value, url: site.url }]);
  const seen = await walk(somebody, ['/en/me', '/de/me', '/en/me/confirm', '/en/me/security/doubt'], isPortal);
  works(seen);
  const kinds = new Set(seen.map(({ path }) => kindOf(path)));
  assert.deepEqual(
    userRooms.split(' ').filter((kind) => !kinds.has(`/en/me/${kind}`)),
    [],
    `no link leads there, only to ${[...kinds].join(' ')}`,
  );
  await somebody.leave();
});

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript';
  test(`by keyboard: the skip link comes first, focus is always visible, and the errors of a form take it, ${how}`, async () => {
    const visitor = await person(browser(), site.url, { javaScriptEnabled });
    const { page } = visitor;
    await visitor.open('/en/policies/privacy');
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to main content' });
    const focused = await skip.evaluate((link) => {
      const { top, left } = link.getBoundingClientRect();
      return { focused: link === document.activeElement, seen: top >= 0 && left >= 0 };
    });
    assert.deepEqual(focused, { focused: true, seen: true });
    await page.keyboard.press('Enter');
    await page.waitForURL(/#main$/);
    await page.keyboard.press('Tab');
    assert.ok(await page.locator('main :focus').count(), 'after the skip link, the next stop is in the main part');
    await visitor.open('/en');
    for (let stop = 0; stop < 20; stop += 1) {
      await page.keyboard.press('Tab');
      const shown = await page.locator(':focus').evaluate((element) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
        return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
      });
      assert.ok(shown, `focus cannot be seen at ${await page.locator(':focus').innerText()}`);
    }
    await visitor.open('/en/policies/privacy/ask');
    await withoutBrowserChecks(page);
    await visitor.press('Send question', 422);
    const errors = page.getByRole('alert');
    assert.ok(await errors.evaluate((alert) => alert === document.activeElement), 'the summary has the focus');
    await visitor.shot(`rooms-errors-${javaScriptEnabled ? 'js' : 'plain'}`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#question$/);
    await visitor.leave();
  });
}

test('nothing was written to the process’s own log', () => assert.deepEqual(site.log, []));
