import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import {
  canonicalBytes,
  canonicalJson,
  canonicalPrivateEvent,
  commitTo,
  coverLeaf,
  encodePrivateLeaf,
  encodePublicLeaf,
  hashBody,
  labelOf,
  leafHash,
  noCommitment,
  parseCanonicalJson,
  parsePrivateEvent,
  parsePrivateLeaf,
  parsePublicLeaf,
  toHex,
  utf8,
  type Json,
  type PublicLeaf,
} from '../src/index.ts';
import { allowed, fixed, publicEntries, publicLeaves } from './sample-log.ts';

const [leaf, nextLeaf] = publicLeaves;
assert.ok(leaf && nextLeaf);

test('canonical JSON gives the known answers of RFC 8785', () => {
  const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
  const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'];
  const printed = canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])));
  assert.equal(printed, `{${sorted.map((key) => `${JSON.stringify(key)}:0`).join(',')}}`);
  assert.equal(
    canonicalJson([333333333.3333333, 1e30, 4.5, 2e-3, 1e-27, -0, 1e21]),
    '[333333333.3333333,1e+30,4.5,0.002,1e-27,0,1e+21]',
  );
  assert.equal(canonicalJson('\u20ac$\u000f\nA\'B"\\/\u2028'), '"\u20ac$\\u000f\\nA\'B\\"\\\\/\u2028"');
});

test('canonical JSON keeps the value, whatever order its keys came in, and is its own only spelling', () => {
  const json = fc.jsonValue({ maxDepth: 4, stringUnit: 'grapheme' }).map((value): Json => JSON.parse(JSON.stringify(value)));
  fc.assert(
    fc.property(json, (value) => {
      const text = canonicalJson(value);
      assert.deepEqual(JSON.parse(text), value);
      assert.equal(canonicalJson(withKeysReversed(value)), text);
      assert.deepEqual(parseCanonicalJson(utf8(text)), value);
      assert.equal(parseCanonicalJson(utf8(` ${text}`)), null);
    }),
  );
});

function withKeysReversed(value: Json): Json {
  return JSON.parse(JSON.stringify(value), (_, member) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toReversed())
      : member,
  );
}

test('what canonical JSON cannot carry is a bug when written and refused when read', () => {
  let deep: Json = 0;
  for (let i = 0; i < 40; i++) deep = [deep];
  for (const value of ['\ud800', Number.NaN, Infinity, { '\udc00': 1 }, deep, undefined, 1n]) {
    assert.throws(() => Reflect.apply(canonicalJson, null, [value]), TypeError);
  }
  const texts = [
    '{"a":1,"a":1}',
    '{"b":1,"a":1}',
    '1.0',
    '1e2',
    '"\\u0061"',
    '"\\/"',
    '"\\ud800"',
    '-0',
    '',
    '{',
    '[1,]',
    '\ufeff1',
    '01',
    '"a',
  ];
  for (const text of [...texts, '['.repeat(60_000)]) assert.equal(parseCanonicalJson(utf8(text)), null, text.slice(0, 20));
  assert.equal(parseCanonicalJson(Uint8Array.of(0x22, 0xff, 0x22)), null, 'invalid UTF-8');
});

test('public leaves are read back as written and chain by leaf hash', () => {
  for (const [i, bytes] of publicEntries.entries()) {
    assert.deepEqual(parsePublicLeaf(bytes, allowed), { ok: true, value: publicLeaves[i] });
    assert.deepEqual(parsePublicLeaf(bytes, null), { ok: true, value: publicLeaves[i] });
  }
  assert.equal(nextLeaf.prev, toHex(leafHash(publicEntries[0] ?? new Uint8Array(0))));
  const bare: PublicLeaf = { ...leaf, bodyHash: null, bodyLength: 0, mediaType: null, fields: {} };
  assert.deepEqual(parsePublicLeaf(encodePublicLeaf(bare, allowed), allowed), { ok: true, value: bare });
});

test('what the allow-list does not name is never written', () => {
  assert.throws(() => encodePublicLeaf({ ...leaf, fields: { email: 'a@b.invalid' } }, allowed), /leaf\/field-not-allowed/);
  assert.throws(() => encodePublicLeaf({ ...leaf, type: 'review.received' }, allowed), /leaf\/type-not-allowed/);
  assert.throws(() => encodePublicLeaf({ ...leaf, type: 'constructor' }, allowed), /leaf\/type-invalid/);
  assert.throws(() => encodePublicLeaf({ ...leaf, fields: { seq: 9 } }, { [leaf.type]: ['seq'] }), /leaf\/field-invalid/);
  assert.throws(() => encodePublicLeaf({ ...leaf, fields: { zone: 'x'.repeat(65_535) } }, allowed), /leaf\/too-long/);
});

