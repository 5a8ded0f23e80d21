import { sql } from 'kysely';
import { enqueue } from '#kernel/jobs';
import { type Database, inTransaction } from '#kernel/sql';

/** Between two looks at one address. */
const pause = { hours: 1 };

/**
 * Queues a look at every public copy and every source that was not looked at for an hour, and at every copy of a document of which
 * another version took effect since: the website has to follow then, and people compare. Called every minute.
 */
export async function lookElsewhere(db: Database, now: Temporal.Instant): Promise<void> {
  const before = now.subtract(pause);
  await inTransaction(db, async (tx) => {
    const copies = await tx
      .updateTable('policies.publicCopy')
      .set({ askedAt: now })
      .where((eb) =>
        eb.or([
          eb('askedAt', '<=', before),
          sql<boolean>`exists (select from policies.version as version where version.document_id = public_copy.document_id
            and version.effective_at > public_copy.asked_at and version.effective_at <= ${now} and version.withdrawn_at is null)`,
          sql<boolean>`exists (select from policies.version as version where version.document_id = public_copy.document_id
            and version.origin = 'imported' and version.created_at > public_copy.asked_at)`,
        ]),
      )
      .returning('id')
      .execute();
    for (const { id } of copies) await queueLook(tx, id);
    const pulls = await tx
      .updateTable('policies.pull')
      .set({ askedAt: now })
      .where('askedAt', '<=', before)
      .returning('id')
      .execute();
    for (const { id } of pulls) await queuePull(tx, id);
  });
}

/** Three attempts: what fails there is not the page, whose every fault is an answer, but this machine; the next hour comes anyway. */
export function queueLook(db: Database, copy: string): Promise<void> {
  return enqueue(db, 'policies/look-at-copy', { copy }, { key: `policies/copy/${copy}`, attempts: 3 });
}

export function queuePull(db: Database, pull: string): Promise<void> {
  return enqueue(db, 'policies/pull', { pull }, { key: `policies/pull/${pull}`, attempts: 3 });
}
