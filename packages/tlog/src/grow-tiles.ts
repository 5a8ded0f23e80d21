import { concatBytes } from './bytes.ts';
import type { TileReader } from './read-tree.ts';
import { hashLength, nodeHash } from './tree.ts';
import { grownTiles, hashesAtLevel, tileWidth, type Tile } from './tile.ts';

/** A hash tile with its content: `width` × 32 bytes. */
export type FilledTile = Tile & { readonly level: number; readonly bytes: Uint8Array };

/**
 * The hash tiles that appending leaf hashes to a tree of `size` changes, filled. At most one tile a level is read: the partial
 * one at the right edge.
 */
export async function growTiles(readTile: TileReader, size: number, leafHashes: readonly Uint8Array[]): Promise<FilledTile[]> {
  const grown: FilledTile[] = [];
  let fresh = concatBytes(...leafHashes);
  for (let level = 0; fresh.length > 0; level++) {
    const tiles = await fillLevel(readTile, level, hashesAtLevel(size, level), fresh);
    grown.push(...tiles);
    fresh = concatBytes(...tiles.filter(({ width }) => width === tileWidth).map(({ bytes }) => rootOfFull(bytes)));
  }
  return grown;
}

async function fillLevel(readTile: TileReader, level: number, held: number, fresh: Uint8Array): Promise<FilledTile[]> {
  const partial = held % tileWidth;
  const first = held - partial;
  const known = partial === 0 ? new Uint8Array(0) : await readTile(level, first / tileWidth, partial);
  if (known.length < partial * hashLength) throw new Error(`tile ${level}/${first / tileWidth} is shorter than its hashes`);
  const hashes = concatBytes(known.subarray(0, partial * hashLength), fresh);
  return grownTiles(level, held, first + hashes.length / hashLength).map((tile) => {
    const offset = (tile.n * tileWidth - first) * hashLength;
    return { ...tile, bytes: hashes.slice(offset, offset + tile.width * hashLength) };
  });
}

function rootOfFull(tile: Uint8Array): Uint8Array {
  let row = Array.from({ length: tileWidth }, (_, i) => tile.subarray(i * hashLength, (i + 1) * hashLength));
  while (row.length > 1) row = pairUp(row);
  return concatBytes(...row);
}

function pairUp(row: readonly Uint8Array[]): Uint8Array[] {
  return row.flatMap((left, i) => {
    const right = row[i + 1];
    return i % 2 === 0 && right ? [nodeHash(left, right)] : [];
  });
}
