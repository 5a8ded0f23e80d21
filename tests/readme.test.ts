import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import packageFile from '../package.json' with { type: 'json' };
import { commands } from '../src/cli/commands.ts';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const ci = readFileSync(join(root, '.ci', 'run'), 'utf8');

test('every command that the README names exists, and every command stands in the README', () => {
  const names = commands.map(({ name }) => name);
  const table = /\| command[\s\S]*?\n\n/.exec(readme)?.[0] ?? '';
  for (const [, name = ''] of readme.matchAll(/npm run troth -- ([a-z-]+)/g)) assert(names.includes(name), name);
  for (const name of names.filter((one) => one !== 'dev')) assert(table.includes(name), `${name} is not in the README's table`);
});

test('every npm script that the README names exists, and continuous integration calls the same test command', () => {
  const scripts = Object.keys(packageFile.scripts);
  for (const [, name = ''] of readme.matchAll(/npm run ([a-z]+)/g)) assert(scripts.includes(name), name);
  for (const name of ['start', 'test']) assert(scripts.includes(name) && readme.includes(`npm ${name}`));
  assert.match(ci, /^npm test$/m);
  assert.match(ci, /^npm ci\b/m);
});

test('every file that the README points at is there', () => {
  for (const [, path = ''] of readme.matchAll(/\]\((?!https?:)([^)]+)\)/g)) assert(existsSync(join(root, path)), path);
  for (const [path] of readme.matchAll(/\b[A-Z]+\.md\b|packages\/tlog\/FORMAT\.md|contrib\/troth\.service/g)) {
    assert(existsSync(join(root, path)), path);
  }
});
