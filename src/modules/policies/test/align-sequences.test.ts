import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { alignSequences } from '../text/align-sequences.ts';
import { pairSimilar } from '../text/pair-similar.ts';

const letters = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), { maxLength: 14 });

test('the stretches cover both sequences, alternate, and what is same is equal, however little may be tried', () => {
  fc.assert(
    fc.property(letters, letters, fc.constantFrom(0, 1, 3, 100), (before, after, maxEdits) => {
      let at: readonly [number, number] = [0, 0];
      let lastSame: boolean | null = null;
      for (const stretch of alignSequences(before, after, maxEdits)) {
        assert.deepEqual([stretch.before[0], stretch.after[0]], at);
        assert.notEqual(stretch.same, lastSame);
        if (stretch.same) assert.deepEqual(before.slice(...stretch.before), after.slice(...stretch.after));
        at = [stretch.before[1], stretch.after[1]];
        lastSame = stretch.same;
      }
      assert.deepEqual(at, [before.length, after.length]);
    }),
    { numRuns: 1000 },
  );
});

test('with too many edits to try, elements that occur once on each side are still matched, in the longest order', () => {
  const before = 'x a y b z c d e'.split(' ');
  const after = 'c p a q b r d s'.split(' ');
  const same = alignSequences(before, after, 1).filter((stretch) => stretch.same);
  assert.deepEqual(
    same.flatMap((stretch) => after.slice(...stretch.after)),
    ['a', 'b', 'd'],
  );
});

test('texts are paired by the words they share, in order, and not at all when they share too few', () => {
  const before = ['We keep your orders for two years.', 'Nothing else.', 'You may object at any time.'];
  const after = ['Entirely new matter here.', 'We keep all orders for three years.', 'You may object at any hour.'];
  assert.deepEqual(pairSimilar(before, after), [
    [0, 1],
    [2, 2],
  ]);
  assert.deepEqual(pairSimilar(['one two', 'three four'], ['three four', 'one two']).length, 1);
  const many = Array.from({ length: 3000 }, (_, index) => `text ${index}`);
  assert.deepEqual(pairSimilar(many, many), []);
});
