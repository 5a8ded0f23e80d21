import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import {
  encodeEntries,
  encodeProofFile,
  entryBundlesBetween,
  parseBase64,
  parseEntries,
  parseHex,
  parseProofFile,
  parseTilePath,
  tilePath,
  tilesBetween,
  tilesOf,
  toBase64,
  toHex,
  type Tile,
} from '../src/index.ts';
import { fixed } from './sample-log.ts';

const tile = fc.record(
  {
    level: fc.oneof(fc.constant('entries' as const), fc.integer({ min: 0, max: 63 })),
    n: fc.oneof(fc.nat(3_000), fc.maxSafeNat()),
    width: fc.integer({ min: 1, max: 256 }),
  },
  { noNullPrototype: true },
);

test('known tile addresses', () => {
  const rows: [string, Tile][] = [
    ['tile/0/000', { level: 0, n: 0, width: 256 }],
    ['tile/1/x001/x234/067', { level: 1, n: 1_234_067, width: 256 }],
    ['tile/63/999.p/255', { level: 63, n: 999, width: 255 }],
    ['tile/entries/x001/000.p/1', { level: 'entries', n: 1_000, width: 1 }],
  ];
  for (const [path, value] of rows) {
    assert.equal(tilePath(value), path);
    assert.deepEqual(parseTilePath(path), value);
  }
});

test('tile addresses are read back as written, and no other spelling is taken', () => {
  fc.assert(fc.property(tile, (value) => assert.deepEqual(parseTilePath(tilePath(value)), value)));
  const others = [
    '',
    'tile',
    'tile/0',
    'tile/00/000',
    'tile/64/000',
    'tile/-1/000',
    'tile/0/0',
    'tile/0/0000',
    'tile/0/x000/000',
    'tile/0/001/000',
    'tile/0/x001',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/000.p/',
    'tile/0/000.p',
    '/tile/0/000',
    'tile/0/000/',
    'tile/0/000\n',
    'tile/data/000',
    'tile/0/../000',
    'tile/0/x999/x999/x999/x999/x999/999',
  ];
  for (const path of others) assert.equal(parseTilePath(path), null, path);
});

test('the tiles of 70,000 leaves are those of the specification\u2019s example', () => {
  const tiles = tilesOf(70_000);
  const at = (level: number): Tile[] => tiles.filter((tile) => tile.level === level);
  assert.deepEqual([at(0).length, at(1).length, at(2).length, at(3).length], [274, 2, 1, 0]);
  assert.deepEqual(
    tiles.filter(({ width }) => width < 256).map(({ width }) => width),
    [112, 17, 1],
  );
  assert.deepEqual(tilesOf(256).map(tilePath), ['tile/0/000', 'tile/1/000.p/1']);
  assert.deepEqual(tilesOf(0), []);
});

test('what a growing tree adds, together with what it had, is what it has', () => {
  const sizes = fc.tuple(fc.nat(140_000), fc.nat(3_000));
  fc.assert(
    fc.property(sizes, ([from, more]) => {
      const had = new Set(tilesOf(from).map(tilePath));
      const added = tilesBetween(from, from + more).map(tilePath);
      const has = tilesOf(from + more).map(tilePath);
      assert.deepEqual(
        added.filter((path) => had.has(path)),
        [],
      );
      assert.deepEqual(has.filter((path) => !had.has(path)).toSorted(), added.toSorted());
    }),
    { numRuns: 40 },
  );
  assert.deepEqual(entryBundlesBetween(255, 257).map(tilePath), ['tile/entries/000', 'tile/entries/001.p/1']);
  assert.deepEqual(entryBundlesBetween(256, 256), []);
  assert.throws(() => tilesBetween(2, 1), RangeError);
});

test('entry bundles are read back as written; a cut, empty or overfull one is refused', () => {
  const bundle = fc.array(fc.uint8Array({ maxLength: 700 }), { minLength: 1, maxLength: 256 });
  fc.assert(
    fc.property(bundle, (entries) => assert.deepEqual(parseEntries(encodeEntries(entries)), entries)),
    { numRuns: 30 },
  );
  const longest = new Uint8Array(65_535).fill(7);
  assert.deepEqual(parseEntries(encodeEntries([longest])), [longest]);
  assert.throws(() => encodeEntries([new Uint8Array(65_536)]), RangeError);
  const two = encodeEntries([fixed('a'), fixed('b')]);
  for (const length of [0, 1, 33, 35, 67]) assert.equal(parseEntries(two.subarray(0, length)), null, `${length} bytes`);
  assert.equal(parseEntries(encodeEntries(Array.from({ length: 257 }, () => fixed('a')))), null);
});

test('proof files are read back as written', () => {
  const proof = fc.record(
    {
      extra: fc.option(fc.uint8Array({ maxLength: 40 })),
      index: fc.maxSafeNat(),
      path: fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 53 }),
      checkpoint: fc.string(),
    },
    { noNullPrototype: true },
  );
  fc.assert(fc.property(proof, (value) => assert.deepEqual(parseProofFile(encodeProofFile(value)), { ok: true, value })));
});

test('proof files of another form are refused by name', () => {
  const good = encodeProofFile({ extra: fixed('extra'), index: 12, path: [fixed('a'), fixed('b')], checkpoint: 'x\n\ny\n' });
  const rows = [
    ['proof/unknown-format', ''],
    ['proof/unknown-format', good.replace('@v1', '@v2')],
    ['proof/unknown-format', good.replaceAll('\n', '\r\n')],
    ['proof/index-invalid', good.replace('index 12', 'index 012')],
    ['proof/index-invalid', good.replace('index 12', 'index  12')],
    ['proof/index-invalid', good.replace('index 12\n', '')],
    ['proof/index-invalid', good.replace(/(extra .*\n)/, '$1$1')],
    ['proof/malformed', good.replace('=\nindex', '\nindex')],
    ['proof/path-invalid', good.replace(toBase64(fixed('a')), 'AAAA')],
    ['proof/path-invalid', good.replace('index 12\n', `index 12\n${`${toBase64(fixed('a'))}\n`.repeat(60)}`)],
  ] as const;
  for (const [refusal, source] of rows) {
    const parsed = parseProofFile(source);
    assert.equal(parsed.ok ? 'accepted' : parsed.refusal, refusal, source);
  }
});

test('base64 and hexadecimal have one spelling each', () => {
  const bytes = fc.uint8Array({ maxLength: 100 });
  fc.assert(
    fc.property(bytes, (value) => {
      assert.deepEqual(parseBase64(toBase64(value)), value);
      assert.deepEqual(parseHex(toHex(value)), value);
      assert.equal(toBase64(value), Buffer.from(value).toString('base64'));
    }),
  );
  for (const text of ['A', 'AA', 'AA=', 'AB==', 'AAA', ' AAAA', 'AAAA\n', 'AA-_', 'AA==AA=='])
    assert.equal(parseBase64(text), null, text);
  for (const text of ['a', 'A0', '0g', ' 00', '0x00']) assert.equal(parseHex(text), null, text);
  const long = new Uint8Array(100_000).fill(255);
  assert.deepEqual(parseBase64(toBase64(long)), long);
});
