import type { TileReader } from '@troth/tlog';
import type { Database } from '#kernel/sql';
import type { LogId } from './tables.ts';

/** Reads tiles from the database at their present width, of which any narrower one is a prefix. */
export function tileReader(db: Database, log: LogId): TileReader {
  return async (level, n) => {
    const row = await db
      .selectFrom('ledger.tile')
      .select('hashes')
      .where('log', '=', log)
      .where('level', '=', level)
      .where('n', '=', n)
      .executeTakeFirst();
    if (!row) throw new Error(`tile ${log}/${level}/${n} is missing`);
    return row.hashes;
  };
}
