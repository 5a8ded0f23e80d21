import { sql } from 'kysely';
import type { Database } from '#kernel/sql';
import type { LogId } from './tables.ts';

/** One line of the audit trail, as recorded. `actor` is `staff:<id>`, `system:<name>` or `visitor`. */
export type AuditLine = {
  readonly at: Temporal.Instant;
  readonly type: string;
  readonly actor: string;
  readonly log: LogId;
  readonly object: string;
  readonly index: number | null;
};

/** What happened, newest first, without cover traffic. Page `page` counts from 0. */
export async function listEvents(
  db: Database,
  { log, page, pageSize }: { log: LogId | null; page: number; pageSize: number },
): Promise<{ lines: AuditLine[]; total: number }> {
  const events = db
    .selectFrom('ledger.event')
    .where('type', 'is not', null)
    .$if(log !== null, (query) => query.where('log', '=', log ?? 'public'));
  const { total } = await events.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = await events
    .select(['at', 'type', 'actor', 'log', 'object', 'index'])
    .orderBy('id', 'desc')
    .limit(pageSize)
    .offset(page * pageSize)
    .execute();
  const lines = rows.flatMap(({ type, object, actor, ...row }) =>
    type === null || object === null ? [] : [{ ...row, type, object, actor: actor ?? 'system' }],
  );
  return { lines, total };
}

/** How far each log lags behind what was recorded. `waitingSince` is the oldest event that no checkpoint covers. */
export async function readLogLag(db: Database) {
  const logs = await db.selectFrom('ledger.log').select(['id', 'signedSize', 'signedAt']).orderBy('id', 'desc').execute();
  return Promise.all(
    logs.map(async ({ id, signedSize, signedAt }) => {
      const waiting = await db
        .selectFrom('ledger.event')
        .select((eb) => [sql<Temporal.Instant | null>`min(at)`.as('since'), eb.fn.countAll<number>().as('count')])
        .where('log', '=', id)
        .where((eb) => eb.or([eb('index', 'is', null), eb('index', '>=', signedSize)]))
        .executeTakeFirstOrThrow();
      return { name: id, size: signedSize + waiting.count, signedSize, signedAt, waitingSince: waiting.since };
    }),
  );
}
