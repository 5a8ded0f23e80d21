import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { emptyDatabase, testDatabase } from '../../../tests/support/database.ts';
import { checkAddress, checkDisk, checkPort } from '../../app/doctor/check-machine.ts';
import { checkNode } from '../../app/doctor/check-node.ts';
import { readRootKey, rootKeyFile } from '../../app/root-key.ts';
import { withClient } from '../../app/with-client.ts';
import { askTroth } from './ask-troth.ts';

async function troth(environment: Record<string, string>, ...args: string[]) {
  const { code, lines } = await askTroth(args, { environment });
  return { code, text: lines.join('\n') };
}

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'troth-commands-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('migrate, doctor, backup and restore work on a given server, one after the other', async (t) => {
  const folder = newFolder(t);
  const { url } = await emptyDatabase(t);
  const here = { DATABASE_URL: url, TROTH_DATA: folder, PORT: '0' };
  assert.equal((await troth(here, 'migrate')).code, 0);
  assert.deepEqual(await troth(here, 'migrate'), { code: 0, text: 'The database is up to date.' });
  assert.match((await troth(here, 'doctor')).text, /Database +PostgreSQL .* named by DATABASE_URL/);
  const file = join(folder, 'all.backup');
  assert.equal((await troth(here, 'backup', file)).code, 0);
  const empty = await emptyDatabase(t);
  assert.match((await troth({ ...here, DATABASE_URL: empty.url }, 'restore', file)).text, /put its root secret back/);
  assert.equal((await troth({ ...here, DATABASE_URL: empty.url }, 'restore', file)).code, 1);
});

test('doctor names every setting that risks data, with the line that mends it, and ends with code 1', async (t) => {
  const folder = newFolder(t);
  const { url } = await testDatabase(t);
  const server = await withClient(url, async (client) => (await client.query<{ fsync: string }>('show fsync')).rows[0]?.fsync);
  assert.equal(server, 'off', 'the test server trades durability for speed, which doctor must notice');
  readRootKey({ dataFolder: folder, rootKey: undefined });
  chmodSync(rootKeyFile(folder), 0o644);
  const { code, text } = await troth({ DATABASE_URL: url, TROTH_DATA: folder, PORT: '0', HOST: '0.0.0.0' }, 'doctor');
  assert.equal(code, 1);
  assert.match(text, /✖ Durability +fsync is off: a power cut can destroy the database\.\n +→ Set fsync = on/);
  assert.match(text, /✖ Root secret .*mode 644.*\n +→ chmod 600/);
  assert.match(text, /✖ Public address HOST is 0\.0\.0\.0/);
  for (const line of text.split('\n').filter((each) => /^[✖!]/.test(each)))
    assert.match(text, new RegExp(`${RegExp.escape(line)}\\n +→ `));
});

test('doctor on a machine without data changes nothing and is content', async (t) => {
  const folder = join(newFolder(t), 'none');
  const { code, text } = await troth({ TROTH_DATA: folder, PORT: '0' }, 'doctor');
  assert.equal(code, 0);
  assert.match(text, /Database +none yet/);
  assert.match(
    (await troth({ DATABASE_URL: 'postgres://x@127.0.0.1:1/x', PORT: '0' }, 'doctor')).text,
    /✖ Database .*\n.*nothing listens/,
  );
});

test('Node is compared byte for byte with the pinned one', () => {
  const runtime = { version: 'v26.10.0', platform: 'linux', arch: 'x64', binary: () => Buffer.from('exchanged') };
  assert.equal(checkNode(runtime).level, 'warning');
  assert.equal(checkNode({ ...runtime, version: 'v20.1.0' }).level, 'bad');
  assert.equal(checkNode({ ...runtime, platform: 'plan9' }).level, 'note');
  const pinned = process.version === 'v26.10.0' && process.platform === 'linux' && process.arch === 'x64';
  assert.equal(checkNode().level, pinned ? 'good' : 'note');
});

test('a full disk, a taken port and an unencrypted address are noticed', async (t) => {
  assert.deepEqual(
    [0.1, 1, 50].map((gibibytes) => checkDisk({ dataFolder: '/data' }, gibibytes * 1024 ** 3).level),
    ['bad', 'warning', 'good'],
  );
  const taken = createServer((request, response) => response.writeHead(request.url === '/healthz' ? 404 : 200).end());
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  t.after(() => void taken.close());
  const address = taken.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  assert.equal((await checkPort({ host: '127.0.0.1', port })).level, 'bad');
  const local = { host: '127.0.0.1', insecureHttp: false };
  assert.equal(checkAddress(local, 'https://trust.example').level, 'good');
  assert.equal(checkAddress(local, 'http://trust.example').level, 'warning');
  assert.equal(checkAddress({ ...local, host: '0.0.0.0' }, 'http://trust.example').level, 'bad');
  assert.equal(checkAddress({ host: '0.0.0.0', insecureHttp: true }, undefined).level, 'note');
});
