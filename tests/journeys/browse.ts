import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before } from 'node:test';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../../src/surfaces/verify/test/checker-site.ts';

const shots = process.env['TROTH_SHOTS'] === undefined ? null : '/tmp/shots-journeys';

/** Somebody at a browser, who notes every complaint of it and every request that leaves the site. */
export type Person = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Goes to an address of the site and demands this status. */
  open(path: string, status?: number): Promise<void>;
  /** Presses a button that sends a form, and demands the status of the page that answers. */
  press(name: string | RegExp, status?: number): Promise<void>;
  follow(name: string | RegExp): Promise<void>;
  /** Whether these words stand on the page, as a person would read them. */
  reads(...sentences: (string | RegExp)[]): Promise<void>;
  /** Loads the page again until it shows this: what is signed within a second is not there at once. */
  awaits(what: (page: Page) => Locator): Promise<void>;
  shot(name: string): Promise<void>;
  leave(): Promise<void>;
};

/** One browser for the tests of a file. */
export function oneBrowser(): () => Browser {
  let browser: Browser | undefined;
  before(async () => {
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
  });
  return () => {
    assert.ok(browser);
    return browser;
  };
}

type Options = NonNullable<Parameters<Browser['newContext']>[0]>;

export async function person(browser: Browser, url: string, options: Options = {}): Promise<Person> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const complaints = watch(page, url);
  const reads = async (...sentences: (string | RegExp)[]) => {
    const text = await page.locator('body').innerText();
    for (const sentence of sentences) {
      const found = typeof sentence === 'string' ? text.includes(sentence) : sentence.test(text);
      assert.ok(found, `${page.url()} does not say: ${String(sentence)}\n${text}`);
    }
  };
  return {
    page,
    context,
    reads,
    async open(path, status = 200) {
      const answer = await page.goto(new URL(path, url).href);
      assert.equal(answer?.status(), status, path);
    },
    async press(name, status = 200) {
      const button = page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
      const [answer] = await Promise.all([
        page.waitForResponse((response) => response.request().isNavigationRequest() && response.status() !== 303),
        button.click(),
      ]);
      assert.equal(answer.status(), status, `${String(name)} led to ${answer.url()}`);
      await page.waitForLoadState();
    },
    async follow(name) {
      await page.getByRole('link', { name }).first().click();
      await page.waitForLoadState();
    },
    async awaits(what) {
      const until = performance.now() + 20_000;
      while (!(await what(page).first().isVisible())) {
        assert.ok(performance.now() < until, `never came: ${what(page).toString()}\n${await page.locator('body').innerText()}`);
        await page.reload();
      }
    },
    async shot(name) {
      if (shots === null) return;
      mkdirSync(shots, { recursive: true });
      await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
    },
    async leave() {
      await context.close();
      assert.deepEqual(complaints, []);
    },
  };
}

/** Complaints of the browser (breaches of the content policy are among them) and requests to anywhere else. */
export function watch(page: Page, url: string): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    // A refused form is answered with its status, which the browser notes as an error of its own.
    if (/status of (4\d\d|503)/.test(message.text())) return;
    if (['error', 'warning'].includes(message.type())) complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on('request', (request) => {
    const to = request.url();
    if (!to.startsWith(`${url}/`) && !to.startsWith('data:') && !to.startsWith('blob:')) complaints.push(`request to ${to}`);
  });
  return complaints;
}

/** Sends what the browser's own checks would hold back: those are a courtesy, and the server must not rely on them. */
export async function withoutBrowserChecks(page: Page): Promise<void> {
  await page.locator('form').evaluateAll((forms) => {
    for (const form of forms) form.setAttribute('novalidate', '');
  });
}
