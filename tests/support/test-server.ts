import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../../src/app/database/open-database.ts';
import { prepareJobs } from '../../src/app/job-schema.ts';
import { migrate } from '../../src/app/migrate.ts';
import { rooms } from '../../src/app/rooms.ts';
import { withClient } from '../../src/app/with-client.ts';

export const template = 'troth_template';

export type TestServer = {
  /** Of the maintenance database `postgres`; the migrated template lies beside it. */
  url: string;
  version: string;
  stop(): Promise<void>;
};

/**
 * A PostgreSQL in a folder of its own with a migrated template. It goes away with the process that asked for it, however that one
 * ends: a small process of its own holds a pipe to it and clears up when the pipe breaks, so kill -9 leaves nothing behind.
 */
export async function startTestServer(): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'troth-tests-'));
  chmodSync(folder, 0o711);
  const guard = spawn(process.execPath, [fileURLToPath(new URL('clear-up.ts', import.meta.url)), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const gone = new Promise<void>((resolve) => guard.once('exit', () => resolve()));
  guard.unref();
  if ('unref' in guard.stdin && typeof guard.stdin.unref === 'function') guard.stdin.unref();
  const database = await openDatabase({
    dataFolder: folder,
    prefer: process.env['TROTH_TEST_POSTGRES'] === 'system' ? 'system' : 'npm',
    // Tests of durability start their own servers; the others only wait for the disk.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  });
  const url = withDatabase(database.url, 'postgres');
  await runStatement(url, `create database ${template}`);
  await migrate({ url: withDatabase(database.url, template), rooms });
  await prepareJobs(withDatabase(database.url, template));
  return {
    url,
    version: database.version,
    stop: async () => {
      await database.stop();
      guard.ref();
      guard.stdin.end();
      await gone;
    },
  };
}

export async function runStatement(url: string, statement: string): Promise<void> {
  await withClient(url, (client) => client.query(statement));
}

/** The same server, another database; works for socket addresses, which `URL` does not read. */
export function withDatabase(url: string, name: string): string {
  return url.replace(/^(\w+:\/\/[^/]*\/)[^?]*/, `$1${name}`);
}
