import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..');

type Case = { readonly file: string; readonly name: string; readonly says: string };

/** Rows of the table: case, source, what refuses it, file, name of the test as it stands in the file. */
function casesIn(text: string): Case[] {
  return [...text.matchAll(/^\| (.+) \| .+ \| .+ \| `(.+)` \| (.+) \|$/gm)].map(([, says = '', file = '', name = '']) => ({
    says,
    file,
    name,
  }));
}

/** Those that name a test which is not there. */
function withoutTest(cases: readonly Case[]): Case[] {
  return cases.filter(({ file, name }) => {
    const path = join(root, file);
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    return !["'", '"', '`'].some((quote) => text.includes(`test(${quote}${name}${quote}, `));
  });
}

test('every abuse case of docs/abuse-cases.md has a test of that name in that file', () => {
  const cases = casesIn(readFileSync(join(root, 'docs', 'abuse-cases.md'), 'utf8'));
  assert.ok(cases.length >= 40, `the table was read: ${cases.length}`);
  assert.deepEqual(withoutTest(cases), []);
});

test('planted and caught: a test that does not exist, and a file that does not', () => {
  const file = 'tests/abuse-cases.test.ts';
  const planted = [
    { says: 'a', file, name: 'no such' },
    { says: 'b', file: 'tests/no-such.test.ts', name: 'no such' },
  ];
  assert.deepEqual(withoutTest(planted), planted);
});
