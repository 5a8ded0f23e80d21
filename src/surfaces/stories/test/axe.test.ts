import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser } from 'playwright-core';
import { buildAssets } from '../../build-assets.ts';
import { stories } from '../stories.ts';

const assets = await buildAssets();
const pages = new Map(stories.map((story) => [`/${story.name}`, story.page(assets)]));
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; base-uri 'none'";

const server = createServer((request, response) => {
  const asset = assets.at(request.url ?? '');
  const page = pages.get(request.url ?? '');
  response.setHeader('content-type', asset?.mediaType ?? 'text/html; charset=utf-8');
  response.setHeader('content-security-policy', policy);
  response.statusCode = asset || page ? 200 : 404;
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

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [375, 1200]) {
    test(`no page has a barrier that axe finds, nothing scrolls sideways, nothing breaks the policy: ${colorScheme}, ${width} px`, async () => {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, bypassCSP: false });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      const barriers: unknown[] = [];
      for (const story of stories) {
        await page.goto(`${origin}/${story.name}`);
        // The other mode opens one more tab for each page, to join the results of frames: there are none.
        const { violations } = await new AxeBuilder({ page })
          .withTags(tags)

          .setLegacyMode()
          .analyze();
        barriers.push(...violations.map(({ id, nodes }) => [story.name, id, nodes[0]?.html]));
        const sideways = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        if (Number(sideways) > 0) barriers.push([story.name, 'scrolls sideways', sideways]);
      }
      assert.deepEqual(barriers, []);
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }
}

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
