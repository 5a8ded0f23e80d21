import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { mergeTexts } from '../text/merge-texts.ts';

const words = { mine: '[[mine]]', theirs: '[[theirs]]', end: '[[end]]' };
const merge = (base: string, mine: string, theirs: string) => mergeTexts(base, mine, theirs, words);
const text = fc
  .array(fc.constantFrom('', '', 'a', 'b', 'c', '# d', '- e'), { maxLength: 12 })
  .chain((all) => fc.constantFrom(all.join('\n'), `${all.join('\n')}\n`));
/** A text, and two that began from it. */
const edited = fc.tuple(text, text, text);

function linesNotIn(base: string, wrote: string): string[] {
  const known = new Set(base.split('\n'));
  return wrote.split('\n').filter((line) => !known.has(line));
}

test('where one person changed nothing, the text of the other stands', () => {
  fc.assert(
    fc.property(text, text, (base, other) => {
      assert.deepEqual(merge(base, other, base), { text: other, conflicts: 0 });
      assert.deepEqual(merge(base, base, other), { text: other, conflicts: 0 });
      assert.deepEqual(merge(base, other, other), { text: other, conflicts: 0 });
    }),
  );
});

test('no line that either of two people wrote is lost, as often as they wrote it', () => {
  const count = (line: string, all: readonly string[]) => all.filter((each) => each === line).length;
  fc.assert(
    fc.property(edited, ([base, mine, theirs]) => {
      const merged = merge(base, mine, theirs).text.split('\n');
      for (const wrote of [mine, theirs]) {
        const fresh = linesNotIn(base, wrote);
        for (const line of fresh) assert.ok(count(line, merged) >= count(line, fresh), `“${line}” was lost`);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('changes at different places come together, without a mark; whose text is whose does not matter', () => {
  const place = fc.array(fc.constantFrom('x', 'y', 'z'), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(place, place, (one, other) => {
      const whole = (first: string, last: string) => `${first}\n\n## Kept\n\nThis stays.\n\n${last}\n`;
      const mine = whole(one.join('\n'), 'last');
      const theirs = whole('first', other.join('\n'));
      const both = { text: whole(one.join('\n'), other.join('\n')), conflicts: 0 };
      assert.deepEqual(merge(whole('first', 'last'), mine, theirs), both);
      assert.deepEqual(merge(whole('first', 'last'), theirs, mine), both);
    }),
  );
});

test('where both changed one place, both stand at that place and what is around it stays', () => {
  const merged = merge('a\n\nten days\n\nz\n', 'a\n\nfive days\n\nz\n', 'a\n\nsix days\n\nz!\n');
  const there = 'a\n\n[[mine]]\nfive days\n[[theirs]]\nsix days\n[[end]]\n\nz!\n';
  assert.deepEqual(merged, { text: there, conflicts: 1 });
  // One took away what the other changed: that the other wrote it is not lost either.
  assert.deepEqual(merge('a\nb', 'a\n', 'a\nc'), { text: 'a\n[[mine]]\n\n[[theirs]]\nc\n[[end]]\n', conflicts: 1 });
});

test('texts that would take too long to align are both kept whole', () => {
  const same = 'x\n'.repeat(50_000);
  const { text: merged, conflicts } = merge(same, `mine\n${same}`, `${same}theirs\n`);
  assert.equal(conflicts, 1);
  assert.ok(merged.includes('mine\nx') && merged.includes('x\ntheirs'));
});
