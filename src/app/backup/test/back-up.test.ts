import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { emptyDatabase } from '../../../../tests/support/database.ts';
import { systemBinaries } from '../../database/find-binaries.ts';
import { openDatabase } from '../../database/open-database.ts';
import { folderStore } from '../../folder-store.ts';
import { migrate } from '../../migrate.ts';
import type { Room } from '../../rooms.ts';
import { withClient } from '../../with-client.ts';
import { backUp } from '../back-up.ts';
import { restore } from '../restore.ts';

// What our schemas may hold: a circle of foreign keys, generated and identity columns, a guard trigger, partitions, odd names and
// values.
const schema = `
  create schema alpha;
  create table alpha.parent (id integer primary key, favourite integer, doubled integer generated always as (id * 2) stored);
  create table alpha.child (id integer generated always as identity primary key, parent integer not null references alpha.parent);
  alter table alpha.parent add constraint favourite_child foreign key (favourite) references alpha.child;
  create table alpha."Odd ""name""" ("a ""column""" text, bytes bytea, at timestamptz,
    tree jsonb, list text[], number double precision);
  create table alpha.part (key integer) partition by range (key);
  create table alpha.part_low partition of alpha.part for values from (0) to (10);
  create table alpha.part_rest partition of alpha.part default;
  create function alpha.refuse() returns trigger language plpgsql as $$ begin raise exception 'append only'; end $$;
  create trigger guard before update or delete on alpha.child for each row execute function alpha.refuse();
  create trigger guard_all before truncate or insert on alpha.part for each statement execute function alpha.refuse();
  insert into alpha.parent (id) values (99);`;
const rows = `
  insert into alpha.parent (id) select generate_series(1, 3);
  insert into alpha.child (parent) values (1), (2), (2);
  update alpha.parent set favourite = 3 where id = 2;
  insert into alpha."Odd ""name""" values
    (e'tab\\t newline\\n backslash \\\\ \\\\N ünï 漢字', '\\x00ff0a5c',
     '2026-11-21 01:02:03.456789+00', '{"n": 12345678901234567890}', '{a,NULL,"b,c"}', 0.1),
    (null, '', 'infinity', 'null', '{}', 'NaN');
  alter table alpha.part disable trigger user;
  insert into alpha.part select generate_series(0, 20000);
  alter table alpha.part enable trigger user;`;
const fingerprint = `
  select (select json_agg(p order by id) from alpha.parent p) as parents,
         (select json_agg(c order by id) from alpha.child c) as children,
         (select json_agg(o) from alpha."Odd ""name""" o)::text as odd, (select count(*) from alpha.part_rest)::int as rest,
         (select sum(key) from alpha.part)::text as sum,
         (select json_agg(tgname || tgenabled::text order by tgname) from pg_trigger
           where not tgisinternal and tgparentid = 0) as triggers,
         (select json_agg(conname order by conname) from pg_constraint where contype = 'f' and conparentid = 0) as keys`;

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'troth-backup-'));
  chmodSync(folder, 0o711);
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

function roomsIn(folder: string, files: Record<string, string>): Room[] {
  const sqlFolder = join(folder, `sql-${Object.keys(files).length}`);
  mkdirSync(sqlFolder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(sqlFolder, name), text);
  return [
    { name: 'kernel', sqlFolder: '/nowhere' },
    { name: 'alpha', sqlFolder },
  ];
}

const look = (url: string) => withClient(url, async (client) => (await client.query(fingerprint)).rows[0] as unknown);
const now = () => new Date('2026-11-21T12:00:00Z');

async function filled(folder: string, url: string) {
  const rooms = roomsIn(folder, { '0001_start.sql': schema });
  await migrate({ url, rooms });
  await withClient(url, (client) => client.query(rows));
  const state = folderStore(join(folder, 'state'));
  await state.put('public/checkpoint', Buffer.from('signed'));
  await state.put('public/tile/0/000', Buffer.from([0, 1, 2, 10, 255]));
  const file = join(folder, 'all.backup');
  const counts = await backUp({ file, url, rooms, state, now });
  return { rooms, state, file, counts, before: await look(url) };
}

test('a backup restores every row, sequence, guard and key, and the state files byte for byte', async (t) => {
  const folder = newFolder(t);
  const source = await emptyDatabase(t);
  const { file, rooms, counts, before } = await filled(folder, source.url);
  assert.deepEqual(counts, { tables: 4, stateFiles: 2 });
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(folder).toSorted(), ['all.backup', 'sql-1', 'state']);

  const target = await emptyDatabase(t);
  const state = folderStore(join(folder, 'restored'));
  await restore({ file, url: target.url, rooms, state });
  assert.deepEqual(await look(target.url), before);
  assert.deepEqual(await state.list(''), ['public/checkpoint', 'public/tile/0/000']);
  assert.deepEqual([...((await state.get('public/tile/0/000'))?.bytes ?? [])], [0, 1, 2, 10, 255]);
  const next = await withClient(target.url, (client) => client.query('insert into alpha.child (parent) values (1) returning id'));
  assert.deepEqual(next.rows, [{ id: 4 }]);
  await assert.rejects(
    withClient(target.url, (client) => client.query('delete from alpha.child')),
    /append only/,
  );
});

