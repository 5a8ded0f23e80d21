import type { Secrets } from '#kernel/context';
import type { Task } from '#kernel/jobs';
import type { Database } from '#kernel/sql';
import { openContent } from './content.ts';
import { type Delivery, DeliveryFailure } from './delivery.ts';
import './tables.ts';

export type MailRoom = {
  readonly db: Database;
  readonly secrets: Secrets;
  readonly now: () => Temporal.Instant;
  readonly delivery: Delivery;
};

// Longer than one attempt can take, so that nobody else sends the same message meanwhile.
const claim = Temporal.Duration.from({ minutes: 3 });

/**
 * The task behind `mail/send`. A message is handed over once per acceptance: whoever sends holds a claim, and what was accepted is
 * marked at once. Only a crash between the two sends it again, under the same Message-ID.
 */
export function sendMessage(room: MailRoom): Task<{ message: string }> {
  return async ({ message: id }, { attempt, attempts, signal }) => {
    const { db, secrets, now, delivery } = room;
    if (delivery.kind === 'none') return;
    const claimed = await claimMessage(room, id);
    if (claimed === 'settled') return;
    if (claimed === 'held') throw new DeliveryFailure('mail-held-by-another', false);
    const { content, createdAt, usefulUntil } = claimed;
    if (Temporal.Instant.compare(now(), usefulUntil) >= 0) return settle(room, id, 'failed', 'too-late');
    if (delivery.kind === 'catch') {
      await db
        .updateTable('mail.message')
        .set({ state: 'caught', settledAt: now(), claimedUntil: null })
        .where('id', '=', id)
        .execute();
      return;
    }
    try {
      await delivery.send({ ...openContent(secrets, id, content), id, createdAt }, signal);
    } catch (error) {
      const code = error instanceof DeliveryFailure ? error.code : 'not-readable';
      if ((error instanceof DeliveryFailure && error.permanent) || attempt >= attempts) return settle(room, id, 'failed', code);
      await db.updateTable('mail.message').set({ error: code, claimedUntil: null }).where('id', '=', id).execute();
      throw error;
    }
    await settle(room, id, 'sent', null);
  };
}

type Claimed = { content: Buffer; createdAt: Temporal.Instant; usefulUntil: Temporal.Instant };

async function claimMessage({ db, now }: MailRoom, id: string): Promise<Claimed | 'settled' | 'held'> {
  const row = await db
    .updateTable('mail.message')
    .set((eb) => ({ attempts: eb('attempts', '+', 1), claimedUntil: now().add(claim) }))
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .where((eb) => eb.or([eb('claimedUntil', 'is', null), eb('claimedUntil', '<=', now())]))
    .returning(['content', 'createdAt', 'usefulUntil'])
    .executeTakeFirst();
  if (row?.content) return { ...row, content: row.content };
  const held = await db
    .selectFrom('mail.message')
    .select('id')
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .executeTakeFirst();
  return held ? 'held' : 'settled';
}

async function settle({ db, now }: MailRoom, id: string, state: 'sent' | 'failed', error: string | null): Promise<void> {
  await db
    .updateTable('mail.message')
    .set({ state, error, content: null, settledAt: now(), claimedUntil: null })
    .where('id', '=', id)
    .execute();
}
