import { parsePublicLeaf, type PublicLeaf } from '@troth/tlog';
import type { Database } from '#kernel/sql';
import { bodyOf, type EntryBody } from './read-body.ts';

export type PublicEntry = {
  readonly index: number;
  readonly leaf: PublicLeaf;
  readonly leafBytes: Buffer;
  readonly eventId: string;
  readonly body: EntryBody;
  /** The same object's neighbours, where they are under the checkpoint. */
  readonly previousIndex: number | null;
  readonly nextIndex: number | null;
};

/** An entry of the public record under the signed checkpoint, or `null` when there is none (yet). */
export async function readEntry(db: Database, index: number): Promise<PublicEntry | null> {
  const row = await db
    .selectFrom('ledger.event as event')
    .innerJoin('ledger.log as log', 'log.id', 'event.log')
    .leftJoin('ledger.body as body', 'body.eventId', 'event.id')
    .leftJoin('ledger.object as object', 'object.id', 'event.object')
    .select(['event.id', 'event.index', 'event.leaf', 'event.object', 'event.seq', 'log.signedSize', 'object.visibility'])
    .select(['body.hash', 'body.mediaType', 'body.salt', 'body.bytes', 'body.withheldAt', 'body.withheldReason'])
    .where('event.log', '=', 'public')
    .where('event.index', '=', index)
    .executeTakeFirst();
  if (!row || row.index === null || row.index >= row.signedSize) return null;
  const neighbours = await db
    .selectFrom('ledger.event')
    .select(['index', 'seq'])
    .where('log', '=', 'public')
    .where('object', '=', row.object)
    .where('seq', 'in', [(row.seq ?? 0) - 1, (row.seq ?? 0) + 1])
    .where('index', '<', row.signedSize)
    .execute();
  return {
    index: row.index,
    leaf: readLeaf(row.leaf, row.index),
    leafBytes: row.leaf,
    eventId: row.id,
    body: bodyOf(row),
    previousIndex: neighbours.find(({ seq }) => seq === (row.seq ?? 0) - 1)?.index ?? null,
    nextIndex: neighbours.find(({ seq }) => seq === (row.seq ?? 0) + 1)?.index ?? null,
  };
}

export type ListedEntry = { readonly index: number; readonly leaf: PublicLeaf; readonly withheld: boolean };

/** The newest entries first, at most `count`, all below `before` when given. */
export async function listEntries(db: Database, count: number, before?: number): Promise<ListedEntry[]> {
  const rows = await db
    .selectFrom('ledger.event as event')
    .leftJoin('ledger.body as body', 'body.eventId', 'event.id')
    .select(['event.index', 'event.leaf', 'body.withheldAt'])
    .where('event.log', '=', 'public')
    .where('event.index', '<', (eb) => eb.selectFrom('ledger.log').select('signedSize').where('id', '=', 'public'))
    .$if(before !== undefined, (query) => query.where('event.index', '<', before ?? 0))
    .orderBy('event.index', 'desc')
    .limit(count)
    .execute();
  return rows.flatMap(({ index, leaf, withheldAt }) =>
    index === null ? [] : [{ index, leaf: readLeaf(leaf, index), withheld: withheldAt !== null }],
  );
}

/** A damaged leaf is a fact about this database that must be seen, not a reason to show an empty page. */
export class LeafDamaged extends Error {
  readonly index: number;
  constructor(index: number, refusal: string) {
    super(`entry ${index} of the public log was changed in the database: ${refusal}`);
    this.index = index;
  }
}

export function readLeaf(bytes: Buffer, index: number): PublicLeaf {
  const leaf = parsePublicLeaf(bytes, null);
  if (!leaf.ok) throw new LeafDamaged(index, leaf.refusal);
  return leaf.value;
}
