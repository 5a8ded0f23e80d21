import { leafHash, parsePublicLeaf } from '@troth/tlog';
import { sql } from 'kysely';
import type { Database } from '#kernel/sql';
import type { LogId } from '../tables.ts';
import type { Tell } from './fault.ts';

export type ChainRow = {
  readonly id: string;
  readonly index: number | null;
  readonly object: string;
  readonly seq: number;
  readonly type: string;
  readonly leaf: Buffer;
  readonly sealed: Buffer | null;
  readonly headSeq: number | null;
  readonly headLink: Buffer | null;
  readonly wrappedKey: Buffer | null;
  readonly erasedAt: Temporal.Instant | null;
};

const pageSize = 512;

/** All events of objects or persons, each one's in their order, with where the next would link and the key that opens them. */
export async function* readChains(db: Database, log: LogId): AsyncGenerator<ChainRow> {
  let [object, seq] = ['00000000-0000-0000-0000-000000000000', 0];
  for (;;) {
    // The row comparison is what lets PostgreSQL walk the unique index instead of sorting the log for every page.
    const { rows } = await sql<ChainRow>`
      select e.id, e.index, e.object, e.seq, e.type, e.leaf, e.sealed, h.seq as head_seq, h.link as head_link,
        s.wrapped_key, s.erased_at
      from ledger.event e
      left join ledger.object_head h on h.object = e.object and h.log = e.log
      left join ledger.subject s on s.id = e.object
      where e.log = ${log} and (e.object, e.log, e.seq) > (${object}::uuid, ${log}, ${seq}::integer)
      order by e.object, e.log, e.seq limit ${pageSize}`.execute(db);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return;
    ({ object, seq } = last);
  }
}

/** Tells a gap in the numbers of one object, and gives each event the one before it. */
export function openSequence(log: LogId, tell: Tell): (row: ChainRow) => ChainRow | null {
  let before: ChainRow | null = null;
  return (row) => {
    const previous = before?.object === row.object ? before : null;
    before = row;
    if (row.seq === (previous?.seq ?? 0) + 1) return previous;
    tell('sequence-broken', log, row.index, { seq: row.seq, object: row.object });
    return null;
  };
}

/** @param altered Hashes in tiles of leaves that were changed: a link to what once stood there is whole. */
export async function checkObjects(db: Database, tell: Tell, altered: ReadonlyMap<number, Uint8Array>): Promise<void> {
  const sequence = openSequence('public', tell);
  const linksTo = ({ index, leaf }: ChainRow): string[] => {
    const held = index === null ? undefined : altered.get(index);
    return [leafHash(leaf), ...(held ? [held] : [])].map((hash) => Buffer.from(hash).toString('hex'));
  };
  let before: ChainRow | null = null;
  const checkHead = ({ index, object, seq, headSeq, headLink, ...row }: ChainRow) => {
    if (
      headSeq !== seq ||
      !headLink ||
      !linksTo({ index, object, seq, headSeq, headLink, ...row }).includes(headLink.toString('hex'))
    )
      tell('head-differs', 'public', index, { object });
  };
  for await (const row of readChains(db, 'public')) {
    if (before && before.object !== row.object) checkHead(before);
    before = row;
    const previous = sequence(row);
    const leaf = parsePublicLeaf(row.leaf, null);
    const whole = leaf.ok && previous ? linksTo(previous).includes(leaf.value.prev ?? '') : true;
    if (!whole) tell('link-broken', 'public', row.index, { object: row.object });
  }
  if (before) checkHead(before);
}
