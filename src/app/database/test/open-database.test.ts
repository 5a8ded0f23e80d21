import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { withClient } from '../../with-client.ts';
import { systemBinaries } from '../find-binaries.ts';
import { openDatabase, type DatabaseRequest } from '../open-database.ts';
import { readPostmasterFile } from '../postmaster-file.ts';
import { processIdentity } from '../process-identity.ts';
import { stopServer } from '../start-server.ts';

const asRoot = process.getuid?.() === 0;

// Hooks run in the order they are added, but a folder must go after everything that uses it.
const endings = new WeakMap<TestContext, (() => unknown)[]>();

function atEnd(t: TestContext, hook: () => unknown): void {
  const hooks = endings.get(t) ?? [];
  if (hooks.length === 0) {
    endings.set(t, hooks);
    t.after(async () => {
      for (const each of hooks.toReversed()) await each();
    });
  }
  hooks.push(hook);
}

function newFolder(t: TestContext): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'troth-launcher-')));
  chmodSync(folder, 0o711);
  atEnd(t, async () => {
    const file = readPostmasterFile(join(folder, 'postgres'));
    if (file && file.pid !== process.pid) await stopServer(file.pid);
    rmSync(folder, { recursive: true });
  });
  return folder;
}

// Made once: what most tests need is a cluster that is there, and making one takes seconds.
let made: Promise<string> | undefined;
after(async () => {
  if (made) rmSync(await made, { recursive: true });
});

async function madeFolder(t: TestContext): Promise<string> {
  made ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), 'troth-launcher-'));
    await (await openDatabase({ dataFolder: folder, settings: { fsync: 'off' } })).stop();
    return folder;
  })();
  const folder = newFolder(t);
  // cp keeps the owner, which under root is the account of the server.
  const { status } = spawnSync('cp', ['-a', join(await made, 'postgres'), folder]);
  assert.equal(status, 0);
  return folder;
}

async function open(t: TestContext, request: DatabaseRequest) {
  const database = await openDatabase(request);
  atEnd(t, () => database.stop());
  return database;
}

const problem = (message: RegExp) => ({ name: 'StartupProblem', message });
const serverPid = (folder: string) => readPostmasterFile(join(folder, 'postgres'))?.pid ?? 0;
const value = (url: string, sql: string) =>
  withClient(url, async (client) => (await client.query<{ value: unknown }>(`select (${sql})::text as value`)).rows[0]?.value);

async function until<Value>(what: () => Promise<Value | undefined> | Value | undefined): Promise<Value> {
  for (let tries = 0; tries < 2_000; tries += 1) {
    const found = await what();
    if (found !== undefined && found !== false) return found;
    await pause(10);
  }
  throw new Error('waited 20 s in vain');
}

