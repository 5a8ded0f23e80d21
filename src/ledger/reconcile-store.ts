import { randomUUID } from 'node:crypto';
import { parseCheckpoint, parseNote } from '@troth/tlog';
import { sameBytes } from '#kernel/crypto';
import { type Database, inTransaction } from '#kernel/sql';
import { storeTiles } from './publish-checkpoint.ts';
import type { StateStore } from './state-store.ts';
import { StoreMismatch } from './store-mismatch.ts';
import type { LogId } from './tables.ts';

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

/** Stores what a signed log has and the store has not, the checkpoint last. @returns the size released by it, or `null`. */
export async function fillStore(db: Database, store: StateStore, log: SignedLog): Promise<number | null> {
  const stored = await refuseForeignCheckpoint(store, log);
  if (log.signedNote === null || stored >= log.signedSize) return null;
  await storeTiles(db, store, log.id, stored, log.signedSize);
  await store.put(`${log.id}/checkpoint`, Buffer.from(log.signedNote));
  return log.signedSize;
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

type SignedLog = { readonly id: LogId; readonly origin: string; readonly signedSize: number; readonly signedNote: string | null };

/**
 * Compares what was released with what the database remembers of having signed.
 * @returns the size of the released checkpoint, 0 when there is none.
 * @throws StoreMismatch
 */
export async function refuseForeignCheckpoint(store: StateStore, log: SignedLog): Promise<number> {
  const released = await store.get(`${log.id}/checkpoint`);
  if (!released) return 0;
  const checkpoint = readNote(Buffer.from(released.bytes).toString('utf8'), log.id);
  if (checkpoint.origin !== log.origin) {
    throw new StoreMismatch(
      'ledger/other-store',
      `The data folder holds the log ${checkpoint.origin}, the database ${log.origin}.`,
    );
  }
  if (checkpoint.size > log.signedSize) {
    throw new StoreMismatch(
      'ledger/database-behind-checkpoint',
      `A checkpoint of the ${log.id} log with ${checkpoint.size} entries was released, but the database knows only ${log.signedSize}. ` +
        'It was put back to an older state; signing from here would rewrite history. Bring back the newer database, ' +
        'or keep this data folder as evidence and begin a new installation.',
    );
  }
  if (checkpoint.size === log.signedSize && log.signedNote !== null) {
    const ours = readNote(log.signedNote, log.id);
    if (!sameBytes(ours.root, checkpoint.root)) {
      throw new StoreMismatch(
        'ledger/checkpoint-differs',
        `The ${log.id} log has two roots for size ${checkpoint.size}. Nothing will be signed.`,
      );
    }
  }
  return checkpoint.size;
}

function readNote(text: string, id: LogId) {
  const note = parseNote(text);
  const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note;
  if (!checkpoint.ok)
    throw new StoreMismatch(
      'ledger/checkpoint-differs',
      `The checkpoint of the ${id} log cannot be read: ${checkpoint.refusal}.`,
    );
  return checkpoint.value;
}
