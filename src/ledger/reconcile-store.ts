import { randomUUID } from 'node:crypto';
import { type Database, inTransaction } from '#kernel/sql';
import { fillStore } from './fill-store.ts';
import type { StateStore } from './state-store.ts';
import { StoreMismatch } from './store-mismatch.ts';

/**
 * Run once at start, before anything is signed. A store ahead of the database means the database was put back to an older state:
 * going on would give old sizes new roots. A store behind it is brought up to date with the notes already signed.
 * @throws StoreMismatch
 */
export async function reconcileStore(db: Database, store: StateStore): Promise<void> {
  await claimStore(db, store);
  const logs = await db.selectFrom('ledger.log').selectAll().execute();
  for (const log of logs) await fillStore(db, store, log);
}

/** One database publishes into one store; the first to meet are bound by an id that both keep. */
async function claimStore(db: Database, store: StateStore): Promise<void> {
  const found = await store.get('store-id');
  const inStore = found ? Buffer.from(found.bytes).toString('utf8') : null;
  await inTransaction(db, async (tx) => {
    const bound = await tx.selectFrom('ledger.store').select('id').executeTakeFirst();
    if (bound && inStore !== null && bound.id !== inStore) {
      throw new StoreMismatch(
        'ledger/other-store',
        'This data folder belongs to another database. Start with the data folder this database publishes into.',
      );
    }
    const id = bound?.id ?? inStore ?? randomUUID();
    if (!bound) await tx.insertInto('ledger.store').values({ id }).execute();
    if (inStore === null) await store.put('store-id', Buffer.from(id));
  });
}
