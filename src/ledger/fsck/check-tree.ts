import { hashLength, leafHash } from '@troth/tlog';
import { sameBytes } from '#kernel/crypto';
import type { Database } from '#kernel/sql';
import type { LogId } from '../tables.ts';
import { checkEntry, readEntryRows } from './check-entry.ts';
import type { Tell } from './fault.ts';
import { isOneOf, type StoredFiles } from './stored-files.ts';
import { type Layer, type Pair, type Roots, Tower } from './tower.ts';

type Tree = {
  readonly db: Database;
  readonly log: { readonly id: LogId; readonly size: number; readonly signedSize: number };
  readonly files: StoredFiles;
  readonly roots: Roots;
  readonly tell: Tell;
  readonly signal: AbortSignal | undefined;
};

const pageSize = 256;

/**
 * Walks a log once, 256 entries at a time: every index there, every leaf well formed and under its tile's hash, every text the
 * recorded one, every higher tile and every stored file following from that.
 * @returns the hashes in tiles of those leaves that have another one, so that links to them are not told as further faults.
 */
export async function checkTree(tree: Tree): Promise<ReadonlyMap<number, Uint8Array>> {
  const { db, log, files, roots, tell } = tree;
  const tower = new Tower();
  const altered = new Map<number, Uint8Array>();
  for (let n = 0; n * pageSize < log.size; n += 1) {
    tree.signal?.throwIfAborted();
    const first = n * pageSize;
    const width = Math.min(pageSize, log.size - first);
    const rows = new Map((await readEntryRows(db, log.id, first, first + width)).map((row) => [row.index, row]));
    const tile = await readTile(tree, { level: 0, n });
    const pairs: Pair[] = [];
    for (let index = first; index < first + width; index += 1) {
      const row = rows.get(index);
      const held = tile?.subarray((index - first) * hashLength, (index - first + 1) * hashLength);
      if (row) checkEntry(row, log.id, tell);
      else tell('index-missing', log.id, index);
      const pair = pairOf(row?.leaf, held?.length === hashLength ? held : undefined);
      if (pair.leaf !== pair.tile) {
        tell('leaf-differs', log.id, index);
        altered.set(index, pair.tile);
      }
      pairs.push(pair);
    }
    if (!tile || tile.length !== width * hashLength) tell('tile-missing', log.id, first, { tile: `0/${n}` });
    roots.add(pairs);
    await files.compareEntries(
      n,
      pairs.map((_, i) => rows.get(first + i)?.leaf ?? null),
      pairs,
      log.signedSize,
    );
    for (const layer of pairs.flatMap((pair) => tower.add(pair))) await checkLayer(tree, layer);
  }
  for (const layer of tower.rest()) await checkLayer(tree, layer);
  return altered;
}

/** A missing leaf or tile is told once; the other stands in for it, so that nothing above seems wrong too. */
function pairOf(leaf: Uint8Array | undefined, held: Uint8Array | undefined): Pair {
  const hash = leaf ? leafHash(leaf) : (held ?? new Uint8Array(hashLength));
  return { leaf: hash, tile: held && !sameBytes(held, hash) ? held : hash };
}

async function checkLayer(tree: Tree, layer: Layer): Promise<void> {
  const { level, n, pairs } = layer;
  const { log, files, tell } = tree;
  if (level > 0) {
    const bytes = await readTile(tree, layer);
    const unit = 256 ** level;
    const name = { tile: `${level}/${n}` };
    if (bytes?.length !== pairs.length * hashLength) tell('tile-missing', log.id, n * 256 * unit, name);
    else {
      const at = pairs.findIndex((pair, i) => !isOneOf(pair, bytes.subarray(i * hashLength, (i + 1) * hashLength)));
      if (at !== -1) tell('tile-differs', log.id, (n * 256 + at) * unit, name);
    }
  }
  await files.compareTile(layer, log.signedSize);
}

async function readTile({ db, log }: Tree, { level, n }: { level: number; n: number }): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom('ledger.tile')
    .select('hashes')
    .where('log', '=', log.id)
    .where('level', '=', level)
    .where('n', '=', n)
    .executeTakeFirst();
  return row?.hashes;
}