async function holder(t: TestContext, folder: string): Promise<{ process: ChildProcess; url: string }> {
  const load = fileURLToPath(new URL('../../../load.js', import.meta.url));
  const child = spawn(process.execPath, ['--import', load, join(import.meta.dirname, 'hold-database.ts'), folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  atEnd(t, () => child.kill('SIGKILL'));
  const [url]: unknown[] = await once(child.stdout, 'data');
  return { process: child, url: String(url).trim() };
}

test('a fresh folder gives a durable UTF-8 database that stops with its last user and leaves no trace outside', async (t) => {
  const folder = newFolder(t);
  const database = await openDatabase({ dataFolder: folder });
  const settings = ['data_checksums', 'fsync', 'full_page_writes', 'synchronous_commit', 'server_encoding', 'listen_addresses'];
  const found = await Promise.all(settings.map((name) => value(database.url, `select current_setting('${name}')`)));
  assert.deepEqual(found, ['on', 'on', 'on', 'on', 'UTF8', '']);
  assert.equal(await value(database.url, 'select datcollate from pg_database where datname = current_database()'), 'C');
  assert.equal(database.kind, 'own');
  assert.match(database.version, /^1[5-8]\.\d+$/);
  const pid = serverPid(folder);
  const socketFolder = readPostmasterFile(join(folder, 'postgres'))?.socketFolder ?? '';
  assert.equal(statSync(socketFolder).mode & 0o777, 0o700);
  await database.stop();
  assert.equal(processIdentity(pid), undefined);
  assert.equal(existsSync(socketFolder), false);
  assert.deepEqual(readdirSync(folder).toSorted(), ['postgres', 'postgres.log', 'postgres.users']);
});

test(
  'the server sits in a process group of its own, so that Ctrl-C in the terminal does not reach it',
  { skip: process.platform !== 'linux' },
  async (t) => {
    const folder = await madeFolder(t);
    await open(t, { dataFolder: folder });
    const group = readFileSync(`/proc/${serverPid(folder)}/stat`, 'utf8')
      .split(') ')[1]
      ?.split(' ')[2];
    assert.equal(group, String(serverPid(folder)));
  },
);

test('after kill -9 of the process that started it the next one attaches to the same server, and stops it', async (t) => {
  const folder = await madeFolder(t);
  const first = await holder(t, folder);
  await value(first.url, "select set_config('troth.alive', 'yes', false)");
  const pid = serverPid(folder);
  first.process.kill('SIGKILL');
  await once(first.process, 'exit');
  const second = await open(t, { dataFolder: folder });
  assert.equal(serverPid(folder), pid);
  assert.equal(second.url, first.url);
  await second.stop();
  assert.equal(processIdentity(pid), undefined);
});

test('two processes that open a fresh folder at once share one server; it stays until the second leaves', async (t) => {
  const folder = newFolder(t);
  const [one, two] = await Promise.all([holder(t, folder), holder(t, folder)]);
  assert.equal(one.url, two.url);
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith('postgres.new')),
    [],
  );
  const pid = serverPid(folder);
  one.process.stdin?.write('stop');
  await once(one.process, 'exit');
  assert.equal(await value(two.url, 'select 1'), '1');
  assert.equal(serverPid(folder), pid);
  two.process.stdin?.write('stop');
  await once(two.process, 'exit');
  assert.equal(processIdentity(pid), undefined);
});

test('after kill -9 of the server it comes back at the same address with every acknowledged row', async (t) => {
  const folder = await madeFolder(t);
  const said: string[] = [];
  const { url } = await open(t, { dataFolder: folder, say: (sentence) => said.push(sentence) });
  await withClient(url, (client) => client.query('create table kept as select 42 as number'));
  const pid = serverPid(folder);
  process.kill(pid, 'SIGKILL');
  assert.equal(await until(() => value(url, 'select number from kept').catch(() => undefined)), '42');
  assert.notEqual(serverPid(folder), pid);
  await until(() => said.length === 2 || undefined);
  assert.deepEqual(said, ['PostgreSQL has ended; starting it again.', 'PostgreSQL runs again.']);
});

test('a lock file whose pid now belongs to another program is recognised as stale', async (t) => {
  const folder = await madeFolder(t);
  await (await openDatabase({ dataFolder: folder })).stop();
  writeFileSync(join(folder, 'postgres', 'postmaster.pid'), `${process.pid}\n${folder}/postgres\n1\n5432\n/nowhere\n\n\nready\n`);
  const { url } = await open(t, { dataFolder: folder });
  assert.equal(await value(url, 'select 1'), '1');
});

test('a half cluster left by a crash in the middle of making one is thrown away', async (t) => {
  const folder = newFolder(t);
  mkdirSync(join(folder, 'postgres.new-999999-1-0123abcd'));
  writeFileSync(join(folder, 'postgres.new-999999-1-0123abcd', 'PG_VERSION'), '18\n');
  const { url } = await open(t, { dataFolder: folder });
  assert.equal(await value(url, 'select 1'), '1');
  assert.equal(existsSync(join(folder, 'postgres.new-999999-1-0123abcd')), false);
});

