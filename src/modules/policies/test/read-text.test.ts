import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { displaySource, maxTextBytes, readText } from '../text/read-text.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const bytes = (...values: number[]) => Uint8Array.from(values);
const strict = () => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const rows: { says: string; given: Uint8Array; refusal: string; facts?: Record<string, string | number> }[] = [
  { says: 'no bytes', given: bytes(), refusal: 'policies/text-empty' },
  { says: 'white space only', given: utf8(' \r\n\t\n'), refusal: 'policies/text-empty' },
  {
    says: 'front matter and a comment only',
    given: utf8('---\ntitle: x\n---\n<!-- later -->\n'),
    refusal: 'policies/text-empty',
  },
  {
    says: 'one byte too many',
    given: new Uint8Array(maxTextBytes + 1).fill(0x61),
    refusal: 'policies/text-too-large',
    facts: { bytes: maxTextBytes + 1, limit: maxTextBytes },
  },
  { says: 'UTF-16', given: bytes(0xff, 0xfe, 0x41, 0), refusal: 'policies/text-other-encoding', facts: { encoding: 'UTF-16' } },
  {
    says: 'UTF-16 the other way round',
    given: bytes(0xfe, 0xff, 0, 0x41),
    refusal: 'policies/text-other-encoding',
    facts: { encoding: 'UTF-16' },
  },
  {
    says: 'UTF-32',
    given: bytes(0xff, 0xfe, 0, 0, 0x41, 0, 0, 0),
    refusal: 'policies/text-other-encoding',
    facts: { encoding: 'UTF-32' },
  },
  { says: 'a PDF', given: utf8('%PDF-1.7 ...'), refusal: 'policies/text-binary', facts: { format: 'PDF' } },
  {
    says: 'a Word document',
    given: bytes(0x50, 0x4b, 3, 4, 20, 0),
    refusal: 'policies/text-binary',
    facts: { format: 'Word or ZIP' },
  },
  { says: 'a NUL byte', given: bytes(0x41, 0x42, 0), refusal: 'policies/text-binary', facts: { offset: 2 } },
  { says: 'Latin-1', given: bytes(0x47, 0x72, 0xf6, 0xdf, 0x65), refusal: 'policies/text-not-utf8', facts: { offset: 2 } },
  { says: 'an overlong form', given: bytes(0x41, 0xc0, 0xaf), refusal: 'policies/text-not-utf8', facts: { offset: 1 } },
  { says: 'a surrogate', given: bytes(0x41, 0xed, 0xa0, 0x80), refusal: 'policies/text-not-utf8', facts: { offset: 1 } },
  {
    says: 'a sequence cut off at the end',
    given: bytes(0xc3, 0xa4, 0xe2, 0x82),
    refusal: 'policies/text-not-utf8',
    facts: { offset: 2 },
  },
];
for (const { says, given, refusal, facts } of rows) {
  test(`${says} is refused as ${refusal}`, () => {
    const outcome = readText(given);
    assert.ok(!outcome.ok);
    assert.equal(outcome.refusal, refusal);
    if (facts) assert.deepEqual(outcome.facts, facts);
  });
}

test('well-formed text is returned unchanged, byte order mark and carriage returns included', () => {
  const text = '\uFEFF# Größe\r\n\r\nтекст 文 🙂\r\n';
  assert.deepEqual(readText(utf8(text)), { ok: true, value: text });
});

test('the offset named is the first byte at which a strict decoder fails', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 24, min: 1 }), (sample) => {
      const outcome = readText(sample);
      if (outcome.ok || outcome.refusal !== 'policies/text-not-utf8') return;
      const offset = Number(outcome.facts['offset']);
      assert.doesNotThrow(() => strict().decode(sample.subarray(0, offset)));
      // Up to three more bytes complete any sequence, so a decoder that is not told of an end fails within them or at the end.
      assert.throws(() => strict().decode(sample.subarray(offset, offset + 4)));
    }),
  );
});

test('front matter and comments are not displayed', () => {
  assert.equal(displaySource('---\ntitle: x\n---\n\n# A\n<!-- note -->\nb<!-- c -->d\n'), '\n# A\n\nbd\n');
  assert.equal(displaySource(utf8('\uFEFF---\r\ntitle: x\r\n...\r\nText\r\n')), 'Text\n');
});

test('what only looks like front matter or a comment stays visible', () => {
  for (const text of [
    '---\nA rule above, not front matter.\n---\nText\n',
    '---\ntitle: never closed\n',
    'Text <!-- never closed\n',
    '```html\n<!-- shown as code -->\n```\nText\n',
    'In code: `<!-- x -->`, and ``a ` <!-- y -->``.\n',
  ])
    assert.equal(displaySource(text), text);
});

test('a comment after a closed fence is still dropped', () => {
  assert.equal(displaySource('~~~\n<!-- a -->\n~~~\n<!-- b -->Text'), '~~~\n<!-- a -->\n~~~\nText');
});
