import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { explainFailure } from '../explain-failure.ts';
import { preparePackage } from '../prepare-package.ts';

/** A package as npm unpacks it: files, and links only as a list. */
function unpacked(t: TestContext): { bin: string; cache: string; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'troth-package-'));
  t.after(() => rmSync(folder, { recursive: true }));
  chmodSync(folder, 0o755);
  const bin = join(folder, 'closed', 'linux-x64', 'native', 'bin');
  const lib = join(bin, '..', 'lib');
  mkdirSync(bin, { recursive: true });
  mkdirSync(lib);
  writeFileSync(join(bin, 'postgres'), 'program', { mode: 0o755 });
  writeFileSync(join(lib, 'libone.so.1.2'), 'library');
  writeFileSync(join(bin, '..', '..', 'package.json'), '{"version":"18.9.0"}');
  writeFileSync(join(bin, '..', 'pg-symlinks.json'), '[{"source":"native/lib/libone.so.1.2","target":"native/lib/libone.so.1"}]');
  return { bin, cache: join(folder, 'cache'), folder };
}

const stranger = { name: 'nobody', uid: 65_534, gid: 65_534 };

test('the links that npm cannot carry are made in place, once', (t) => {
  const { bin, cache } = unpacked(t);
  assert.equal(preparePackage(bin, undefined, cache), bin);
  assert.equal(readlinkSync(join(bin, '..', 'lib', 'libone.so.1')), 'libone.so.1.2');
  assert.equal(preparePackage(bin, undefined, cache), bin);
  assert.equal(existsSync(cache), false);
});

test('a package where the server account cannot reach is copied, links included, to a cache open to all', (t) => {
  const { bin, cache, folder } = unpacked(t);
  chmodSync(join(folder, 'closed'), 0o700);
  const copied = preparePackage(bin, stranger, cache);
  assert.equal(copied, join(cache, 'postgres-linux-x64-18.9.0', 'native', 'bin'));
  assert.equal(readFileSync(join(copied, '..', 'lib', 'libone.so.1'), 'utf8'), 'library');
  assert.equal(statSync(join(copied, 'postgres')).mode & 0o777, 0o755);
  assert.equal(preparePackage(bin, stranger, cache), copied);
});

test('a failure of PostgreSQL becomes a sentence that says how to mend it', () => {
  const where = { folder: '/data/postgres', account: undefined };
  for (const [output, sentence] of [
    [
      'postgres: error while loading shared libraries: libatomic.so.1: cannot open shared object file',
      /libatomic\.so\.1 is missing.*apt-get install libatomic1/,
    ],
    ['postgres: error while loading shared libraries: libicuuc.so.72: cannot open shared object file', /apt-get install libicu/],
    ['FATAL:  could not write lock file "postmaster.pid": No space left on device', /\/data\/postgres is full/],
    ['initdb: error: could not create directory "/data/x": Permission denied', /must belong to your account/],
    ['FATAL:  database files are incompatible with server', /another version of PostgreSQL/],
    ['initdb: error: could not create directory: Read-only file system', /read-only/],
    ['FATAL:  something else', /It says:\n {2}FATAL: {2}something else/],
  ] as const) {
    assert.match(explainFailure(output, where).message, sentence);
  }
});
