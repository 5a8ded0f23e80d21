import assert from 'node:assert/strict';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { QueryResultRow } from 'pg';
import { emptyDatabase } from '../../../tests/support/database.ts';
import { migrate, pendingMigrations } from '../migrate.ts';
import type { Room } from '../rooms.ts';
import { withClient } from '../with-client.ts';

const first = 'create schema alpha; create table alpha.thing (id integer primary key);';

function roomsOf(t: TestContext, files: Record<string, Record<string, string>>): Room[] {
  const folder = mkdtempSync(join(tmpdir(), 'troth-migrate-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return Object.entries(files).map(([name, sql]) => {
    const sqlFolder = join(folder, name);
    mkdirSync(sqlFolder);
    for (const [file, text] of Object.entries(sql)) writeFileSync(join(sqlFolder, file), text);
    return { name, sqlFolder };
  });
}

async function query<Row extends QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  return withClient(url, async (client) => (await client.query<Row>(sql)).rows);
}

test('migrations run room by room in the given order, and a second run finds nothing to do', async (t) => {
  const { url } = await emptyDatabase(t);
  const rooms = roomsOf(t, {
    beta: { '0001_start.sql': 'create schema beta; create table beta.other (id integer);' },
    alpha: { '0002_more.sql': 'insert into alpha.thing select id from beta.other;', '0001_start.sql': first },
  });
  const applied = await migrate({ url, rooms });
  assert.deepEqual(
    applied.map(({ room, name }) => `${room}/${name}`),
    ['beta/0001_start.sql', 'alpha/0001_start.sql', 'alpha/0002_more.sql'],
  );
  assert.deepEqual(await migrate({ url, rooms }), []);
});

test('a changed file is refused by its name, and nothing after it runs', async (t) => {
  const { url } = await emptyDatabase(t);
  await migrate({ url, rooms: roomsOf(t, { alpha: { '0001_start.sql': first } }) });
  const changed = roomsOf(t, { alpha: { '0001_start.sql': `${first}--`, '0002_more.sql': 'drop table alpha.thing' } });
  await assert.rejects(migrate({ url, rooms: changed }), {
    name: 'StartupProblem',
    message: /alpha\/0001_start\.sql was changed/,
  });
  assert.deepEqual(await query(url, 'select * from alpha.thing'), []);
});

test('a database newer than the code is refused, whether a file or a whole room is unknown', async (t) => {
  const { url } = await emptyDatabase(t);
  const files = { alpha: { '0001_start.sql': first }, beta: { '0001_start.sql': 'create schema beta' } };
  await migrate({ url, rooms: roomsOf(t, { ...files, alpha: { ...files.alpha, '0002_new.sql': 'select 1' } }) });
  await assert.rejects(migrate({ url, rooms: roomsOf(t, files) }), /newer than this version.*alpha\/0002_new\.sql/);
  await assert.rejects(migrate({ url, rooms: roomsOf(t, { alpha: files.alpha }) }), /newer than this version/);
});

test('a number below one already applied is refused', async (t) => {
  const { url } = await emptyDatabase(t);
  await migrate({ url, rooms: roomsOf(t, { alpha: { '0002_start.sql': first } }) });
  const rooms = roomsOf(t, { alpha: { '0001_late.sql': 'select 1', '0002_start.sql': first } });
  await assert.rejects(migrate({ url, rooms }), /Give it a higher number/);
});

test('a migration that fails is taken back whole and named; those before it stay', async (t) => {
  const { url } = await emptyDatabase(t);
  const rooms = roomsOf(t, {
    alpha: { '0001_start.sql': first, '0002_bad.sql': 'create table alpha.half (id integer); select 1/0;' },
  });
  await assert.rejects(migrate({ url, rooms }), /alpha\/0002_bad\.sql failed and was taken back: division by zero/);
  assert.deepEqual(await query(url, "select to_regclass('alpha.half') as half, to_regclass('alpha.thing')::text as thing"), [
    { half: null, thing: 'alpha.thing' },
  ]);
});

test('four processes at once apply every migration exactly once', async (t) => {
  const { url } = await emptyDatabase(t);
  const rooms = roomsOf(t, { alpha: { '0001_start.sql': first, '0002_row.sql': 'insert into alpha.thing values (1)' } });
  const applied = await Promise.all(Array.from({ length: 4 }, () => migrate({ url, rooms })));
  assert.equal(applied.flat().length, 2);
  assert.deepEqual(await query(url, 'select id from alpha.thing'), [{ id: 1 }]);
});

test('what is pending can be asked without changing the database', async (t) => {
  const { url } = await emptyDatabase(t);
  const rooms = roomsOf(t, { alpha: { '0001_start.sql': first } });
  const pending = await withClient(url, (client) => pendingMigrations(client, rooms));
  assert.deepEqual(
    pending.map(({ name }) => name),
    ['0001_start.sql'],
  );
  assert.deepEqual(await query(url, "select nspname from pg_namespace where nspname = 'kernel'"), []);
});

test('a file that is not named like a migration, or shares a number, is refused', async (t) => {
  const { url } = await emptyDatabase(t);
  await assert.rejects(migrate({ url, rooms: roomsOf(t, { alpha: { 'start.sql': first } }) }), /named like 0001_/);
  await assert.rejects(migrate({ url, rooms: roomsOf(t, { alpha: { '0001_a.sql': first, '0001_b.sql': '' } }) }), /number 0001/);
});
