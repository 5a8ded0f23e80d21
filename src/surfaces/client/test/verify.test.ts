import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { encodeBundle, encodeSkey, printPolicy, utf8, type Bundle, type StatementItem } from '@troth/tlog';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { findBarriers } from '../../../../tests/support/find-barriers.ts';
import { launchBrowser, openPage, serveChecker, type CheckerSite } from '../../verify/test/checker-site.ts';
import * as sample from '../../verify/test/sample-log.ts';

let browser: Browser;
let site: CheckerSite;
before(async () => {
  [browser, site] = await Promise.all([launchBrowser(), serveChecker()]);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

const good = await sample.statementBundle();
const [item] = good.kind === 'statement' ? good.items : [];
assert.ok(item?.body);
const { body } = item;
const altered = (change: Partial<StatementItem>): Bundle => ({
  kind: 'statement',
  items: [{ ...item, ...change }],
  policy: null,
});

type Visit = { page: Page; context: BrowserContext; result: () => Promise<string> };

/** Opens the checker afresh, and demands afterwards that the browser complained about nothing. */
async function visit(run: (visit: Visit) => Promise<void>, { path = '/en/verify', denyStorage = false } = {}): Promise<void> {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC' });
  if (denyStorage) {
    await context.addInitScript(
      "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } })",
    );
  }
  try {
    const { page, complaints } = await openPage(context, `${site.origin}${path}`);
    const result = async (): Promise<string> => {
      await page.locator('#verify-result h2').first().waitFor();
      return page.locator('#verify-result').innerText();
    };
    await run({ page, context, result });
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
    site.shown.log = sample.publicLog();
    site.shown.size = 14;
  }
}

async function choose(page: Page, ...bundles: readonly Bundle[]): Promise<void> {
  await page.locator('#verify-file').setInputFiles(bundles.map((bundle, i) => sample.file(`proof-${i}.troth.json`, bundle)));
}

test('a sound statement is told in one sentence, with its text, its limits and its entry', () =>
  visit(async ({ page, result }) => {
    await choose(page, good);
    const shown = await result();
    for (const sentence of [
      'Yes. This text is in the log, letter for letter.',
      'Signed by trust.harbour.invalid/log/public alone; not witnessed.',
      'We keep your messages for **two years**',
      'Superseding is not excluded',
      'Keys that you got elsewhere prove more',
      'Your browser now remembers this log with 14 entries',
    ]) {
      assert.ok(shown.includes(sentence), sentence);
    }
    assert.equal(
      await page.getByRole('link', { name: 'Read entry 12 on this site' }).getAttribute('href'),
      '/en/log/public/entry/12',
    );
    assert.equal(await page.locator('h2:focus').innerText(), 'Yes. This text is in the log, letter for letter.');
    assert.equal(await page.locator('#verify-without-script').count(), 0);
  }));

const flip = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
const rows: readonly (readonly [says: string, bundle: Bundle, finds: string])[] = [
  [
    'of the text',
    altered({ body: { ...body, bytes: flip(body.bytes, 60) } }),
    'Entry 12: the text does not match what was logged.',
  ],
  ['of the leaf', altered({ leaf: flip(item.leaf, item.leaf.length - 40) }), 'Entry 12: '],
  [
    'of the proof',
    altered({
      proof: item.proof.replace(/(index 12\n.)(.)/, (_, before: string, c: string) => before + (c === 'A' ? 'B' : 'A')),
    }),
    'Entry 12: it does not give the number that was signed.',
  ],
  [
    'of the signature',
    altered({
      proof: item.proof.replace(
        /(.{9})(.)(.{3}\n)$/,
        (_, before: string, c: string, end: string) => before + (c === 'A' ? 'B' : 'A') + end,
      ),
    }),
    'Entry 12: the signature under the log’s state does not hold',
  ],
];
for (const [says, bundle, finds] of rows) {
  test(`one changed byte ${says} is found and its entry named`, () =>
    visit(async ({ page, result }) => {
      await choose(page, bundle);
      const shown = (await result()).replaceAll("'", '’');
      assert.match(shown, /^✗ Does not hold · proof-0\.troth\.json\n+No\. /);
      assert.ok(shown.includes(finds), shown);
    }));
}

test('a receipt shows its events in order; an altered one does not hold', () =>
  visit(async ({ page, result }) => {
    const receipt = await sample.receiptBundle();
    await choose(page, receipt);
    assert.match(await result(), /The 3 events[^]*A question was asked[^]*The question was answered[^]*shown to everyone/);
    const items = receipt.items.map((event, i) =>
      i === 1 ? { ...event, event: utf8(new TextDecoder().decode(event.event).replace('thirty', 'ninety')) } : event,
    );
    await choose(page, { ...receipt, items });
    await page.getByText('Event 2: what is said to have happened does not match').first().waitFor();
    assert.match(await page.locator('#verify-result h2').innerText(), /^No\./);
  }));

test('keys of a stranger fail, keys pasted from elsewhere are named as the better ones, unreadable keys are refused', () =>
  visit(async ({ page, result }) => {
    await page.getByText('Use keys you got elsewhere').click();
    const box = page.getByLabel('Log policy');
    await box.fill(printPolicy(sample.strangersPolicy));
    await choose(page, good);
    assert.match(await result(), /No\. The signature does not hold with the keys you trust\./);
    await box.fill(printPolicy(sample.policy));
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByText('Checked with the keys that you gave.').waitFor();
    assert.match(await result(), /Yes\. This text/);
    await box.fill(encodeSkey(sample.publicKey));
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByText('These keys cannot be read: line 1').waitFor();
    assert.equal(await box.getAttribute('aria-invalid'), 'true');
  }));

test('an entry is fetched by its address or number; elsewhere and nowhere are said', () =>
  visit(
    async ({ page, result }) => {
      assert.match(await result(), /Yes\. This text/);
      const link = page.getByLabel('Link or entry number');
      for (const [text, answer] of [
        ['https://elsewhere.invalid/log/public/entry/12', 'This link leads to elsewhere.invalid.'],
        ['privacy policy', 'This is not the address of an entry.'],
      ] as const) {
        await link.fill(text);
        await page.getByRole('button', { name: 'Check' }).click();
        await page.getByText(answer).waitFor();
      }
      await link.fill('');
      await page.getByRole('button', { name: 'Check' }).click();
      await page.getByText('Choose a file first').waitFor();
    },
    { path: '/en/verify?verify-link=12' },
  ));

test('several files are checked at once, and what is no proof is said so', () =>
  visit(async ({ page }) => {
    const other = { name: 'holiday.json', mimeType: 'application/json', buffer: Buffer.from('{"a":1}') };
    await page
      .locator('#verify-file')
      .setInputFiles([sample.file('a', good), other, sample.file('b', await sample.receiptBundle())]);
    await page.locator('#verify-result h2').nth(2).waitFor();
    const headings = await page.locator('#verify-result h2').allInnerTexts();
    assert.match(headings.join('\n'), /^Yes\. This text.*\nholiday\.json is not a proof.*\nYes\. The 3 events/);
  }));

test('a dropped file is checked', () =>
  visit(async ({ page, result }) => {
    const transfer = await page.evaluateHandle(
      ([bytes]) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(bytes ?? [])], 'dropped.json'));
        return data;
      },
      [[...encodeBundle(good)]],
    );
    await page.dispatchEvent('#verify-drop', 'drop', { dataTransfer: transfer });
    assert.match(await result(), /dropped\.json\n+Yes\./);
  }));

