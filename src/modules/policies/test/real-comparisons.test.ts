import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderToString } from 'preact-render-to-string';
import { listVersions } from '../git/list-versions.ts';
import { splitClauses } from '../text/clauses.ts';
import { diffTexts } from '../text/diff-texts.ts';
import { readText } from '../text/read-text.ts';
import { renderMarkdown } from '../text/render-markdown.tsx';
import { realHistory } from './git-repository.ts';

test('the 83 real changes are each compared in p95 60 ms and at most 500 ms, and both texts come out whole', async (t) => {
  const repository = realHistory(t);
  if (!repository) return;
  const history = await listVersions({ ...repository, environment: process.env });
  assert.ok(history.ok);
  const bySlug = Map.groupBy(await Array.fromAsync(history.value.versions), ({ slug }) => slug);
  const costs: number[] = [];
  for (const versions of bySlug.values()) {
    const texts = versions.map(({ bytes }) => {
      const read = readText(bytes);
      assert.ok(read.ok);
      return read.value;
    });
    for (const [index, after] of texts.entries()) {
      const before = texts[index - 1];
      if (before === undefined) continue;
      const start = process.cpuUsage();
      const { clauses } = diffTexts(before, after, 'en');
      const { user, system } = process.cpuUsage(start);
      costs.push((user + system) / 1000);
      const now = clauses
        .filter(({ kind }) => kind !== 'deleted')
        .map(({ parts }) => parts.map(({ kind, text }) => (kind === 'deleted' ? '' : text)).join(''));
      assert.deepEqual(
        now.map((text) => text.trimEnd()),
        splitClauses(after).map(({ text }) => text),
      );
    }
  }
  costs.sort((left, right) => left - right);
  const at = (share: number) => Math.round(costs[Math.ceil(share * costs.length) - 1] ?? Number.NaN);
  console.log(`comparing ${costs.length} real changes, CPU: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, worst ${at(1)} ms`);
  assert.equal(costs.length, 83);
  // Twice the goal for p95, since the machine may be busy and this process has just started; the line above is the measurement.
  assert.ok(at(0.95) <= 120 && at(1) <= 500);
});

test('the fragment links of the real texts lead to sections that exist', async (t) => {
  const repository = realHistory(t);
  if (!repository) return;
  const history = await listVersions({ ...repository, environment: process.env });
  assert.ok(history.ok);
  const latest = new Map((await Array.fromAsync(history.value.versions)).map((version) => [version.slug, version]));
  let links = 0;
  for (const { bytes } of latest.values()) {
    const html = renderToString(renderMarkdown(new TextDecoder().decode(bytes), { base: 'https://docs.github.com/en/' }));
    const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]));
    for (const [, target = ''] of html.matchAll(/href="#([^"]+)"/g)) {
      links++;
      assert.ok(ids.has(target), target);
    }
    assert.ok(!html.includes('href="/'));
  }
  assert.ok(links > 10, String(links));
});
