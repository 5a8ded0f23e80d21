import { mailDelivery } from './mail-settings.ts';
import { statfs } from 'node:fs/promises';
import { countJobs } from '#kernel/jobs';
import { readLogLag } from '#ledger';
import { countMail } from '#mail';
import { sql } from 'kysely';
import type { HealthFacts } from '../surfaces/console/judge-health.ts';
import type { Installation } from './installation.ts';

/** Each fact by itself: one that cannot be had is `null`, shown as unknown, and hides none of the others. */
export async function measureHealth({ ledger, database, store, config }: Installation): Promise<HealthFacts> {
  const [logs, clock, disk, writable, jobs, mail] = await Promise.all([
    attempt(() => readLogLag(ledger.db)),
    attempt(async () => {
      const { rows } = await sql<{ now: Temporal.Instant }>`select clock_timestamp() as now`.execute(ledger.db);
      const [row] = rows;
      return row ? { aheadSeconds: ledger.now().since(row.now).total('seconds') } : null;
    }),
    attempt(async () => {
      const { bavail, bsize, blocks } = await statfs(config.dataFolder);
      return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
    }),
    attempt(async () => {
      await store.put('probe', new Uint8Array([1]));
      return true;
    }),
    attempt(() => countJobs(ledger.db)),
    attempt(() => countMail(ledger.db, ledger.now())),
  ]);
  return {
    database: clock === null ? null : { kind: database.kind, version: database.version },
    logs: logs ?? [],
    store: { kind: 'folder', writable: writable ?? false },
    clock,
    disk,
    jobs,
    mail: mail && { delivery: mailDelivery(config), ...mail },
  };
}

async function attempt<Value>(measure: () => Promise<Value>): Promise<Value | null> {
  try {
    return await measure();
  } catch {
    return null;
  }
}