const lies = [
  ['a log that lost entries', () => (site.shown.size = 13), 'Warning: entries have disappeared from this log.'],
  [
    'a log with another history',
    () => (site.shown.log = sample.publicLog('rewritten')),
    'Warning: this log was rewritten, or you are shown another one',
  ],
] as const;
for (const [says, lie, warning] of lies) {
  test(`${says} is shouted at, again and again, and no proof looks good beside it`, () =>
    visit(async ({ page }) => {
      await choose(page, await sample.statementBundle(await sample.statement(2, sample.publicLog(), 9)));
      await page.getByText('Your browser now remembers').waitFor();
      lie();
      for (let again = 0; again < 2; again++) {
        await page.reload();
        await choose(page, await sample.statementBundle(await sample.statement(2, sample.publicLog(), 4)));
        await page.getByRole('heading', { name: warning }).waitFor();
        assert.equal(
          await page.locator('#verify-result h2').nth(1).innerText(),
          'This file holds by itself, but the log it speaks of contradicts itself: see the warning.',
        );
      }
    }));
}

test('a log that grew is told so; where storage is denied, that is told', async () => {
  await visit(async ({ page }) => {
    site.shown.size = 9;
    await choose(page, await sample.statementBundle(await sample.statement(2, sample.publicLog(), 9)));
    await page.getByText('Your browser now remembers').waitFor();
    site.shown.size = 14;
    await choose(page, good);
    await page.getByText('The log has only grown since your last visit: from 9 to 14 entries').waitFor();
  });
  await visit(
    async ({ page, result }) => {
      await choose(page, good);
      await page.getByText('Your browser does not let this page remember').waitFor();
      assert.match(await result(), /Yes\. This text/);
    },
    { denyStorage: true },
  );
});

test('the German page speaks German', () =>
  visit(
    async ({ page, result }) => {
      await choose(page, good);
      assert.match(
        await result(),
        /Ja\. Dieser Text steht Buchstabe für Buchstabe im Protokoll\.[^]*Allein von .* unterschrieben, ohne Zeugen\./,
      );
    },
    { path: '/de/verify' },
  ));

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [375, 1200]) {
    test(`results have no barrier that axe finds and do not scroll sideways: ${colorScheme}, ${width} px`, async () => {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
      const { page } = await openPage(context, `${site.origin}/en/verify`);
      for (const bundle of [good, altered({ body: { ...body, bytes: flip(body.bytes, 60) } }), await sample.receiptBundle()]) {
        await choose(page, bundle);
        await page.locator('#verify-result h2').first().waitFor();
        assert.deepEqual(await findBarriers(page), []);
        assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), 'scrolls sideways');
      }
      await context.close();
    });
  }
}

test('the script stays small', () => {
  const { bytes, gzip, brotli } = site.assets.named('verify.js');
  console.log(`verify.js: ${bytes.length} bytes, ${gzip?.length} gzipped, ${brotli?.length} with brotli`);
  // The signature and hash library alone is 13 kB of it; decision 0006 says what the rest is.
  assert.ok((gzip?.length ?? Infinity) <= 40_000);
});
