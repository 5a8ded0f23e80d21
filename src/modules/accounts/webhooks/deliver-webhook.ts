import { randomUUID } from 'node:crypto';
import { enqueue, type JobRun } from '#kernel/jobs';
import { type Database, inTransaction } from '#kernel/sql';
import { nextEntry } from '#ledger';
import { retryDelay } from './retry-delays.ts';
import { noteDelivery, type Receiver, sendMessage, type Sending, type Sent } from './send-message.ts';
import type { WebhookMessage } from './sign-webhook.ts';
import { messageOf } from './webhook-message.ts';

// Longer than an attempt may take. When it ends, the process that held it counts as dead.
const leaseLasts = Temporal.Duration.from({ seconds: 60 });
/** Entries in one go; then others have their turn. */
const inOneGo = 100;

/**
 * Sends a webhook what it has not had yet, in the order of the log, one after the other: an entry that is not accepted holds back
 * the ones after it, until it is or the webhook counts as broken. Two processes that do so at once send nothing twice: one holds
 * the lease. A crash after sending and before noting it sends that entry again, under the same id.
 */
export async function deliverWebhook(
  sending: Sending,
  { webhook }: { webhook: string },
  { signal }: Pick<JobRun, 'signal'>,
): Promise<void> {
  const lease = randomUUID();
  for (let sent = 0; sent < inOneGo && !signal.aborted; sent += 1) {
    const receiver = await takeLease(sending, webhook, lease);
    if (!receiver) return;
    const { entry, size } = await nextEntry(sending.db, { from: receiver.nextIndex, types: receiver.types });
    if (!entry) {
      const nextIndex = Math.max(size, receiver.nextIndex);
      await settle(sending.db, webhook, lease, { nextIndex });
      // What was signed since the look found the lease still held, and its job left again.
      const late = await nextEntry(sending.db, { from: nextIndex, types: receiver.types });
      if (late.entry) await wakeWebhook(sending.db, webhook);
      return;
    }
    const message = messageOf(webhook, entry);
    const result = await sendMessage(sending, receiver, message);
    const goesOn = await noteResult(sending, {
      webhook,
      lease,
      attempts: receiver.attempts,
      index: entry.index,
      message,
      sent: result,
    });
    if (!goesOn) return;
  }
  await settle(sending.db, webhook, lease, {});
  await wakeWebhook(sending.db, webhook);
}

/** Queues what `deliverWebhook` does; a job that waits already is replaced. */
export function wakeWebhook(db: Database, webhook: string, runAt?: Temporal.Instant): Promise<void> {
  return enqueue(db, 'webhooks/deliver', { webhook }, { key: `webhook/${webhook}`, ...(runAt ? { runAt } : {}) });
}

type Leased = Receiver & { readonly types: readonly string[]; readonly nextIndex: number; readonly attempts: number };

/** @returns `null` when there is nothing to do here: it is off, waits for its next attempt, or another process is at it. */
async function takeLease({ db, now }: Sending, webhook: string, lease: string): Promise<Leased | null> {
  const at = now();
  const row = await db
    .updateTable('accounts.webhook')
    .set({ lease, leaseUntil: at.add(leaseLasts) })
    .where('id', '=', webhook)
    .where('state', '=', 'active')
    .where((eb) => eb.or([eb('nextAttemptAt', 'is', null), eb('nextAttemptAt', '<=', at)]))
    .where((eb) => eb.or([eb('lease', 'is', null), eb('lease', '=', lease), eb('leaseUntil', '<=', at)]))
    .returning(['id', 'url', 'types', 'secret', 'oldSecret', 'oldSecretUntil', 'nextIndex', 'attempts'])
    .executeTakeFirst();
  return row ?? null;
}

type Result = { webhook: string; lease: string; attempts: number; index: number; message: WebhookMessage; sent: Sent };

/** @returns whether the next entry may follow at once. */
function noteResult({ db, now }: Sending, { webhook, lease, attempts, index, message, sent }: Result): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const failed = attempts + 1;
    const delay = sent.delivered ? null : retryDelay(failed);
    const state = sent.delivered || delay ? 'active' : 'broken';
    const nextAttemptAt = delay ? now().add(delay) : null;
    const held = await settle(tx, webhook, sent.delivered ? { keep: lease } : lease, {
      ...(sent.delivered ? { nextIndex: index + 1, attempts: 0 } : { attempts: failed }),
      state: sent.status === 410 ? 'gone' : state,
      nextAttemptAt: sent.status === 410 ? null : nextAttemptAt,
    });
    // Somebody paused or removed it meanwhile, or took it over: their word counts, and the id tells the receiver about a second time.
    if (!held) return false;
    await noteDelivery(tx, webhook, { message, index, sent });
    if (nextAttemptAt && sent.status !== 410) await wakeWebhook(tx, webhook, nextAttemptAt);
    return sent.delivered;
  });
}

type Change = {
  nextIndex?: number;
  attempts?: number;
  state?: 'active' | 'broken' | 'gone';
  nextAttemptAt?: Temporal.Instant | null;
};

/** Writes under the lease, and gives it back unless it is kept. @returns whether the lease was still ours. */
async function settle(db: Database, webhook: string, lease: string | { keep: string }, change: Change): Promise<boolean> {
  const keeps = typeof lease !== 'string';
  const row = await db
    .updateTable('accounts.webhook')
    .set({ ...change, ...(keeps ? {} : { lease: null, leaseUntil: null }), id: webhook })
    .where('id', '=', webhook)
    .where('state', '=', 'active')
    .where('lease', '=', keeps ? lease.keep : lease)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
