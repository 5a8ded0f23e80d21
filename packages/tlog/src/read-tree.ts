import { emptyRoot, hashLength, nodeHash, splitPoint } from './tree.ts';
import { hashesAtLevel, tileWidth } from './tile.ts';

/**
 * Fetches a hash tile: `width` × 32 bytes. A longer tile is fine too, since a partial one may be gone once the full one exists.
 * It throws when the tile cannot be had.
 */
export type TileReader = (level: number, n: number, width: number) => Uint8Array | Promise<Uint8Array>;

/** A tree of one size seen through its tiles. Every tile is read at most once. */
export type TreeView = { readonly size: number; readonly rangeHash: (start: number, end: number) => Promise<Uint8Array> };

/** Opens a view whose `rangeHash` answers the RFC 6962 hash of the leaves [start, end) of a tree of `size` leaves. */
export function readTree(readTile: TileReader, size: number): TreeView {
  const tiles = new Map<string, Promise<Uint8Array>>();

  function tileAt(level: number, n: number): Promise<Uint8Array> {
    const key = `${level}/${n}`;
    const known = tiles.get(key);
    if (known) return known;
    const width = Math.min(tileWidth, hashesAtLevel(size, level) - n * tileWidth);
    const tile = Promise.resolve(readTile(level, n, width)).then((bytes) => {
      if (bytes.length < width * hashLength) throw new Error(`tile ${key} is shorter than its ${width} hashes`);
      return bytes;
    });
    tiles.set(key, tile);
    return tile;
  }

  async function rangeHash(start: number, end: number): Promise<Uint8Array> {
    const count = end - start;
    if (count === 0) return emptyRoot();
    const place = placeOf(start, count);
    if (place) {
      const tile = await tileAt(place.level, Math.floor(place.first / tileWidth));
      return foldHashes(tile, place.first % tileWidth, place.hashes);
    }
    const split = start + splitPoint(count);
    return nodeHash(...(await Promise.all([rangeHash(start, split), rangeHash(split, end)])));
  }

  return { size, rangeHash };
}

/** Where the tiles hold a complete, aligned subtree: `hashes` of them from `first` on at `level`; null for any other range. */
function placeOf(start: number, count: number): { level: number; first: number; hashes: number } | null {
  let level = 0;
  let unit = 1;
  while (count >= unit * tileWidth) {
    unit *= tileWidth;
    level += 1;
  }
  const hashes = count / unit;
  const powerOfTwo = Number.isInteger(Math.log2(hashes)) && Number.isInteger(hashes);
  return powerOfTwo && start % count === 0 ? { level, first: start / unit, hashes } : null;
}

function foldHashes(tile: Uint8Array, first: number, count: number): Uint8Array {
  if (count === 1) return tile.slice(first * hashLength, (first + 1) * hashLength);
  const half = count / 2;
  return nodeHash(foldHashes(tile, first, half), foldHashes(tile, first + half, half));
}