test('when the folder of its socket is cleared away, the next process starts the server anew', async (t) => {
  const folder = await madeFolder(t);
  const first = await open(t, { dataFolder: folder });
  rmSync(new URL(first.url.replace('@/', '@x/')).searchParams.get('host') ?? '', { recursive: true });
  const second = await open(t, { dataFolder: folder });
  assert.equal(await value(second.url, 'select 1'), '1');
});

test('a data folder with a path far beyond the limit of a socket works', async (t) => {
  const folder = join(newFolder(t), 'a'.repeat(100), 'b c'.repeat(30));
  const { url } = await open(t, { dataFolder: folder });
  assert.equal(await value(url, 'select 1'), '1');
});

test('on TCP it listens on 127.0.0.1 only and lets nobody in without its random secret', async (t) => {
  const folder = newFolder(t);
  const { url } = await open(t, { dataFolder: folder, transport: 'tcp' });
  assert.equal(await value(url, "select current_setting('listen_addresses')"), '127.0.0.1');
  assert.equal(statSync(join(folder, 'postgres.secret')).mode & 0o777, 0o600);
  await assert.rejects(value(url.replace(/:[\w-]+@/, ':wrong@'), 'select 1'), { code: '28P01' });
});

test(
  'under root the server runs as an ordinary account; a folder closed to it is named',
  { skip: !asRoot && 'not root' },
  async (t) => {
    const folder = await madeFolder(t);
    await open(t, { dataFolder: folder });
    assert.notEqual(statSync(`/proc/${serverPid(folder)}`).uid, 0);
    const closed = join(newFolder(t), 'closed');
    mkdirSync(closed, { mode: 0o700 });
    await assert.rejects(openDatabase({ dataFolder: join(closed, 'data') }), {
      name: 'StartupProblem',
      message: new RegExp(`may not enter ${closed}`),
    });
  },
);

test(
  'a folder made by the system version is opened with that version again',
  { skip: systemBinaries().length === 0 && 'no system PostgreSQL' },
  async (t) => {
    const folder = newFolder(t);
    const made = await openDatabase({ dataFolder: folder, prefer: 'system' });
    await made.stop();
    const { version } = await open(t, { dataFolder: folder });
    assert.equal(version, made.version);
    assert.equal(Number.parseInt(version, 10), systemBinaries()[0]?.major);
  },
);

test('what cannot be used is refused in a sentence and nothing is touched', async (t) => {
  const folder = newFolder(t);
  writeFileSync(join(folder, 'file'), '');
  await assert.rejects(openDatabase({ dataFolder: join(folder, 'file') }), problem(/a file is in its place/));
  mkdirSync(join(folder, 'foreign', 'postgres'), { recursive: true });
  writeFileSync(join(folder, 'foreign', 'postgres', 'letter.txt'), 'keep me');
  await assert.rejects(openDatabase({ dataFolder: join(folder, 'foreign') }), problem(/holds files but no database/));
  mkdirSync(join(folder, 'old', 'postgres'), { recursive: true });
  writeFileSync(join(folder, 'old', 'postgres', 'PG_VERSION'), '9\n');
  await assert.rejects(openDatabase({ dataFolder: join(folder, 'old') }), problem(/made by PostgreSQL 9.*restore a backup/));
});

test('a given server that cannot be used is explained without its password', async () => {
  for (const [databaseUrl, message] of [
    ['postgres://ada:secret@127.0.0.1:1/troth', /nothing listens at 127\.0\.0\.1:1/],
    ['postgres://ada:secret@no-such-name.invalid/troth', /no-such-name\.invalid/],
    ['postgres://ada:secret@/troth?host=/nowhere', /no socket in \/nowhere/],
  ] as const) {
    await assert.rejects(openDatabase({ dataFolder: '/nowhere', databaseUrl }), (error: Error) => {
      assert.equal(error.name, 'StartupProblem');
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /secret/);
      return true;
    });
  }
});
