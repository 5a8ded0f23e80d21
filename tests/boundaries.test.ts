import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { modulePairs, pairsCircle, violations } from './support/boundary-rules.ts';

const root = join(import.meta.dirname, '..');
const patterns = [
  '{src,packages,tests,bench,contrib}/**/*.{ts,tsx,js,json,sql,md,service}',
  '.ci/*',
  '*.{md,json}',
  'Containerfile',
  'decisions/*.md',
];

function project(): Map<string, string> {
  const paths = globSync(patterns, { cwd: root, exclude: ['**/node_modules'] }).map((path) => path.replaceAll('\\', '/'));
  return new Map(paths.toSorted().map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

test('the project keeps every rule of ARCHITECTURE.md that can be read off the code', () => {
  const sources = project();
  assert.ok(sources.size > 50, 'the files were found at all');
  assert.deepEqual(violations(sources), []);
});

test('the declared pairs of modules have no circle, and name modules that exist', () => {
  assert.equal(pairsCircle(modulePairs), undefined);
  assert.ok(pairsCircle({ one: ['two'], two: ['three'], three: ['one'] }));
  const there = globSync('src/modules/*/index.ts', { cwd: root }).map((path) => path.replaceAll('\\', '/').split('/')[2] ?? '');
  for (const name of there) assert.ok(name in modulePairs, `${name} has no line in the table`);
});

test('the lockfile names no registry but the public one', () => {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const hosts = new Set([...lock.matchAll(/"resolved": "(https?:\/\/[^/"]+)/g)].map((match) => match[1]));
  // A lockfile may leave the addresses out; the ones it names must be everybody's.
  assert.deepEqual(
    [...hosts].filter((host) => host !== 'https://registry.npmjs.org'),
    [],
  );
  assert.ok(lock.includes('"integrity": "sha512-'), 'the lockfile was read');
});

const path = (...parts: string[]) => ['', ...parts].join('/');
const planted: readonly [says: string, file: string, text: string, answer: RegExp][] = [
  ['the kernel knows no module', 'src/kernel/bad.ts', "import { a } from '#policies';", /kernel may not know module/],
  [
    'the kernel knows no ledger',
    'src/kernel/bad.ts',
    "import type { A } from '../ledger/record.ts';",
    /kernel may not know ledger/,
  ],
  ['the ledger knows no module', 'src/ledger/bad.ts', "import '#support';", /ledger may not know module/],
  ['the ledger knows no design', 'src/ledger/bad.ts', "import { a } from '#design';", /ledger may not know design/],
  ['mail knows no module', 'src/mail/bad.ts', "import { a } from '#accounts';", /mail may not know module/],
  ['design knows no ledger', 'src/design/bad.tsx', "import { a } from '#ledger';", /design may not know ledger/],
  [
    'a module is entered by its front door',
    'src/modules/support/bad.ts',
    "import { a } from '../policies/diff.ts';",
    /entered through #policies/,
  ],
  [
    'a pair of modules is declared',
    'src/modules/policies/bad.ts',
    "export { a } from '#support';",
    /policies → support is not declared/,
  ],
  [
    'a module knows no surface',
    'src/modules/policies/bad.ts',
    "import { a } from '../../surfaces/trust/shell.tsx';",
    /module may not know surfaces/,
  ],
  [
    'a module knows no app',
    'src/modules/policies/bad.ts',
    "const a = await import('../../app/config.ts');",
    /module may not know app/,
  ],
  ['another room is entered by its name', 'src/app/bad.ts', "import {\n  a,\n} from '../kernel/clock.ts';", /by its # name/],
  ['inside a room paths are relative', 'src/modules/policies/bad.ts', "import { a } from '#policies';", /paths are relative/],
  [
    'the running code needs no tests',
    'src/app/bad.ts',
    "import { a } from '../../tests/support/database.ts';",
    /does not need this folder/,
  ],
  ['a package stands alone', 'packages/tlog/src/bad.ts', "import { a } from '../../../src/kernel/outcome.ts';", /stands alone/],
  ['a surface holds no SQL', 'src/surfaces/trust/bad.ts', "const a = db.selectFrom('policies.version');", /holds SQL/],
  ['a surface holds no raw SQL', 'src/surfaces/trust/bad.ts', 'const a = sql`select 1`;', /holds SQL/],
  ['time comes as an argument', 'src/modules/policies/bad.ts', 'const a = Date.now();', /Date\.now/],
  ['time comes as an argument, as a Date too', 'packages/tlog/src/bad.ts', 'const a = new Date();', /new Date\(\)/],
  ['chance comes as an argument', 'src/kernel/bad.ts', 'const a = Math.random();', /Math\.random/],
  ['configuration comes as an argument', 'src/surfaces/trust/bad.ts', "const a = process.env['PORT'];", /process\.env/],
  ['a file has a size', 'src/kernel/bad.ts', 'a;\n'.repeat(301), /301 lines; 300/],
  ['a test file has a size', 'src/kernel/test/bad.test.ts', 'a;\n'.repeat(401), /401 lines; 400/],
  ['a folder says what is in it', 'src/kernel/utils/bad.ts', '', /called utils/],
  ['no place of one machine', 'contrib/bad.service', `ExecStart=${path('work', 'troth')}`, /on one machine/],
  ['no home of one person', 'README.md', `cd ${path('home', 'eve', 'troth')}`, /on one machine/],
];

for (const [says, file, text, answer] of planted) {
  test(`planted and caught: ${says}`, () => {
    const found = violations(new Map([[file, text]]));
    assert.equal(found.length, 1, found.join('\n'));
    assert.match(found[0] ?? '', answer);
  });
}

test('planted and caught: files that import each other in a circle', () => {
  const found = violations(
    new Map([
      ['src/kernel/a.ts', "import { b } from './b.ts';"],
      ['src/kernel/b.ts', "import type { c } from '#kernel/c';"],
      ['src/kernel/c.ts', "export { a } from './a.ts';"],
    ]),
  );
  assert.deepEqual(found, [
    'files import each other in a circle: src/kernel/a.ts → src/kernel/b.ts → src/kernel/c.ts → src/kernel/a.ts',
  ]);
});

test('what is allowed passes', () => {
  const allowed = new Map([
    [
      'src/modules/support/ask.ts',
      "import { inForce } from '#policies';\nimport { record } from '#ledger';\nimport { a } from './b.ts';",
    ],
    ['src/ledger/tree.ts', "import { root } from '@troth/tlog';\nimport { done } from '#kernel/outcome'; // never Date.now()"],
    ['src/app/wiring.ts', "import { a } from '#support';\nimport { b } from './config.ts';\nconst now = Date.now();"],
    ['src/cli/start.ts', "import { a } from '../app/server.ts';"],
    [
      'src/modules/support/test/ask.test.ts',
      "import { testDatabase } from '../../../../tests/support/database.ts';\nMath.random();",
    ],
  ]);
  assert.deepEqual(violations(allowed), []);
});
