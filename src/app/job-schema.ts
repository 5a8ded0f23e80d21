import { Logger, runMigrations } from 'graphile-worker';
import { Pool } from 'pg';
import { withClient } from './with-client.ts';

/** Fixed, or the library would take it from the environment. */
export const jobSchema = 'graphile_worker';

/** The library's own log repeats payloads and messages, which may hold what a person typed; ours is written from its events. */
export const silent = new Logger(() => () => {});

/**
 * Makes or updates the queue's schema, which belongs to the library and not to a room: its migrations are its own. Behind our lock,
 * because of two processes that create a schema at the same instant one fails.
 */
export async function prepareJobs(url: string): Promise<void> {
  await withClient(url, async (client) => {
    await client.query('begin');
    await client.query('select from kernel.migration_lock where id = 1 for update');
    const pool = new Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 10_000 });
    pool.on('error', () => {});
    pool.on('connect', (connection) => connection.on('error', () => {}));
    try {
      await runMigrations({ pgPool: pool, schema: jobSchema, logger: silent, noPreparedStatements: true });
    } finally {
      await pool.end();
    }
    await client.query('commit');
  });
}
