import { parseCheckpoint, parseNote } from '@troth/tlog';
import { sameBytes } from '#kernel/crypto';
import type { StateStore } from './state-store.ts';
import { StoreMismatch } from './store-mismatch.ts';
import type { LogId } from './tables.ts';

/** What decides about a release: the row of a log, as far as it was signed. */
export type SignedRow = {
  readonly id: LogId;
  readonly origin: string;
  readonly signedSize: number;
  readonly signedNote: string | null;
};

/**
 * Compares what was released with what the database remembers of having signed.
 * @returns the size of the released checkpoint, 0 when there is none.
 * @throws StoreMismatch
 */
export async function refuseForeignCheckpoint(store: StateStore, log: SignedRow): Promise<number> {
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
