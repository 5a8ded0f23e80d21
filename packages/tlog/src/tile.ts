import { isSize } from './tree.ts';

/** Hashes in a full tile, entries in a full bundle. @see C2SP tlog-tiles */
export const tileWidth = 256;

/** One static resource of a tiled log: a hash tile at level 0…63, or the bundle of entries beside level 0. Width 1…256. */
export type Tile = { readonly level: number | 'entries'; readonly n: number; readonly width: number };

/** How many hashes tiles of this level hold for a tree of this size: a partial tile is never hashed upward. */
export function hashesAtLevel(size: number, level: number): number {
  return Math.floor(size / tileWidth ** level);
}

/** Every hash tile of a tree of this size, lowest level first; partial tiles as they stand at exactly this size. */
export function tilesOf(size: number): Tile[] {
  return tilesBetween(0, size);
}

/** The hash tiles that a tree of size `to` has and one of size `from` has not: new ones, and partial ones that grew. */
export function tilesBetween(from: number, to: number): Tile[] {
  if (!isSize(from) || !isSize(to) || from > to) throw new RangeError(`no growth from ${from} to ${to}`);
  const tiles: Tile[] = [];
  for (let level = 0; hashesAtLevel(to, level) > 0; level++) {
    tiles.push(...grownTiles(level, hashesAtLevel(from, level), hashesAtLevel(to, level)));
  }
  return tiles;
}

/** The entry bundles that a log of size `to` has and one of size `from` has not. */
export function entryBundlesBetween(from: number, to: number): Tile[] {
  return grownTiles('entries', from, to);
}

/** One level's tiles that hold any of its hashes from number `from` up to `to`. */
export function grownTiles<Level extends Tile['level']>(level: Level, from: number, to: number): (Tile & { level: Level })[] {
  const tiles: (Tile & { level: Level })[] = [];
  if (from === to) return tiles;
  for (let n = Math.floor(from / tileWidth); n * tileWidth < to; n++) {
    tiles.push({ level, n, width: Math.min(tileWidth, to - n * tileWidth) });
  }
  return tiles;
}
