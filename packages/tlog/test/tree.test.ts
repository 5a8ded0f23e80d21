import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  appendLeaves,
  concatBytes,
  emptyEdge,
  emptyRoot,
  growTiles,
  leafHash,
  proveConsistency,
  proveInclusion,
  rootFromTiles,
  rootOf,
  tilePath,
  tilesBetween,
  toHex,
  verifyConsistency,
  verifyInclusion,
} from '../src/index.ts';
import { entryAt, naiveLeafHash, naivePath, naiveTree } from './naive-tree.ts';

const deep = process.env['TROTH_DEEP'] === '1';
const largest = deep ? 2_000 : 600;
const hashes = Array.from({ length: 70_001 }, (_, i) => naiveLeafHash(entryAt(i)));
const tree = naiveTree(hashes);

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = bytes.slice();
  const byte = Math.floor(bit / 8) % copy.length;
  copy[byte] = (copy[byte] ?? 0) ^ (1 << (bit % 8));
  return copy;
}

/** The first positions, powers of two and the end; the rest thinned out, differently for each size. */
function sampled(size: number): number[] {
  const step = deep ? 1 : 131;
  return Array.from({ length: size }, (_, i) => i).filter(
    (i) => i < 2 || i === size - 1 || i % step === size % step || (i >= 256 && (i & (i - 1)) === 0),
  );
}

