import { encodeVkey, parseCheckpoint, parseVkey, rootOf, verifyNote } from '@troth/tlog';
import { sql } from 'kysely';
import type { Secrets } from '#kernel/context';
import type { Database } from '#kernel/sql';
import { signingKey } from './create-logs.ts';
import { checkObjects } from './fsck/check-objects.ts';
import { checkSubjects } from './fsck/check-subjects.ts';
import { checkTree } from './fsck/check-tree.ts';
import { type Fault, type Tell, tellFaults } from './fsck/fault.ts';
import { isOneOf, StoredFiles } from './fsck/stored-files.ts';
import { Roots } from './fsck/tower.ts';
import { splitPeaks } from './sequence.ts';
import type { StateStore } from './state-store.ts';
import type { LogId } from './tables.ts';

export type { Fault, FaultCode } from './fsck/fault.ts';

type Scope = {
  readonly db: Database;
  readonly secrets: Secrets;
  readonly store: StateStore;
  now(): Temporal.Instant;
  /** Aborting ends the check between two pages, with its reason. */
  readonly signal?: AbortSignal;
};

/** How much was looked at, per log. */
export type Checked = { readonly log: LogId; readonly entries: number; readonly files: number };

const patience = Temporal.Duration.from({ minutes: 1 });

/**
 * Recomputes both logs from what is stored and tells every fault as it is found. It reads one snapshot of the database, so it may
 * run beside a server, and changes nothing. Memory does not grow with the log but by the names of the stored files.
 */
export async function fsck(scope: Scope, told: (fault: Fault) => void): Promise<Checked[]> {
  const tell = tellFaults(told);
  // Before the snapshot: a server may add to the store meanwhile, and then the store must be the older of the two.
  const stored = await Promise.all(
    (['public', 'private'] as const).map(async (id) => {
      const checkpoint = await scope.store.get(`${id}/checkpoint`);
      const text = checkpoint ? Buffer.from(checkpoint.bytes).toString('utf8') : null;
      return { id, checkpoint: text, keys: await scope.store.list(`${id}/`) };
    }),
  );
  const snapshot = scope.db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
  return snapshot.execute(async (db) => {
    const checked: Checked[] = [];
    for (const { id, checkpoint, keys } of stored) {
      const log = await db.selectFrom('ledger.log').selectAll().where('id', '=', id).executeTakeFirst();
      if (!log) continue;
      const released = { checkpoint, keys };
      const altered = await checkLog({ ...scope, db }, tell, log, released);
      await (id === 'public' ? checkObjects(db, tell, altered) : checkSubjects({ db, secrets: scope.secrets, tell }));
      await checkWaiting({ ...scope, db }, tell, log);
      checked.push({ log: id, entries: log.size, files: keys.length });
    }
    return checked;
  });
}

type Log = {
  id: LogId;
  origin: string;
  wrappedSeed: Buffer;
  verifierKey: string;
  size: number;
  edge: Buffer;
  signedSize: number;
  signedNote: string | null;
};
type Released = { readonly checkpoint: string | null; readonly keys: readonly string[] };

/** One log as a tree: leaves, tiles, stored files, edge, and the roots that were signed. */
async function checkLog(scope: Scope, tell: Tell, log: Log, released: Released): Promise<ReadonlyMap<number, Uint8Array>> {
  const { db, store, secrets } = scope;
  checkKey(secrets, tell, log);
  const notes = [
    { where: 'in the database', note: log.signedNote, size: log.signedSize },
    { where: 'in the data folder', note: released.checkpoint, size: null },
  ].flatMap(({ where, note, size }) => {
    // Nothing was signed yet, or the store lost what the next start puts back.
    if (note === null && !(size !== null && size > 0)) return [];
    const checkpoint = readSigned(log, note ?? '', size);
    if (checkpoint.ok) return [{ where, ...checkpoint.value }];
    tell('checkpoint-unreadable', log.id, null, { where, refusal: checkpoint.refusal });
    return [];
  });
  const roots = new Roots([log.size, ...notes.map(({ size }) => size)]);
  const files = new StoredFiles(store, log.id, tell, released.keys);
  const altered = await checkTree({ db, log, files, roots, tell, signal: scope.signal });
  files.tellUnknown();
  if (!isOneOf(roots.at(log.size), rootOf({ size: log.size, peaks: splitPeaks(log.edge) }))) tell('edge-differs', log.id, null);
  for (const { where, size, root } of notes) {
    if (!isOneOf(roots.at(size), root)) tell('checkpoint-differs', log.id, null, { size, where });
  }
  return altered;
}

type Signed =
  | { readonly ok: true; readonly value: { size: number; root: Uint8Array } }
  | { readonly ok: false; readonly refusal: string };

function readSigned(log: Log, source: string, size: number | null): Signed {
  const key = parseVkey(log.verifierKey);
  const note = key.ok ? verifyNote(source, [key.value]) : key;
  const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note;
  if (!checkpoint.ok) return checkpoint;
  const { value } = checkpoint;
  if (value.origin !== log.origin) return { ok: false, refusal: 'another origin' };
  if (size === null ? value.size > log.signedSize : value.size !== size) return { ok: false, refusal: 'another size' };
  return { ok: true, value };
}

function checkKey(secrets: Secrets, tell: Tell, log: Log): void {
  try {
    if (encodeVkey(signingKey(secrets, log)) === log.verifierKey) return;
  } catch {
    // Another root secret: told like another key, since neither can sign this log.
  }
  tell('signing-key-differs', log.id, null);
}

async function checkWaiting(scope: Scope, tell: Tell, { id, size }: Log): Promise<void> {
  const { db } = scope;
  const beyond = await db
    .selectFrom('ledger.event')
    .select('index')
    .where('log', '=', id)
    .where('index', '>=', size)
    .orderBy('index')
    .execute();
  for (const { index } of beyond) tell('index-beyond-size', id, index, { size });
  const { rows } = await sql<{ count: number; since: Temporal.Instant | null }>`
    select count(*) as count, min(at) as since from ledger.event
    where log = ${id} and index is null and at < ${scope.now().subtract(patience).toString()}::timestamptz`.execute(db);
  const [waiting] = rows;
  if (waiting?.since) {
    const count = `${waiting.count} ${waiting.count === 1 ? 'event was' : 'events were'}`;
    tell('pending-too-long', id, null, { count, since: waiting.since.toString() });
  }
}
