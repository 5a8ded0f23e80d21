import { hashLength, parseCheckpoint, parseNote, type PublicNoteKey, parseVkey, type Tile } from '@troth/tlog';
import type { Database } from '#kernel/sql';
import type { LogId } from './tables.ts';

export type SignedLog = {
  readonly id: LogId;
  readonly origin: string;
  readonly key: PublicNoteKey;
  readonly verifierKey: string;
  /** Entries under the newest signed checkpoint. */
  readonly size: number;
  readonly note: string | null;
  readonly root: Uint8Array | null;
  readonly signedAt: Temporal.Instant | null;
};

/** Both logs as they were last signed, the public one first; empty before set-up. */
export async function readLogs(db: Database): Promise<SignedLog[]> {
  const rows = await db
    .selectFrom('ledger.log')
    .select(['id', 'origin', 'verifierKey', 'signedSize', 'signedNote', 'signedAt'])
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => {
    const key = parseVkey(row.verifierKey);
    if (!key.ok) throw new Error(`the ${row.id} log has no readable key: ${key.refusal}`);
    const note = row.signedNote === null ? null : parseNote(row.signedNote);
    const checkpoint = note?.ok ? parseCheckpoint(note.value.text) : null;
    return {
      id: row.id,
      origin: row.origin,
      key: key.value,
      verifierKey: row.verifierKey,
      size: row.signedSize,
      note: row.signedNote,
      root: checkpoint?.ok ? checkpoint.value.root : null,
      signedAt: row.signedAt,
    };
  });
}

/** Where the public record stands. @throws Error before set-up. */
export async function readPublicLog(db: Database): Promise<SignedLog> {
  const log = (await readLogs(db)).find(({ id }) => id === 'public');
  if (!log) throw new Error('there is no log before set-up');
  return log;
}

/** A hash tile out of a wider one: a checkpoint from before the store was rebuilt may still ask for it. `null` beyond the signed size. */
export async function readNarrowTile(db: Database, id: LogId, { level, n, width }: Tile): Promise<Uint8Array | null> {
  if (level === 'entries') return null;
  const row = await db
    .selectFrom('ledger.tile as tile')
    .innerJoin('ledger.log as log', 'log.id', 'tile.log')
    .select(['tile.hashes', 'log.signedSize'])
    .where('tile.log', '=', id)
    .where('tile.level', '=', level)
    .where('tile.n', '=', n)
    .executeTakeFirst();
  if (!row || width > Math.floor(row.signedSize / 256 ** level) - n * 256) return null;
  return row.hashes.subarray(0, width * hashLength);
}
