import { randomBytes, randomUUID } from 'node:crypto';
import { appendLeaves, coverLeaf, growTiles, hashLength, leafHash } from '@troth/tlog';
import { sql } from 'kysely';
import { rowId } from '#kernel/ids';
import { type Database, inTransaction } from '#kernel/sql';
import type { LogId } from './tables.ts';
import { tileReader } from './tile-reader.ts';

/** Most leaves a batch gives an index to: bounds memory and the time the fence is held. */
const batchLimit = 1024;

/** Private batches are padded to a multiple of this, so that a batch tells little about how much happened. */
export const privateStep = 8;

type Row = { id: string; leaf: Buffer };

/**
 * Gives the next batch of recorded events their place in the log. One transaction: indexes, right edge and tiles move together.
 * The row lock is the fence, so any number of processes may call this at any time.
 * @returns how many leaves were added; 0 when nothing waits.
 */
export function sequencePublic(db: Database): Promise<number> {
  return inTransaction(db, async (tx) => {
    const log = await lockLog(tx, 'public');
    if (!log) return 0;
    const rows = await takeBatch(tx, 'public');
    await appendBatch(tx, 'public', log, rows);
    return rows.length;
  });
}

/**
 * The private log moves only at fixed instants and in padded batches: otherwise its growth would tell when somebody acted.
 * An interval in which nothing happened adds nothing.
 */
export function sequencePrivate(db: Database, now: Temporal.Instant, interval: Temporal.Duration): Promise<number> {
  return inTransaction(db, async (tx) => {
    const log = await lockLog(tx, 'private');
    if (!log || (log.nextBatchAt && Temporal.Instant.compare(now, log.nextBatchAt) < 0)) return 0;
    const real = await takeBatch(tx, 'private');
    const cover = await insertCover(tx, now, (privateStep - (real.length % privateStep)) % privateStep);
    // Object ids are random, so this order says nothing; leaving cover at the end would say how much of a batch is real.
    const batch = [...real.map(({ id, object, leaf }) => ({ id, leaf, key: object })), ...cover].toSorted((a, b) =>
      a.key < b.key ? -1 : 1,
    );
    await appendBatch(tx, 'private', log, batch);
    if (batch.length > 0) {
      await tx
        .updateTable('ledger.log')
        .set({ nextBatchAt: nextTick(now, interval) })
        .where('id', '=', 'private')
        .execute();
    }
    return batch.length;
  });
}

/** Ticks lie on the clock's own grid, so a restart does not shift them. */
function nextTick(now: Temporal.Instant, interval: Temporal.Duration): Temporal.Instant {
  const step = interval.total('milliseconds');
  return Temporal.Instant.fromEpochMilliseconds((Math.floor(now.epochMilliseconds / step) + 1) * step);
}

/** NO KEY: each new event refers to this row, and a full lock would make every act wait until a batch is in or a store has answered. */
function lockLog(tx: Database, id: LogId) {
  return tx
    .selectFrom('ledger.log')
    .select(['size', 'edge', 'nextBatchAt'])
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/**
 * The oldest objects that wait, each from its lowest sequence number on. Ids and times are no cursor (clocks jump, commits come late);
 * "not yet indexed" is, and ordering by (object, seq) means a cut batch still holds an unbroken start of each object.
 */
async function takeBatch(tx: Database, log: LogId): Promise<(Row & { object: string })[]> {
  const { rows } = await sql<Row & { object: string }>`
    select id, object, leaf from ledger.event
    where log = ${log} and index is null and object in (
      select object from ledger.event where log = ${log} and index is null order by id limit ${batchLimit})
    order by object, seq limit ${batchLimit}`.execute(tx);
  return rows;
}

async function insertCover(tx: Database, now: Temporal.Instant, count: number): Promise<(Row & { key: string })[]> {
  const cover = Array.from({ length: count }, () => ({
    id: rowId(now),
    key: randomUUID(),
    leaf: Buffer.from(coverLeaf(randomBytes(64))),
  }));
  if (cover.length > 0) {
    await tx
      .insertInto('ledger.event')
      .values(
        cover.map(({ id, leaf }) => ({
          id,
          log: 'private' as const,
          index: null,
          object: null,
          seq: null,
          type: null,
          actor: null,
          at: now,
          leaf,
          bodyHash: null,
          sealed: null,
        })),
      )
      .execute();
  }
  return cover;
}

async function appendBatch(tx: Database, id: LogId, log: { size: number; edge: Buffer }, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map((row) => row.id);
  await sql`
    update ledger.event e set index = ${log.size} + given.place - 1
    from unnest(${ids}::uuid[]) with ordinality as given(id, place)
    where e.id = given.id`.execute(tx);
  const hashes = rows.map((row) => leafHash(row.leaf));
  for (const { level, n, bytes } of await growTiles(tileReader(tx, id), log.size, hashes)) {
    await tx
      .insertInto('ledger.tile')
      .values({ log: id, level, n, hashes: bytes })
      .onConflict((conflict) => conflict.columns(['log', 'level', 'n']).doUpdateSet({ hashes: bytes }))
      .execute();
  }
  const edge = appendLeaves({ size: log.size, peaks: splitPeaks(log.edge) }, hashes);
  await tx
    .updateTable('ledger.log')
    .set({ size: edge.size, edge: Buffer.concat(edge.peaks) })
    .where('id', '=', id)
    .execute();
}

/** The right edge is stored as its peaks end to end, largest subtree first. */
export function splitPeaks(edge: Uint8Array): Uint8Array[] {
  return Array.from({ length: edge.length / hashLength }, (_, at) => edge.subarray(at * hashLength, (at + 1) * hashLength));
}