test('known answers: the empty root and a leaf hash are those of RFC 6962', () => {
  assert.equal(toHex(emptyRoot()), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  assert.equal(toHex(leafHash(new Uint8Array(0))), '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
  assert.deepEqual(leafHash(entryAt(7)), naiveLeafHash(entryAt(7)));
});

test(`the right edge alone yields the root of every size 0…${largest}, in any batches`, () => {
  let edge = emptyEdge;
  for (let size = 0; size <= largest; size++) {
    assert.deepEqual(rootOf(edge), tree.root(0, size));
    assert.deepEqual(rootOf(appendLeaves(edge, hashes.slice(size, size + 77))), tree.root(0, size + 77));
    edge = appendLeaves(edge, hashes.slice(size, size + 1));
    assert.equal(edge.size, size + 1);
  }
});

test(`inclusion proofs made from tiles equal the naive ones and verify, sizes 1…${largest}`, async () => {
  for (let size = 1; size <= largest; size++) {
    const root = tree.root(0, size);
    for (const index of sampled(size)) {
      const path = await proveInclusion(tree.readTile, index, size);
      assert.deepEqual(path, naivePath(tree, index, 0, size));
      const inclusion = { index, size, leafHash: hashes[index] ?? new Uint8Array(0), path };
      assert.ok(verifyInclusion(inclusion, root), `leaf ${index} of ${size}`);
      assert.ok(!verifyInclusion({ ...inclusion, index: index ^ 1 }, root), 'not at the neighbour');
      assert.ok(!verifyInclusion({ ...inclusion, leafHash: flipped(inclusion.leafHash, size) }, root), 'not for another leaf');
      assert.ok(!verifyInclusion({ ...inclusion, path: path.slice(1) }, root) || path.length === 0, 'not when cut short');
      assert.ok(!verifyInclusion({ ...inclusion, path: [...path, root] }, root), 'not with more');
    }
  }
});

test(`consistency proofs made from tiles verify and no altered one does, sizes 0…${largest}`, async () => {
  for (let size = 1; size <= largest; size += deep ? 1 : 3) {
    const newer = { size, root: tree.root(0, size) };
    for (const oldSize of [...sampled(size), size]) {
      const older = { size: oldSize, root: tree.root(0, oldSize) };
      const proof = await proveConsistency(tree.readTile, oldSize, size);
      assert.ok(verifyConsistency(older, newer, proof), `${oldSize} to ${size}`);
      assert.ok(!verifyConsistency({ ...older, root: flipped(older.root, size) }, newer, proof), 'not from another root');
      assert.ok(
        !verifyConsistency(older, { ...newer, root: flipped(newer.root, size) }, proof) || oldSize === 0,
        'not to another',
      );
      assert.ok(!verifyConsistency(older, newer, [...proof, newer.root]), 'not with more');
      for (const at of proof.keys()) {
        assert.ok(!verifyConsistency(older, newer, proof.with(at, flipped(proof[at] ?? new Uint8Array(1), size))), 'not altered');
      }
    }
  }
});

test('a tree over several levels of tiles is proved from them, each tile read once', async () => {
  const size = 70_000;
  for (const [index, oldSize] of [
    [0, 1],
    [255, 256],
    [256, 257],
    [65_535, 65_536],
    [65_536, 65_537],
    [69_999, 69_999],
  ] as const) {
    const read: string[] = [];
    const counting = (level: number, n: number, width: number): Uint8Array => {
      read.push(tilePath({ level, n, width }));
      return tree.readTile(level, n, width);
    };
    const path = await proveInclusion(counting, index, size);
    assert.ok(verifyInclusion({ index, size, leafHash: hashes[index] ?? new Uint8Array(0), path }, tree.root(0, size)));
    assert.equal(new Set(read).size, read.length);
    assert.ok(read.length <= 5);
    const proof = await proveConsistency(tree.readTile, oldSize, size);
    assert.ok(verifyConsistency({ size: oldSize, root: tree.root(0, oldSize) }, { size, root: tree.root(0, size) }, proof));
  }
});

test('tiles grown batch by batch are the tiles of the whole tree', async () => {
  const store = new Map<string, Uint8Array>();
  const read = (level: number, n: number, width: number): Uint8Array =>
    store.get(tilePath({ level, n, width })) ?? new Uint8Array(0);
  let size = 0;
  for (const batch of [0, 1, 254, 1, 1, 255, 300, 1_000, 64_000, 4_188]) {
    const grown = await growTiles(read, size, hashes.slice(size, size + batch));
    const expected = tilesBetween(size, size + batch).map(tilePath);
    assert.deepEqual(grown.map(tilePath), expected);
    for (const tile of grown) {
      assert.deepEqual(tile.bytes, tree.readTile(tile.level, tile.n, tile.width), tilePath(tile));
      store.set(tilePath(tile), tile.bytes);
    }
    size += batch;
    assert.deepEqual(await rootFromTiles(read, size), tree.root(0, size));
  }
  assert.equal(size, 70_000);
});

test('a tile that came back too short is an outage, a longer one serves', async () => {
  await assert.rejects(
    proveInclusion(() => new Uint8Array(31), 0, 2),
    /shorter/,
  );
  const longer = (level: number, n: number): Uint8Array => tree.readTile(level, n, 256);
  assert.deepEqual(await rootFromTiles(longer, 100), tree.root(0, 100));
});

test('sizes beyond 2^32 are arithmetic, not bit operations', () => {
  // A tree of 2^40 equal leaves: every level has one hash, so proofs can be written down without the tree.
  const levels = [naiveLeafHash(entryAt(0))];
  for (let i = 0; i < 40; i++) levels.push(naiveNode(levels.at(-1) ?? new Uint8Array(0)));
  const size = 2 ** 40;
  const path = levels.slice(0, 40);
  const leafHash = levels[0] ?? new Uint8Array(0);
  const root = levels[40] ?? new Uint8Array(0);
  assert.ok(verifyInclusion({ index: 2 ** 35 + 12_345, size, leafHash, path }, root));
  assert.ok(!verifyInclusion({ index: 2 ** 35, size: size + 1, leafHash, path }, root));
  assert.ok(verifyConsistency({ size: size / 2, root: levels[39] ?? root }, { size, root }, [levels[39] ?? root]));
  assert.ok(!verifyInclusion({ index: 0, size: 2 ** 53, leafHash, path: [] }, root));
});

test('a malformed size, index or hash is no proof, never an exception', () => {
  const root = tree.root(0, 2);
  const path = [hashes[1] ?? root];
  const leafHash = hashes[0] ?? root;
  assert.ok(verifyInclusion({ index: 0, size: 2, leafHash, path }, root));
  for (const [index, size] of [
    [-1, 2],
    [0.5, 2],
    [Number.NaN, 2],
    [0, Number.NaN],
    [2, 2],
    [0, Infinity],
    [0, 0],
  ] as const) {
    assert.ok(!verifyInclusion({ index, size, leafHash, path }, root), `${index} of ${size}`);
  }
  assert.ok(!verifyInclusion({ index: 0, size: 2, leafHash: concatBytes(leafHash, leafHash), path }, root));
});

function naiveNode(both: Uint8Array): Uint8Array {
  return naiveTree([both, both]).root(0, 2);
}
