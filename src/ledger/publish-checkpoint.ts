import { encodeCheckpoint, encodeNote, rootFromTiles, rootOf, signNote } from '@troth/tlog';
import type { Secrets } from '#kernel/context';
import { sameBytes } from '#kernel/crypto';
import { type Database, inTransaction } from '#kernel/sql';
import { signingKey } from './create-logs.ts';
import { fillStore } from './fill-store.ts';
import { refuseForeignCheckpoint } from './released-checkpoint.ts';
import { splitPeaks } from './sequence.ts';
import type { StateStore } from './state-store.ts';
import { storedTiles, storeTiles } from './store-tiles.ts';
import type { LogId } from './tables.ts';

type Scope = {
  readonly db: Database;
  readonly secrets: Secrets;
  readonly store: StateStore;
  readonly now: () => Temporal.Instant;
};

/**
 * Signs the log as it is committed, if it grew. Order matters: tiles are stored and read back, the note is committed to the row,
 * and only then released as `checkpoint`. A crash or a full disk between the last two is healed by the next call, or by
 * `reconcileStore`, with the same note, so one size never gets two roots.
 * @returns the size released, or `null` when nothing was new.
 */
export async function publishCheckpoint(scope: Scope, id: LogId): Promise<number | null> {
  const { healed, signed } = await inTransaction(scope.db, async (tx) => {
    const log = await lockRow(tx, id);
    if (!log || log.size === log.signedSize) {
      return { signed: null, healed: log ? await fillStore(tx, scope.store, log) : null };
    }
    // From what was released and not from what was signed: the store may have lost its files since.
    const released = await refuseForeignCheckpoint(scope.store, log);
    await storeTiles(tx, scope.store, id, released, log.size);
    const root = rootOf({ size: log.size, peaks: splitPeaks(log.edge) });
    const stored = await rootFromTiles(storedTiles(scope.store, id), log.size);
    if (!sameBytes(root, stored)) throw new Error(`the stored tiles of the ${id} log do not give its root at size ${log.size}`);
    const text = encodeCheckpoint({ origin: log.origin, size: log.size, root, extensions: [] });
    const note = encodeNote({ text, signatures: [signNote(text, signingKey(scope.secrets, log))] });
    await tx
      .updateTable('ledger.log')
      .set({ signedSize: log.size, signedNote: note, signedAt: scope.now() })
      .where('id', '=', id)
      .execute();
    return { signed: log.size, healed: null };
  });
  if (signed === null) return healed;
  await inTransaction(scope.db, async (tx) => {
    const log = await lockRow(tx, id);
    // Under the row's lock and always the newest note: without it a slow node would put an older checkpoint over a newer one.
    if (!log || log.signedNote === null || (await refuseForeignCheckpoint(scope.store, log)) >= log.signedSize) return;
    await scope.store.put(`${id}/checkpoint`, Buffer.from(log.signedNote));
  });
  return signed;
}

// As in `sequence.ts`: it shuts out other signers, not those who record.
function lockRow(tx: Database, id: LogId) {
  return tx.selectFrom('ledger.log').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
}
