import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isValidElement } from 'preact';
import { buildAssets } from '../../build-assets.ts';
import { consoleCases } from '../console-stories.ts';
import { reader } from '../fixtures/organisation.ts';

const assets = await buildAssets();
const hostile = [
  '<img src=x onerror=pwned()>',
  '"><script>pwned()</script>',
  '</title></textarea></pre><svg onload=pwned()>',
  '--><!--<pwned>',
  '{pwned} {n, plural, other {<b>#</b>}} <link>pwned</link>',
];

/** Keys whose words come from a closed list of ours, so that no stranger can choose them. */
const closed = new Set(
  [
    'kind',
    'changeClass',
    'state',
    'standing',
    'origin',
    'block',
    'language',
    'languages',
    'visibility',
    'field',
    'way',
    'sectors',
    'just',
  ].concat(
    ['after', 'refusal', 'filter', 'log', 'problem', 'name', 'scope', 'surface', 'audience'],
    ['overruled', 'part', 'outcome', 'of', 'delivery', 'permission'],
  ),
);

/** The same view with every free string replaced; dates, numbers and elements stay. */
function spoil<Value>(value: Value, poison: string, key?: string): Value;
function spoil(value: unknown, poison: string, key = ''): unknown {
  // The two logs are called by names of ours.
  const ofOurs = value === 'too-long' || (key === 'name' && (value === 'public' || value === 'private'));
  if (closed.has(key) || ofOurs) return value;
  if (typeof value === 'string') return poison;
  if (Array.isArray(value)) return value.map((item: unknown) => spoil(item, poison, key));
  if (value === null || typeof value !== 'object' || value instanceof Temporal.Instant || isValidElement(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, spoil(item, poison, name)]));
}

// Pages about nothing yet, and the reasons why set-up cannot be shown, hold words of ours and nothing else.
const spoilable = consoleCases.filter(
  ({ name }) =>
    !/^set-up-(unset|expired|used|invalid)$|-empty$|^hand-off-spent$|^provider-problem-(unknown|down)$/.test(name) &&
    !/^second-step-(plain|code|errors)$|^me-link-sent-(plain|many)$|^console(-trial)?-(first|calm)$|^console-roles-reader$|^me-providers-stale$/.test(
      name,
    ),
);

for (const one of spoilable) {
  test(`hostile text in ${one.name} stays text`, () => {
    for (const poison of hostile) {
      const page = Buffer.from(one.render(reader('en'), assets, (view) => spoil(view, poison))).toString('utf8');
      assert.ok(page.includes('pwned'), 'the view was not spoilt');
      assert.doesNotMatch(page, /<(?:pwned|img|link>)|<script>|<svg onload|<!--/i, poison);
    }
  });
}
