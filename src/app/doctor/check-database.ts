import type { ClientBase } from 'pg';
import type { Database } from '../database/open-database.ts';
import { pendingMigrations, readApplied } from '../migrate.ts';
import type { Room } from '../rooms.ts';
import { StartupProblem } from '../startup-problem.ts';
import { bad, good, note, warning, type Finding } from './finding.ts';

/** Its kind and version, what keeps acknowledged events through a power cut, its schema, and its clock beside ours. */
export async function checkDatabase(
  client: ClientBase,
  { kind, version }: Pick<Database, 'kind' | 'version'>,
  { rooms, now }: { rooms: readonly Room[]; now: () => Date },
): Promise<Finding[]> {
  const named = `PostgreSQL ${version}`;
  return [
    kind === 'given'
      ? good('Database', `${named}, named by DATABASE_URL.`)
      : note(
          'Database',
          `${named}, Troth's own: a trial database. For production set DATABASE_URL to a server you keep up to date.`,
        ),
    ...(await checkSettings(client)),
    await checkSchema(client, rooms),
    await checkClock(client, now),
  ];
}

async function checkSettings(client: ClientBase): Promise<Finding[]> {
  const why = {
    fsync: 'a power cut can destroy the database',
    full_page_writes: 'a power cut can tear a page in two',
    synchronous_commit: 'an acknowledged event can be lost in a power cut',
    data_checksums: 'a disk that returns wrong bytes goes unnoticed',
  };
  const { rows } = await client.query<{ name: keyof typeof why; setting: string }>(
    'select name, setting from pg_settings where name = any ($1)',
    [Object.keys(why)],
  );
  const wrong = rows.filter(({ setting }) => setting === 'off' || setting === 'local');
  if (wrong.length === 0)
    return [
      good(
        'Durability',
        `${rows
          .map(({ name }) => name)
          .toSorted()
          .join(', ')} are on.`,
      ),
    ];
  return wrong.map(({ name, setting }) => {
    const remedy =
      name === 'data_checksums'
        ? 'Stop the server and run pg_checksums --enable on its folder.'
        : `Set ${name} = on in postgresql.conf and reload.`;
    return (name === 'data_checksums' ? warning : bad)('Durability', `${name} is ${setting}: ${why[name]}.`, remedy);
  });
}

async function checkSchema(client: ClientBase, rooms: readonly Room[]): Promise<Finding> {
  try {
    const pending = await pendingMigrations(client, rooms);
    if (pending.length === 0) return good('Schema', 'that of this version.');
    return warning(
      'Schema',
      `${pending.length} migrations are not applied yet.`,
      'Start Troth, or run "npm run troth -- migrate".',
    );
  } catch (error) {
    if (error instanceof StartupProblem) return bad('Schema', error.message, 'See above.');
    throw error;
  }
}

/** Two clocks that differ put deadlines and effective times at another moment than readers see. */
async function checkClock(client: ClientBase, now: () => Date): Promise<Finding> {
  const latest = await latestMigration(client);
  const before = now().getTime();
  const { rows } = await client.query<{ there: string }>('select (extract(epoch from clock_timestamp()) * 1000)::text as there');
  const after = now().getTime();
  const there = Number(rows[0]?.there);
  // The answer was made somewhere between the two; only what lies outside is a difference.
  const off = Math.max(0, before - there, there - after);
  const mend = 'Run a time service (systemd-timesyncd, chrony) on both machines.';
  if (off > 2_000) return bad('Clock', `The database's clock differs from this machine's by ${(off / 1000).toFixed(1)} s.`, mend);
  if (latest > after + 2_000)
    return bad('Clock', 'This machine believes it is earlier than the last change of the schema.', mend);
  return good('Clock', `${new Date(after).toISOString()}, the database agrees.`);
}

/** Milliseconds since 1970; 0 when the database has never been migrated. */
async function latestMigration(client: ClientBase): Promise<number> {
  if ((await readApplied(client)).length === 0) return 0;
  const { rows } = await client.query<{ latest: string }>(
    'select (extract(epoch from max(applied_at)) * 1000)::text as latest from kernel.migration',
  );
  return Number(rows[0]?.latest);
}