test('a backup of an older schema is restored and then brought forward, with its rows moved', async (t) => {
  const folder = newFolder(t);
  const { file } = await filled(folder, (await emptyDatabase(t)).url);
  const newer = roomsIn(folder, {
    '0001_start.sql': schema,
    '0002_name.sql': 'alter table alpha.child add name text; insert into alpha.parent (id) select max(id) + 1 from alpha.parent;',
  });
  const { url } = await emptyDatabase(t);
  await restore({ file, url, rooms: newer, state: folderStore(join(folder, 'restored')) });
  const { rows: found } = await withClient(url, (client) =>
    client.query('select count(*)::int as parents, max(id) as last from alpha.parent'),
  );
  assert.deepEqual(found, [{ parents: 5, last: 100 }]);
});

test('a backup of a newer schema, and a database that is not empty, are refused and left as they are', async (t) => {
  const folder = newFolder(t);
  const source = await emptyDatabase(t);
  const { file, rooms, state } = await filled(folder, source.url);
  const older = [
    { name: 'kernel', sqlFolder: '/nowhere' },
    { name: 'alpha', sqlFolder: '/nowhere' },
  ];
  const { url } = await emptyDatabase(t);
  await assert.rejects(
    restore({ file, url, rooms: older, state: folderStore(join(folder, 'x')) }),
    /The backup is newer than this version/,
  );
  await assert.rejects(restore({ file, url: source.url, rooms, state }), /The database is not empty/);
  await state.put('public/checkpoint', Buffer.from('of another log'));
  await assert.rejects(restore({ file, url, rooms, state }), /already holds public\/checkpoint of another log/);
  await assert.rejects(backUp({ file, url: source.url, rooms, state, now }), /exists already/);
  assert.deepEqual(
    (await withClient(url, (client) => client.query("select from pg_namespace where nspname = 'alpha'"))).rowCount,
    0,
  );
});

test('after a crash in the middle of restoring nothing but the same restore will run, and it starts over', async (t) => {
  const folder = newFolder(t);
  const { file, rooms, before } = await filled(folder, (await emptyDatabase(t)).url);
  const { url } = await emptyDatabase(t);
  // The state that a kill leaves between making the schema and the transaction that brings the rows.
  await withClient(url, (client) => client.query('create schema kernel; create table kernel.restore_unfinished ()'));
  await migrate({ url, rooms, only: () => true });
  await assert.rejects(migrate({ url, rooms }), /restore into this database was cut off/);
  await restore({ file, url, rooms, state: folderStore(join(folder, 'restored')) });
  assert.deepEqual(await look(url), before);
});

test('a backup that was cut off or changed in any section is refused before anything is written', async (t) => {
  const folder = newFolder(t);
  const { file, rooms } = await filled(folder, (await emptyDatabase(t)).url);
  const { url } = await emptyDatabase(t);
  const whole = gunzipSync(readFileSync(file));
  const bad = join(folder, 'bad.backup');
  const attempt = () => restore({ file: bad, url, rooms, state: folderStore(join(folder, 'never')) });
  const refused = { name: 'StartupProblem', message: /not a whole backup/ };
  for (const part of [0.1, 0.4, 0.7, 0.95]) {
    const changed = Buffer.from(whole);
    const at = Math.floor(changed.length * part);
    changed[at] = (changed[at] ?? 0) ^ 1;
    writeFileSync(bad, gzipSync(changed));
    await assert.rejects(attempt(), refused, `byte ${at} of ${whole.length}`);
  }
  // A whole table taken out, which leaves every remaining checksum right.
  const text = whole.toString('latin1');
  const from = text.indexOf('{"kind":"table"');
  writeFileSync(
    bad,
    gzipSync(Buffer.from(text.slice(0, from) + text.slice(text.indexOf('{"kind":"table"', from + 1)), 'latin1')),
  );
  await assert.rejects(attempt(), refused);
  writeFileSync(bad, readFileSync(file));
  truncateSync(bad, statSync(bad).size - 30);
  await assert.rejects(attempt(), refused);
  await assert.rejects(restore({ file: join(folder, 'none'), url, rooms, state: folderStore(folder) }), /There is no file/);
  assert.equal(
    (await withClient(url, (client) => client.query("select from pg_namespace where nspname in ('alpha', 'kernel')"))).rowCount,
    0,
  );
});

const system = systemBinaries()[0];
test(
  'a backup of the own server restores into a system PostgreSQL of another version, and back',
  { skip: !system && 'no system PostgreSQL' },
  async (t) => {
    const folder = newFolder(t);
    const source = await emptyDatabase(t);
    const { file, rooms, before } = await filled(folder, source.url);
    const other = await openDatabase({ dataFolder: join(folder, 'system'), prefer: 'system', settings: { fsync: 'off' } });
    try {
      const state = folderStore(join(folder, 'there'));
      await restore({ file, url: other.url, rooms, state });
      assert.deepEqual(await look(other.url), before);
      const returned = join(folder, 'returned.backup');
      await backUp({ file: returned, url: other.url, rooms, state, now });
      const { url } = await emptyDatabase(t);
      await restore({ file: returned, url, rooms, state });
      assert.deepEqual(await look(url), before);
    } finally {
      await other.stop();
    }
  },
);
