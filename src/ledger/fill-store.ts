import type { Database } from '#kernel/sql';
import { refuseForeignCheckpoint, type SignedRow } from './released-checkpoint.ts';
import type { StateStore } from './state-store.ts';
import { storeTiles } from './store-tiles.ts';

/** Stores what a signed log has and the store has not, the checkpoint last. @returns the size released by it, or `null`. */
export async function fillStore(db: Database, store: StateStore, log: SignedRow): Promise<number | null> {
  const stored = await refuseForeignCheckpoint(store, log);
  if (log.signedNote === null || stored >= log.signedSize) return null;
  await storeTiles(db, store, log.id, stored, log.signedSize);
  await store.put(`${log.id}/checkpoint`, Buffer.from(log.signedNote));
  return log.signedSize;
}
