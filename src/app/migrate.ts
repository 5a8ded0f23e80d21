import type { Client, ClientBase } from 'pg';
import { serverVersion } from './database/check-given-server.ts';
import { readMigrations, type Migration } from './read-migrations.ts';
import type { Room } from './rooms.ts';
import { errorCode, StartupProblem } from './startup-problem.ts';
import { withClient } from './with-client.ts';

export type AppliedMigration = Pick<Migration, 'room' | 'name' | 'checksum'>;

export type MigrationJob = {
  url: string;
  /** In the order in which their schemas are made. */
  rooms: readonly Room[];
  /** Leaves out the rest; restoring needs the schema a backup was made from first. */
  only?: (migration: Migration) => boolean;
};

/**
 * Brings the database to the schema of this code. Forward only; safe to call from several processes at once and after a crash.
 * @returns What this call applied, in order.
 * @throws StartupProblem when the database is newer than the code, or an applied file has been changed.
 */
export async function migrate({ url, rooms, only }: MigrationJob): Promise<AppliedMigration[]> {
  return withClient(url, async (client) => {
    await serverVersion(client);
    const migrations = readMigrations(rooms);
    if (only === undefined) await refuseUnfinished(client);
    await makeRecord(client);
    refuseForeign(await readApplied(client), migrations);
    const applied: AppliedMigration[] = [];
    for (const migration of migrations.filter(only ?? (() => true))) {
      if (await apply(client, migration))
        applied.push({ room: migration.room, name: migration.name, checksum: migration.checksum });
    }
    return applied;
  });
}

/** How the database stands to the code, without changing anything. @throws StartupProblem when it is newer or changed. */
export async function pendingMigrations(client: ClientBase, rooms: readonly Room[]): Promise<Migration[]> {
  const migrations = readMigrations(rooms);
  const applied = await readApplied(client);
  refuseForeign(applied, migrations);
  return migrations.filter(({ room, name }) => !applied.some((row) => row.room === room && row.name === name));
}

/** What has been applied to this database; nothing when it has never been migrated. */
export async function readApplied(client: ClientBase): Promise<AppliedMigration[]> {
  const { rows: there } = await client.query<{ table: string | null }>("select to_regclass('kernel.migration')::text as table");
  if (!there[0]?.table) return [];
  return (await client.query<AppliedMigration>('select room, name, checksum from kernel.migration order by room, name')).rows;
}

/** Every applied migration must be known here, unchanged, and none of ours may lie before one already applied. */
export function refuseForeign(
  applied: readonly AppliedMigration[],
  migrations: readonly Migration[],
  holder = 'the database',
): void {
  for (const row of applied) {
    const own = migrations.find(({ room, name }) => room === row.room && name === row.name);
    if (!own) {
      throw new StartupProblem(
        `${holder.replace(/^t/, 'T')} is newer than this version of Troth: it holds the migration ` +
          `${row.room}/${row.name}, which is unknown here. ` +
          'Start the version that made it, or a newer one.',
      );
    }
    if (own.checksum !== row.checksum) {
      throw new StartupProblem(
        `The migration ${row.room}/${row.name} was changed after it had been applied to ${holder}. ` +
          'Restore the file as it was, and make the change in a new migration.',
      );
    }
  }
  for (const { room, name } of migrations) {
    const later = applied.find((row) => row.room === room && row.name > name);
    if (later && !applied.some((row) => row.room === room && row.name === name)) {
      throw new StartupProblem(`${room}/${name} comes before ${later.name}, which is already applied. Give it a higher number.`);
    }
  }
}

/** A table that exists while a backup is being restored, until its rows are in. */
export const unfinishedMark = 'kernel.restore_unfinished';

async function refuseUnfinished(client: Client): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass('${unfinishedMark}') is not null as there`);
  if (rows[0]?.there)
    throw new StartupProblem('A restore into this database was cut off. Run the same "npm run troth -- restore FILE" again.');
}

/** The record of migrations cannot be made by a migration; all else in the schema `kernel` is. */
async function makeRecord(client: Client): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query(`
        create schema if not exists kernel;
        create table if not exists kernel.migration (
          room text not null,
          name text not null,
          checksum text not null check (checksum ~ '^[0-9a-f]{64}$'),
          applied_at timestamptz not null default now(),
          primary key (room, name)
        );
        create table if not exists kernel.migration_lock (id integer primary key check (id = 1));
        insert into kernel.migration_lock values (1) on conflict do nothing;`);
      return;
    } catch (error) {
      // "if not exists" looks first and creates then; of two processes at once the slower gets one of these and finds all there.
      const raced = ['23505', '42P06', '42P07', 'XX000'].includes(errorCode(error) ?? '');
      if (!raced || attempt === 5) throw error;
    }
  }
}

async function apply(client: Client, { room, name, sql, checksum }: Migration): Promise<boolean> {
  await client.query('begin');
  try {
    // A row lock, because an advisory lock does not hold through a pooler in transaction mode.
    await client.query('select from kernel.migration_lock where id = 1 for update');
    const { rowCount } = await client.query('select from kernel.migration where room = $1 and name = $2', [room, name]);
    if (rowCount === 0) {
      await client.query(sql);
      await client.query('insert into kernel.migration (room, name, checksum) values ($1, $2, $3)', [room, name, checksum]);
    }
    await client.query('commit');
    return rowCount === 0;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    // Name the file: the error of a statement does not say where it stands.
    throw new Error(
      `The migration ${room}/${name} failed and was taken back: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
}
