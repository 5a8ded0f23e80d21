import type { PublicLeaf } from '@troth/tlog';
import type { Database } from '#kernel/sql';
import { readLeaf } from './read-entry.ts';

export type NextEntry = {
  /** The first of these types at or after the place, under the signed checkpoint; `null` when there is none yet. */
  readonly entry: { readonly index: number; readonly leaf: PublicLeaf } | null;
  /** Entries under the checkpoint: without an entry, where to go on. */
  readonly size: number;
};

/** The public record in its order, for who follows it: by index alone, so nothing is passed over that is committed late. */
export async function nextEntry(db: Database, { from, types }: { from: number; types: readonly string[] }): Promise<NextEntry> {
  const log = await db.selectFrom('ledger.log').select('signedSize').where('id', '=', 'public').executeTakeFirst();
  const size = log?.signedSize ?? 0;
  if (types.length === 0 || from >= size) return { entry: null, size };
  const row = await db
    .selectFrom('ledger.event')
    .select(['index', 'leaf'])
    .where('log', '=', 'public')
    .where('index', '>=', from)
    .where('index', '<', size)
    .where('type', 'in', types)
    .orderBy('index')
    .limit(1)
    .executeTakeFirst();
  if (!row || row.index === null) return { entry: null, size };
  return { entry: { index: row.index, leaf: readLeaf(row.leaf, row.index) }, size };
}