test('public leaves of another form are refused by name', () => {
  const { fields, ...rest } = leaf;
  const good = { v: 1, ...rest, ...fields };
  const { prev: _, ...withoutPrev } = good;
  const rows: [string, { [key: string]: Json }][] = [
    ['leaf/version-unknown', { ...good, v: 2 }],
    ['leaf/member-missing', withoutPrev],
    ['leaf/type-invalid', { ...good, type: 'Policy' }],
    ['leaf/type-not-allowed', { ...good, type: 'policy.unheard-of' }],
    ['leaf/object-invalid', { ...good, object: '' }],
    ['leaf/object-invalid', { ...good, object: 'two words' }],
    ['leaf/chain-invalid', { ...good, seq: 0 }],
    ['leaf/chain-invalid', { ...good, seq: 2 }],
    ['leaf/chain-invalid', { ...good, seq: 1.5 }],
    ['leaf/chain-invalid', { ...good, prev: 'a'.repeat(64) }],
    ['leaf/chain-invalid', { ...good, seq: 2, prev: 'A'.repeat(64) }],
    ['leaf/time-invalid', { ...good, at: '2026-02-30T00:00:00.000Z' }],
    ['leaf/time-invalid', { ...good, at: '2026-01-01T00:00:00Z' }],
    ['leaf/time-invalid', { ...good, at: '2026-01-01T24:00:00.000Z' }],
    ['leaf/body-invalid', { ...good, bodyHash: null }],
    ['leaf/body-invalid', { ...good, bodyLength: -1 }],
    ['leaf/body-invalid', { ...good, mediaType: null }],
    ['leaf/body-invalid', { ...good, bodyHash: 'ab' }],
    ['leaf/body-invalid', { ...good, mediaType: `${';'.repeat(40_000)} ` }],
    ['leaf/type-invalid', { ...good, type: `a${'-a.a-'.repeat(9_000)}!` }],
    ['leaf/field-invalid', { ...good, zone: 0.5 }],
    ['leaf/field-invalid', { ...good, zone: { deeper: 1 } }],
    ['leaf/field-invalid', { ...good, languages: [1] }],
    ['leaf/field-invalid', { ...good, 'no name': 'x' }],
    ['leaf/field-not-allowed', { ...good, author: 'x' }],
  ];
  for (const [refusal, value] of rows) {
    const parsed = parsePublicLeaf(canonicalBytes(value), allowed);
    assert.equal(parsed.ok ? 'accepted' : parsed.refusal, refusal, canonicalJson(value));
  }
  for (const bytes of [utf8(JSON.stringify(good)), utf8('null'), utf8('[]'), new Uint8Array(0)]) {
    const parsed = parsePublicLeaf(bytes, allowed);
    assert.equal(parsed.ok ? 'accepted' : parsed.refusal, 'leaf/not-canonical');
  }
});

test('a body is bound by its salt and exact bytes', () => {
  const body = utf8('text');
  assert.notEqual(hashBody(fixed('a'), body), hashBody(fixed('b'), body));
  assert.notEqual(hashBody(fixed('a'), body), hashBody(fixed('a'), utf8('text\n')));
  assert.throws(() => hashBody(new Uint8Array(31), body), RangeError);
});

test('private leaves are 96 bytes whatever they hold, and every reserved byte must be zero', () => {
  const label = fixed('label');
  const commitment = fixed('commitment');
  const bytes = encodePrivateLeaf({ label, commitment });
  assert.equal(bytes.length, 96);
  assert.deepEqual(parsePrivateLeaf(bytes), { ok: true, value: { label, commitment } });
  for (const at of [1, 7, 72, 95]) {
    const parsed = parsePrivateLeaf(bytes.with(at, 1));
    assert.equal(parsed.ok ? 'accepted' : parsed.refusal, 'leaf/reserved-not-zero');
  }
  const other = parsePrivateLeaf(bytes.with(0, 2));
  assert.equal(other.ok ? 'accepted' : other.refusal, 'leaf/version-unknown');
  for (const length of [0, 95, 97]) assert.ok(!parsePrivateLeaf(new Uint8Array(length)).ok);
  const cover = coverLeaf(new Uint8Array([...label, ...commitment]));
  assert.deepEqual(cover, bytes, 'a cover has the form of any other leaf');
});

test('private events are read back as written and in no other spelling', () => {
  const event = {
    v: 1,
    type: 'support.question-asked',
    seq: 1,
    at: '2026-01-02T03:04:05.678Z',
    body: { b: [1, null], a: 'ä' },
  } as const;
  const bytes = canonicalPrivateEvent(event);
  assert.deepEqual(parsePrivateEvent(bytes), event);
  assert.equal(parsePrivateEvent(utf8(JSON.stringify(event))), null);
  for (const other of [
    { ...event, v: 2 },
    { ...event, seq: 0 },
    { ...event, at: '2026' },
    { ...event, type: '' },
    { ...event, more: 1 },
  ]) {
    assert.equal(parsePrivateEvent(canonicalBytes(other)), null);
  }
  assert.throws(() => canonicalPrivateEvent({ ...event, seq: 0 }), TypeError);
});

test('labels and commitments change with every input, and keys of another length are refused', () => {
  const key = fixed('key');
  const event = utf8('event');
  const labels = [labelOf(key, 1), labelOf(key, 2), labelOf(key, 2 ** 33 + 1), labelOf(fixed('other'), 1)].map(toHex);
  assert.equal(new Set(labels).size, 4);
  const commitments = [
    commitTo(event, noCommitment, key),
    commitTo(event, fixed('before'), key),
    commitTo(utf8('Event'), noCommitment, key),
    commitTo(event, noCommitment, fixed('other')),
  ].map(toHex);
  assert.equal(new Set(commitments).size, 4);
  // HMAC would treat 31 bytes and the same followed by a zero byte as one key, which would open a commitment twice.
  assert.throws(() => commitTo(event, noCommitment, key.subarray(1)), RangeError);
  assert.throws(() => commitTo(event, key.subarray(1), key), RangeError);
  assert.throws(() => labelOf(key.subarray(1), 1), RangeError);
  assert.throws(() => labelOf(key, -1), RangeError);
});
