import { hash } from 'node:crypto';

// A second implementation straight from the definitions of RFC 6962 §2.1, slow and without tiles, to compare the real one with.

export type NaiveTree = {
  root: (start: number, end: number) => Uint8Array;
  readTile: (level: number, n: number, width: number) => Uint8Array;
};

export function entryAt(i: number): Uint8Array {
  return new TextEncoder().encode(`entry ${i}`);
}

export function naiveLeafHash(entry: Uint8Array): Uint8Array {
  return digest(0, entry);
}

export function naiveTree(leafHashes: readonly Uint8Array[]): NaiveTree {
  const known = new Map<string, Uint8Array>();
  function root(start: number, end: number): Uint8Array {
    const key = `${start}-${end}`;
    const value = known.get(key) ?? compute(start, end);
    known.set(key, value);
    return value;
  }
  function compute(start: number, end: number): Uint8Array {
    const leaf = leafHashes[start];
    if (start === end) return new Uint8Array(hash('sha256', new Uint8Array(0), 'buffer'));
    if (end - start === 1) return leaf ?? new Uint8Array(32);
    const split = start + 2 ** Math.floor(Math.log2(end - start - 1));
    return digest(1, root(start, split), root(split, end));
  }
  const tiles = new Map<string, Uint8Array>();
  function readTile(level: number, n: number, width: number): Uint8Array {
    const key = `${level}/${n}/${width}`;
    const tile = tiles.get(key) ?? computeTile(level, n, width);
    tiles.set(key, tile);
    return tile;
  }
  function computeTile(level: number, n: number, width: number): Uint8Array {
    const unit = 256 ** level;
    const rows = Array.from({ length: width }, (_, i) => root((n * 256 + i) * unit, (n * 256 + i + 1) * unit));
    return new Uint8Array(Buffer.concat(rows));
  }
  return { root, readTile };
}

/** Inclusion path by the recursion of RFC 6962 §2.1.1. */
export function naivePath(tree: Pick<NaiveTree, 'root'>, index: number, start: number, end: number): Uint8Array[] {
  if (end - start === 1) return [];
  const split = start + 2 ** Math.floor(Math.log2(end - start - 1));
  return index < split
    ? [...naivePath(tree, index, start, split), tree.root(split, end)]
    : [...naivePath(tree, index, split, end), tree.root(start, split)];
}

function digest(prefix: number, ...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(hash('sha256', Buffer.concat([Buffer.of(prefix), ...parts]), 'buffer'));
}
