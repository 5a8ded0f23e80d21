import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, test } from 'node:test';
import { encodeBundle, printPolicy } from '@troth/tlog';
import type { Browser, Page } from 'playwright-core';
import { findBarriers } from '../../../../tests/support/find-barriers.ts';
import { buildAssets } from '../../build-assets.ts';
import { buildOfflineVerifier } from '../build-offline-verifier.ts';
import { launchBrowser, openPage } from './checker-site.ts';
import { file, policyText, receiptBundle, statementBundle, strangersPolicy } from './sample-log.ts';

let browser: Browser;
let folder = '';
let address = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'troth-offline-'));
  const css = Buffer.from((await buildAssets()).named('site.css').bytes).toString();
  const path = join(folder, 'offline.html');
  await writeFile(path, await buildOfflineVerifier({ organisation: 'Harbour Bank', policy: policyText, css }));
  address = pathToFileURL(path).href;
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** From disk, with the network off; the browser may complain about nothing. */
async function openOffline(
  run: (page: Page) => Promise<void>,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<void> {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  await context.setOffline(true);
  const { page, complaints } = await openPage(context, address);
  await run(page);
  assert.deepEqual(complaints, []);
  await context.close();
}

test('a dropped file is checked from disk with the network off', () =>
  openOffline(async (page) => {
    const transfer = await page.evaluateHandle(
      ([bytes]) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(bytes ?? [])], 'dropped.json'));
        return data;
      },
      [[...encodeBundle(await statementBundle())]],
    );
    await page.dispatchEvent('#verify-drop', 'drop', { dataTransfer: transfer });
    await page.getByRole('heading', { name: 'Yes. This text is in the log, letter for letter.' }).waitFor();
    await page.getByText('Checked with the keys that came with this checker.').waitFor();
    assert.equal(await page.locator('#verify-result a').count(), 0);
  }));

test('no crypto of the browser is needed', () =>
  openOffline(async (page) => {
    await page.addInitScript("Object.defineProperty(globalThis, 'crypto', { value: undefined })");
    await page.reload();
    await page.locator('#verify-file').setInputFiles(file('a', await receiptBundle()));
    await page.getByRole('heading', { name: 'Yes. The 3 events' }).waitFor();
  }));

test('the fingerprint stands in groups of four beside a sentence that says what to do with it', () =>
  openOffline(async (page) => {
    assert.match(await page.locator('.hash').first().innerHTML(), /^(<span>[0-9a-f]{4}<\/span><wbr>){16}$/);
    await page.getByText('Compare the fingerprint with what Harbour Bank published elsewhere').waitFor();
  }));

test('other keys take the place of the built-in ones', () =>
  openOffline(async (page) => {
    await page.getByText('Use other keys').click();
    assert.equal(await page.getByLabel('Log policy').inputValue(), policyText);
    await page.getByLabel('Log policy').fill(printPolicy(strangersPolicy));
    await page.locator('#verify-file').setInputFiles(file('a', await statementBundle()));
    await page.getByRole('heading', { name: 'No. The signature does not hold' }).waitFor();
  }));

test('the language changes with the result in place', () =>
  openOffline(async (page) => {
    await page.locator('#verify-file').setInputFiles(file('a', await statementBundle()));
    await page.getByRole('heading', { name: 'Yes.' }).waitFor();
    await page.getByRole('button', { name: 'Deutsch' }).click();
    await page.getByRole('heading', { name: 'Ja. Dieser Text steht Buchstabe für Buchstabe im Protokoll.' }).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), 'de');
    assert.equal(await page.title(), 'Harbour Bank offline prüfen');
    // Listeners of the first language must be gone with it.
    await page.locator('#verify-file').setInputFiles(file('b', await receiptBundle()));
    await page.getByRole('heading', { name: 'Ja. Die 3 Ereignisse' }).waitFor();
    assert.equal(await page.locator('#verify-result h2').count(), 1);
  }));

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [375, 1200]) {
    test(`the offline file has no barrier that axe finds: ${colorScheme}, ${width} px`, () =>
      openOffline(
        async (page) => {
          await page.locator('#verify-file').setInputFiles(file('a', await receiptBundle()));
          await page.locator('#verify-result h2').waitFor();
          assert.deepEqual(await findBarriers(page), []);
          assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), 'scrolls sideways');
        },
        // The test's own axe is a script that the file's policy would rightly refuse.
        { colorScheme, viewport: { width, height: 900 }, bypassCSP: true },
      ));
  }
}
