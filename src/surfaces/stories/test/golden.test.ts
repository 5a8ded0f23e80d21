import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { buildAssets } from '../../build-assets.ts';
import { stories } from '../stories.ts';

const folder = new URL('./golden/', import.meta.url);
const update = process.env['UPDATE_GOLDEN'] === '1';
const assets = await buildAssets();

/** Hashes of assets change with every edit of the stylesheet; the golden pages are about the markup. */
const html = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('utf8')
    .replaceAll(/(\/assets\/[\w-]+)\.[0-9a-f]{16}\./g, '$1.HASH.')
    .replaceAll(/sha384-[\w+/=]+/g, 'sha384-HASH')
    // One element a line, so that a change shows where it is.
    .replaceAll(/(<\/(?:p|li|h\d|td|th|dt|dd|div|section|head|title|svg|a|ul|ol)>)/g, '$1\n');

/** German differs in its sentences only, and those are compared key by key elsewhere: one page of each kind is enough. */
const kept = stories.filter(({ name, locale }) => locale === 'en' || /-(plain|kept|witnessed|fresh)-/.test(name));

if (update) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const story of kept) writeFileSync(new URL(`${story.name}.html`, folder), html(story.page(assets)));
}

test('every page is what it was; run with UPDATE_GOLDEN=1 to accept a change after reading it', () => {
  for (const story of kept) {
    assert.equal(html(story.page(assets)), readFileSync(new URL(`${story.name}.html`, folder), 'utf8'), story.name);
  }
});

test('no golden page is left over from a story that is gone', () => {
  assert.deepEqual(readdirSync(folder).toSorted(), kept.map(({ name }) => `${name}.html`).toSorted());
});

test('story names are file names and each is used once', () => {
  assert.equal(new Set(stories.map(({ name }) => name)).size, stories.length);
  for (const { name } of stories) assert.match(name, /^[a-z0-9-]+$/);
});

test('the stylesheet stays under 12 kB and every page under 25 kB, compressed', () => {
  assert.ok((assets.named('site.css').gzip?.length ?? Infinity) <= 12_288);
  for (const story of stories) assert.ok(gzipSync(story.page(assets)).length <= 25_600, story.name);
});

test('no page carries anything inline that the content policy would have to allow', () => {
  for (const story of stories) {
    const page = Buffer.from(story.page(assets)).toString('utf8');
    assert.doesNotMatch(page, / style=| on[a-z]+=|<style|javascript:/i, story.name);
    for (const [tag] of page.matchAll(/<script[^>]*>/g)) assert.match(tag, /src="\/assets\/.*integrity="sha384-/, story.name);
    assert.doesNotMatch(page, /\bundefined\b|\[object Object\]|\bNaN\b/, story.name);
  }
});

test('building the assets twice gives the same addresses and bytes', async () => {
  const again = await buildAssets();
  assert.deepEqual(
    again.all.map(({ path, integrity }) => [path, integrity]),
    assets.all.map(({ path, integrity }) => [path, integrity]),
  );
});
