import type { Database } from '#kernel/sql';
import { enqueueSending, longestWait } from './queue-mail.ts';
import './tables.ts';

/** Queues again what waits and has no job: what was written before there were settings, or lay in a restored backup. */
export async function resumeMail(db: Database): Promise<void> {
  const waiting = await db.selectFrom('mail.message').select('id').where('state', '=', 'queued').execute();
  for (const { id } of waiting) await enqueueSending(db, id);
}

/** Destroys what could not be sent in time and what was caught, after seven days; and receipts after thirty. */
export async function forgetMail(db: Database, now: Temporal.Instant): Promise<void> {
  const oldest = now.subtract(longestWait);
  await db
    .updateTable('mail.message')
    .set({ state: 'failed', error: 'too-late', content: null, settledAt: now, claimedUntil: null })
    .where('state', '=', 'queued')
    .where('usefulUntil', '<', now)
    // Whoever is handing it over at this moment finishes first.
    .where((eb) => eb.or([eb('claimedUntil', 'is', null), eb('claimedUntil', '<', now)]))
    .execute();
  await db.deleteFrom('mail.message').where('state', '=', 'caught').where('createdAt', '<', oldest).execute();
  await db
    .deleteFrom('mail.message')
    .where('state', 'in', ['sent', 'failed'])
    .where('settledAt', '<', now.subtract({ hours: 30 * 24 }))
    .execute();
}

export type MailCounts = {
  readonly waiting: number;
  /** Given up in the last seven days. */
  readonly failed: number;
};

export async function countMail(db: Database, now: Temporal.Instant): Promise<MailCounts> {
  const row = await db
    .selectFrom('mail.message')
    .select((eb) => [
      eb.fn.countAll<number>().filterWhere('state', '=', 'queued').as('waiting'),
      eb.fn
        .countAll<number>()
        .filterWhere((each) => each.and([each('state', '=', 'failed'), each('settledAt', '>', now.subtract(longestWait))]))
        .as('failed'),
    ])
    .executeTakeFirstOrThrow();
  return row;
}
