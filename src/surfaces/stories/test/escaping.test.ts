import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isValidElement } from 'preact';
import { buildAssets } from '../../build-assets.ts';
import { reader, harbour } from '../fixtures/organisation.ts';
import { renderTrustPage } from '../../trust/render-trust-page.tsx';
import { trustCases } from '../stories.ts';

const assets = await buildAssets();
// Each breaks out of one context: text, a quoted attribute, an unquoted one, a comment, a script, a template, an address.
const hostile = [
  '<img src=x onerror=pwned()>',
  '"><script>pwned()</script>',
  `' onfocus=pwned() autofocus x='`,
  '</title></textarea></pre><svg onload=pwned()>',
  '--><!--<pwned>',
  '{pwned} {n, plural, other {<b>#</b>}} <check>pwned</check>',
  '\u0000\u202e\ud800<pwned>',
] as const;

/** The same view with every string replaced; dates, numbers, elements and the words of closed lists stay. */
function spoil(value: unknown, poison: string, key = ''): unknown {
  if (typeof value === 'string') return closed.has(key) ? value : poison;
  if (Array.isArray(value)) return value.map((item) => spoil(item, poison, key));
  if (value === null || typeof value !== 'object' || isValidElement(value)) return value;
  if (value instanceof Temporal.Instant || value instanceof Temporal.PlainDate) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, spoil(item, poison, name)]));
}

const closed = new Set(['standing', 'origin', 'kind', 'block', 'state', 'language', 'master', 'others', 'field', 'changeClass']);

/** Elements, attributes and quotes of a page with all text taken out: what the browser would build. */
const skeleton = (page: string): string[] =>
  [...page.matchAll(/<\/?([a-z][\w-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/gi)].map(
    ([, tag, attributes]) => `${tag} ${[...(attributes ?? '').matchAll(/([\w:-]+)(?==")/g)].map(([name]) => name).join(' ')}`,
  );

for (const one of trustCases) {
  test(`hostile text in ${one.name} stays text`, () => {
    const render = (view: unknown): string =>
      Buffer.from(renderTrustPage(one.render(Object(view), reader('en')), harbour, reader('en'), assets)).toString('utf8');
    const harmless = skeleton(render(spoil(one.view, 'harmless')));
    for (const poison of hostile) {
      const page = render(spoil(one.view, poison));
      assert.doesNotMatch(page, /<(?:pwned|img|check)\b|<script>|<svg onload|<!--/i, poison);
      const tags = new Set(skeleton(page));
      for (const tag of tags) assert.ok(known.has(tag) || harmless.includes(tag), `${tag} came from ${poison}`);
    }
  });
}

// Elements whose number depends on the length of a text: groups of a hash, breaks of a log's name.
const known = new Set(['span ', 'wbr ']);
