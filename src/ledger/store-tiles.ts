import { encodeEntries, entryBundlesBetween, hashLength, type Tile, tilePath, tilesBetween } from '@troth/tlog';
import type { Database } from '#kernel/sql';
import type { StateStore } from './state-store.ts';
import type { LogId } from './tables.ts';
import { tileReader } from './tile-reader.ts';

/** Writes the tiles and entry bundles that a log of size `to` has and one of size `from` has not. Writing one twice is harmless. */
export async function storeTiles(db: Database, store: StateStore, id: LogId, from: number, to: number): Promise<void> {
  const read = tileReader(db, id);
  for (const tile of tilesBetween(from, to)) {
    if (tile.level === 'entries') continue;
    const bytes = await read(tile.level, tile.n, tile.width);
    await store.put(`${id}/${tilePath(tile)}`, bytes.subarray(0, tile.width * hashLength));
  }
  for (const bundle of entryBundlesBetween(from, to)) {
    await store.put(`${id}/${tilePath(bundle)}`, encodeEntries(await leavesOf(db, id, bundle)));
  }
}

async function leavesOf(db: Database, id: LogId, { n, width }: Tile): Promise<Uint8Array[]> {
  const first = n * 256;
  const rows = await db
    .selectFrom('ledger.event')
    .select('leaf')
    .where('log', '=', id)
    .where('index', '>=', first)
    .where('index', '<', first + width)
    .orderBy('index')
    .execute();
  if (rows.length !== width) throw new Error(`the ${id} log misses entries between ${first} and ${first + width}`);
  return rows.map((row) => row.leaf);
}

/** Reads tiles back from the store, the full one where a partial one is gone. */
export function storedTiles(store: StateStore, id: LogId) {
  return async (level: number, n: number, width: number) => {
    const stored =
      (await store.get(`${id}/${tilePath({ level, n, width })}`)) ??
      (await store.get(`${id}/${tilePath({ level, n, width: 256 })}`));
    if (!stored) throw new Error(`tile ${level}/${n} of the ${id} log is not in the store`);
    return stored.bytes;
  };
}
