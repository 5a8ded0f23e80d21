import assert from 'node:assert/strict';
import { test } from 'node:test';
import { objectId, parseReceiptCode, receiptCode, rowId } from '../ids.ts';

test('every receipt code is read back as itself, and no two are alike', () => {
  const codes = Array.from({ length: 500 }, receiptCode);
  assert.equal(new Set(codes).size, 500);
  for (const code of codes) {
    assert.match(code, /^([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$/);
    assert.equal(parseReceiptCode(code), code);
  }
});

test('a code typed from paper is read with small letters, other separators and the letters people confuse', () => {
  const code = '01AB0-C1DE0-FGHJK-MNP10';
  const table: readonly [says: string, typed: string, answer: string | null][] = [
    ['as printed', code, code],
    ['small letters', code.toLowerCase(), code],
    ['O for 0, I and l for 1', 'OIABo-ClDEO-FGHJK-MNPi0', code],
    ['spaces and line ends around and inside', ' 01AB0 C1DE0\tFGHJK\nMNP10 ', code],
    ['no separators', '01AB0C1DE0FGHJKMNP10', code],
    ['separators elsewhere, and a dash from an editor', '01-AB0C1\u2013DE0FGH JKMNP10', code],
    ['U is not in the alphabet', '01ABU-C1DE0-FGHJK-MNP10', null],
    ['too short', code.slice(0, -1), null],
    ['too long', `${code}0`, null],
    ['empty', '', null],
    ['another script', '\u0660'.repeat(20), null],
  ];
  for (const [says, typed, answer] of table) assert.equal(parseReceiptCode(typed), answer, says);
});

test('row ids are version 7 and sort by their instant; object ids tell no instant', () => {
  const at = Temporal.Instant.from('2026-11-02T09:00:00.123Z');
  const earlier = rowId(at);
  assert.match(earlier, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(Number.parseInt(earlier.replaceAll('-', '').slice(0, 12), 16), at.epochMilliseconds);
  assert(earlier < rowId(at.add({ milliseconds: 1 })));
  assert.notEqual(earlier, rowId(at));
  assert.match(objectId(), /^[0-9a-f]{8}-[0-9a-f]{4}-4/);
});
