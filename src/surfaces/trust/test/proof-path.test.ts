import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assert as check, double, integer, property } from 'fast-check';
import { proofPath } from '../proof-path.ts';

test('the tree of seven entries of RFC 6962, section 2.1.3: the path of entry 3 joins 2, then 0 to 1, then 4 to 6', () => {
  assert.deepEqual(
    proofPath(3, 7).map(({ neighbour, side }) => [neighbour.from, neighbour.to, side]),
    [
      [2, 2, 'left'],
      [0, 1, 'left'],
      [4, 6, 'right'],
    ],
  );
});

test('a log of one entry needs no joining, and an entry outside the log has no path', () => {
  assert.deepEqual(proofPath(0, 1), []);
  assert.throws(() => proofPath(1, 1), RangeError);
  assert.throws(() => proofPath(0.5, 1), RangeError);
});

test('each joining covers exactly its two sides and the last covers the whole log', () => {
  check(
    property(integer({ min: 2, max: 1_000_000 }), double({ min: 0, max: 0.999, noNaN: true }), (size, share) => {
      const index = Math.floor(share * size);
      let covered = { from: index, to: index };
      for (const { own, neighbour, joined } of proofPath(index, size)) {
        assert.deepEqual(own, covered);
        assert.deepEqual(joined, { from: Math.min(own.from, neighbour.from), to: Math.max(own.to, neighbour.to) });
        assert.equal(joined.to - joined.from, own.to - own.from + neighbour.to - neighbour.from + 1);
        covered = joined;
      }
      assert.deepEqual(covered, { from: 0, to: size - 1 });
    }),
  );
});
