import type { Client } from 'pg';
import { migrate, refuseForeign, unfinishedMark } from '../migrate.ts';
import { readMigrations } from '../read-migrations.ts';
import { schemaOf, type Room } from '../rooms.ts';
import { StartupProblem } from '../startup-problem.ts';
import type { StateStore } from '#ledger';
import { withClient } from '../with-client.ts';
import { readSections, type Manifest } from './backup-file.ts';
import { copyIn } from './copy.ts';
import { quoted, storedTables } from './stored-tables.ts';

export type RestoreJob = {
  file: string;
  url: string;
  rooms: readonly Room[];
  state: StateStore;
};

/**
 * Restores a backup into an empty database and state store, then brings it to the schema of this code. The file is checked whole
 * before anything is written; the rows go in as one transaction; run again after a crash it starts over.
 * @throws StartupProblem when the database holds something, or the backup is damaged or newer than the code.
 */
export async function restore({ file, url, rooms, state }: RestoreJob): Promise<Manifest> {
  const manifest = await check(file, rooms);
  await claimEmpty(url, rooms);
  const known = new Set(manifest.migrations.map(({ room, name }) => `${room}/${name}`));
  try {
    await restoreState(file, state);
    // The schema the backup was made from, not ours: later migrations must find the rows in place to move them.
    await migrate({ url, rooms, only: ({ room, name }) => known.has(`${room}/${name}`) });
    await withClient(url, (client) => restoreTables(client, file, rooms, manifest));
  } catch (error) {
    await withClient(url, (client) => dropSchemas(client, rooms));
    throw error;
  }
  await migrate({ url, rooms });
  return manifest;
}

async function check(file: string, rooms: readonly Room[]): Promise<Manifest> {
  let manifest: Manifest | undefined;
  for await (const { head, content } of readSections(file)) {
    if (head.kind === 'manifest') manifest = head;
    for await (const chunk of content) void chunk;
  }
  if (!manifest) throw new StartupProblem(`${file} is not a whole backup: it has no manifest.`);
  try {
    refuseForeign(manifest.migrations, readMigrations(rooms), 'the backup');
  } catch (error) {
    if (error instanceof StartupProblem) throw new StartupProblem(`${file} cannot be restored. ${error.message}`);
    throw error;
  }
  return manifest;
}

/** Marks the database as being restored, until the transaction that brings the rows: after a crash the next run starts over. */
async function claimEmpty(url: string, rooms: readonly Room[]): Promise<void> {
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ unfinished: boolean; full: boolean }>(
      `select to_regclass('${unfinishedMark}') is not null as unfinished,
              exists (select from pg_namespace where nspname = any ($1)) as full`,
      [rooms.map(schemaOf)],
    );
    if (rows[0]?.unfinished) await dropSchemas(client, rooms);
    else if (rows[0]?.full) throw notEmpty();
    await client.query(`create schema if not exists kernel; create table ${unfinishedMark} ()`);
  });
}

function notEmpty(): StartupProblem {
  return new StartupProblem(
    'The database is not empty, and restoring never overwrites. Name an empty one: a new TROTH_DATA folder, or a DATABASE_URL ' +
      'to a database just made. The data that is there stays as it is.',
  );
}

/** Equal files may lie there from a run that was cut off; others belong to another log. */
async function restoreState(file: string, state: StateStore): Promise<void> {
  const existing = new Set(await state.list(''));
  for await (const { head, content } of readSections(file)) {
    if (head.kind !== 'state') continue;
    const chunks: Buffer[] = [];
    for await (const chunk of content) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    const stored = await state.get(head.key);
    existing.delete(head.key);
    if (stored && !bytes.equals(stored.bytes)) throw foreignState(head.key);
    if (!stored) await state.put(head.key, bytes);
  }
  const [left] = existing;
  if (left !== undefined) throw foreignState(left);
}

function foreignState(key: string): StartupProblem {
  return new StartupProblem(
    `The state folder already holds ${key} of another log. Name a new TROTH_DATA folder, or move it away.`,
  );
}

async function restoreTables(client: Client, file: string, rooms: readonly Room[], manifest: Manifest): Promise<void> {
  await client.query(`set datestyle = 'ISO'; set intervalstyle = 'iso_8601'; set timezone = 'UTC'`);
  await client.query('begin');
  const tables = await storedTables(client, rooms);
  const names = tables.map(({ schema, table }) => quoted(schema, table));
  // Foreign keys come off and are checked again at the end: tables may refer to each other in a circle, and no order would do.
  const keys = await foreignKeys(client, rooms);
  for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint ${quoted(name)}`);
  // Guards against change would refuse rows that are restored, not changed. An owner may switch off its own triggers only.
  for (const name of names) await client.query(`alter table ${name} disable trigger user`);
  // Rows that migrations put in are in the backup too, as they stood when it was made.
  if (names.length > 0) await client.query(`truncate ${names.join(', ')}`);
  for await (const { head, content } of readSections(file)) {
    if (head.kind !== 'table') continue;
    const columns = head.columns.map((column) => quoted(column)).join(', ');
    await copyIn(client, `copy ${quoted(head.schema, head.table)} (${columns}) from stdin`, content);
  }
  for (const { schema, name, value, called } of manifest.sequences) {
    await client.query('select setval($1::regclass, $2::bigint, $3)', [quoted(schema, name), value, called]);
  }
  for (const name of names) await client.query(`alter table ${name} enable trigger user`);
  for (const { table, name, definition } of keys)
    await client.query(`alter table ${table} add constraint ${quoted(name)} ${definition}`);
  await client.query(`drop table ${unfinishedMark}`);
  await client.query('commit');
}

async function foreignKeys(client: Client, rooms: readonly Room[]) {
  const { rows } = await client.query<{ table: string; name: string; definition: string }>(
    `select format('%I.%I', n.nspname, t.relname) as table, c.conname as name, pg_get_constraintdef(c.oid) as definition
       from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_namespace n on n.oid = t.relnamespace
      where c.contype = 'f' and c.conparentid = 0 and n.nspname = any ($1) order by 1, 2`,
    [rooms.map(schemaOf)],
  );
  return rows;
}

/** Only ever called on what a run made in a database that it had found empty, so that the next try finds it empty too. */
async function dropSchemas(client: Client, rooms: readonly Room[]): Promise<void> {
  const names = rooms.map((room) => quoted(schemaOf(room))).join(', ');
  await client.query(`drop schema if exists kernel, ${names} cascade`);
}
