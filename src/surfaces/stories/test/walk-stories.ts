import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { chromium, type Browser } from 'playwright-core';
import { findBarriers } from '../../../../tests/support/find-barriers.ts';
import { buildAssets } from '../../build-assets.ts';
import { stories } from '../stories.ts';
import type { Story } from '../story.ts';

const assets = await buildAssets();
const pages = new Map(stories.map((story) => [`/${story.name}`, story.page(assets)]));
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; base-uri 'none'";

const server = createServer((request, response) => {
  const asset = assets.at(request.url ?? '');
  const page = pages.get(request.url ?? '');
  response.setHeader('content-type', asset?.mediaType ?? 'text/html; charset=utf-8');
  response.setHeader('content-security-policy', policy);
  // A letter names no icon, so the browser looks for one by itself.
  const icon = request.url === '/favicon.ico' && (request.headers.referer ?? '').startsWith(`${origin}/mail-`);
  response.statusCode = asset || page ? 200 : icon ? 204 : 404;
  response.end(asset?.bytes ?? page);
});
let browser: Browser;
let origin = '';

before(async () => {
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  origin = `http://127.0.0.1:${address.port}`;
  const quiet = ['gpu', 'quic', 'background-networking', 'component-update', 'sync'].map((feature) => `--disable-${feature}`);
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--no-first-run', ...quiet],
  });
});

after(async () => {
  await browser?.close();
  server.close();
});

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
// Darkness changes colours and nothing else, so only what judges colours is asked again.
const colourRules = ['color-contrast', 'link-in-text-block'];

/** It paints no ground of its own, and the checker takes any unpainted ground for white, also in the dark. */
const isLetter = ({ name }: Story) => name.startsWith('mail-');

/** A letter in plain text is no page: the program that shows it lays it out. Its story is for the golden files. */
const isPlainText = ({ name }: Story) => /^mail-.*-text-[a-z]{2}$/.test(name);

/** The first fixture of its page in its language: `policy-plain-de` stands for the other policies too. */
function isFirstOfPage({ name, locale }: Story): boolean {
  return stories.find((other) => other.locale === locale && pageOf(other.name) === pageOf(name))?.name === name;
}

function pageOf(name: string): string {
  const parts = /^(console|portal|me|mail)-/.test(name) ? 2 : 1;
  return name.split('-').slice(0, parts).join('-');
}

/** Walks the stories of one half; each half is a file of its own, so that both cores of a small machine have one. */
export function walkStories(half: (story: Story) => boolean): void {
  for (const width of [375, 1200]) {
    test(`no page has a barrier that axe finds in light or dark, nothing scrolls sideways, nothing breaks the policy: ${width} px`, async () => {
      const context = await browser.newContext({ viewport: { width, height: 900 }, bypassCSP: false });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(`${message.text()} ${message.location().url}`));
      const barriers: unknown[] = [];
      // Every case in English on the phone, where there is least room; every page in German there, and in English on a wide screen.
      const pagesAlone = stories.filter((story) => half(story) && !isPlainText(story));
      const walked =
        width === 375
          ? pagesAlone.filter((story) => story.locale !== 'de' || isFirstOfPage(story))
          : pagesAlone.filter((story) => story.locale !== 'de' && isFirstOfPage(story));
      for (const story of walked) {
        await page.emulateMedia({ colorScheme: 'light' });
        await page.goto(`${origin}/${story.name}`);
        const light = await findBarriers(page, { type: 'tag', values: tags });
        await page.emulateMedia({ colorScheme: 'dark' });
        const dark = isLetter(story) ? [] : await findBarriers(page, { type: 'rule', values: colourRules });
        for (const barrier of [...light, ...dark]) barriers.push([story.name, barrier]);
        const sideways = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        if (Number(sideways) > 0) barriers.push([story.name, 'scrolls sideways', sideways]);
      }
      assert.deepEqual(barriers, []);
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }
}
