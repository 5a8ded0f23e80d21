import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Client } from 'pg';
import { serverVersion } from '../database/check-given-server.ts';
import { pendingMigrations, readApplied } from '../migrate.ts';
import type { Room } from '../rooms.ts';
import { errorCode, StartupProblem } from '../startup-problem.ts';
import type { StateStore } from '#ledger';
import { syncPath } from '../sync-path.ts';
import { withClient } from '../with-client.ts';
import { firstLine, writeSection } from './backup-file.ts';
import { copyOut } from './copy.ts';
import { quoted, storedSequences, storedTables } from './stored-tables.ts';

export type BackupJob = {
  file: string;
  url: string;
  rooms: readonly Room[];
  /**
   * Tiles and checkpoints. Tiles could be rebuilt from the database, but a checkpoint's cosignatures could not, so all are
   * included.
   */
  state: StateStore;
  now: () => Date;
};

/**
 * Writes one file that holds everything but the root secret, as of one instant; the service keeps running. The file appears under
 * its name only when it is whole and on the disk, readable by its owner alone: it holds personal data.
 * @returns The number of tables and state files in it.
 */
export async function backUp({ file, url, rooms, state, now }: BackupJob): Promise<{ tables: number; stateFiles: number }> {
  const target = resolve(file);
  if (existsSync(target)) throw new StartupProblem(`${file} exists already. Name a new file, so that no older backup is lost.`);
  const half = `${target}.part`;
  const counts = { tables: 0, stateFiles: 0 };
  try {
    await withClient(url, (client) =>
      pipeline(
        Readable.from(content(client, { rooms, state, now, counts }), { objectMode: false }),
        createGzip(),
        createWriteStream(half, { mode: 0o600, flags: 'w', flush: true }),
      ),
    );
    renameSync(half, target);
    syncPath(dirname(target));
    return counts;
  } catch (error) {
    rmSync(half, { force: true });
    const why = { ENOENT: 'its folder does not exist', EACCES: 'you may not write there', ENOSPC: 'the disk is full' }[
      errorCode(error) ?? ''
    ];
    if (why !== undefined) throw new StartupProblem(`The backup ${file} cannot be written: ${why}.`);
    throw error;
  }
}

type Content = Pick<BackupJob, 'rooms' | 'state' | 'now'> & { counts: { tables: number; stateFiles: number } };

async function* content(client: Client, { rooms, state, now, counts }: Content): AsyncGenerator<Uint8Array> {
  const feet: string[] = [];
  // The state is read before the database's snapshot is taken: a checkpoint ahead of its database would refuse to start after
  // restoring. Checkpoints go first among the keys, as tiles only ever grow.
  const keys = (await state.list('')).toSorted((a, b) => Number(b.endsWith('checkpoint')) - Number(a.endsWith('checkpoint')));
  const files = new Map<string, Uint8Array>();
  for (const key of keys.filter((each) => each.endsWith('checkpoint'))) {
    const stored = await state.get(key);
    if (stored) files.set(key, stored.bytes);
  }
  const tiles = keys.filter((key) => !files.has(key));

  // Text that reads back the same on any server and in any locale; and no row policy may hide a row without an error.
  await client.query(
    `set datestyle = 'ISO'; set intervalstyle = 'iso_8601'; set timezone = 'UTC';
     set extra_float_digits = 3; set row_security = off`,
  );
  // Checked before the first byte: a backup of a schema that this version does not know could not be restored by it.
  await pendingMigrations(client, rooms);
  yield Buffer.from(`${firstLine}\n`);
  await client.query('begin transaction isolation level repeatable read read only');
  const manifest = {
    kind: 'manifest',
    madeAt: now().toISOString(),
    server: await serverVersion(client),
    migrations: await readApplied(client),
    sequences: await storedSequences(client, rooms),
  } as const;
  yield* writeSection(manifest, [], feet);
  for (const key of [...files.keys(), ...tiles]) {
    const bytes = files.get(key) ?? (await state.get(key))?.bytes;
    if (!bytes) continue;
    counts.stateFiles += 1;
    yield* writeSection({ kind: 'state', key }, [bytes], feet);
  }
  for (const table of await storedTables(client, rooms)) {
    counts.tables += 1;
    const columns = table.columns.map((column) => quoted(column)).join(', ');
    const rows = copyOut(client, `copy (select ${columns} from ${quoted(table.schema, table.table)}) to stdout`);
    yield* writeSection(table, rows, feet);
  }
  await client.query('commit');
  yield* writeSection({ kind: 'end' }, [Buffer.from(feet.join('\n'))], []);
}
