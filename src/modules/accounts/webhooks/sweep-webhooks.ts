import type { Database } from '#kernel/sql';
import { readPublicLog } from '#ledger';
import { wakeWebhook } from './deliver-webhook.ts';

/** How long the console shows what became of a message. */
const deliveriesKept = Temporal.Duration.from({ hours: 24 * 30 });

/** Queues every webhook that has entries in front of it. Called when the record has grown; a webhook that waits goes on waiting. */
export async function wakeWebhooks(db: Database): Promise<void> {
  const behind = await db
    .selectFrom('accounts.webhook')
    .select(['id', 'nextAttemptAt'])
    .where('state', '=', 'active')
    .where('nextIndex', '<', (eb) => eb.selectFrom('ledger.log').select('signedSize').where('id', '=', 'public'))
    .execute();
  for (const { id, nextAttemptAt } of behind) await wakeWebhook(db, id, nextAttemptAt ?? undefined);
}

/** Finds what a lost hint left behind, and forgets deliveries that nobody will look for. */
export async function sweepWebhooks(db: Database, now: Temporal.Instant): Promise<void> {
  await wakeWebhooks(db);
  await db.deleteFrom('accounts.webhookDelivery').where('at', '<', now.subtract(deliveriesKept)).execute();
}

/** Where a new webhook begins: it is told what comes, not what was. */
export async function endOfRecord(db: Database): Promise<number> {
  return (await readPublicLog(db)).size;
}
