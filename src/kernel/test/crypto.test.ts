import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deriveKey, sameBytes, seal, sha256, unseal } from '../crypto.ts';

const root = new Uint8Array(32).fill(7);
const key = deriveKey(root, 'database');
const place = 'ledger.subject/1/key';

test('a box opens at its place under its key, whatever was put in', () => {
  for (const plain of [new Uint8Array(), Buffer.from('secret'), new Uint8Array(70_000).fill(9)]) {
    const box = seal(key, place, plain);
    assert.equal(box.length, 1 + 12 + plain.length + 16);
    assert.deepEqual(new Uint8Array(unseal(key, place, box)), new Uint8Array(plain));
  }
});

test('a box opens at no other place, under no other key, and with no bit changed or byte missing', () => {
  const box = seal(key, place, Buffer.from('secret'));
  assert.throws(() => unseal(key, 'ledger.subject/2/key', box));
  assert.throws(() => unseal(deriveKey(root, 'backup'), place, box));
  assert.throws(() => unseal(deriveKey(new Uint8Array(32).fill(8), 'database'), place, box));
  for (let bit = 0; bit < box.length * 8; bit += 1) {
    const changed = Buffer.from(box);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    assert.throws(() => unseal(key, place, changed), `bit ${bit}`);
  }
  for (let length = 0; length < box.length; length += 1) assert.throws(() => unseal(key, place, box.subarray(0, length)));
});

test('the same secret sealed twice looks different, so that equal values cannot be told', () => {
  assert.notDeepEqual(seal(key, place, Buffer.from('secret')), seal(key, place, Buffer.from('secret')));
});

test('SHA-256 of parts is that of the whole', () => {
  // FIPS 180-4, example "abc".
  assert.equal(
    sha256('a', Buffer.from('bc')).toString('hex'),
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});

test('bytes of different length are not the same, and do not throw', () => {
  assert.equal(sameBytes(Buffer.from('a'), Buffer.from('a')), true);
  assert.equal(sameBytes(Buffer.from('a'), Buffer.from('b')), false);
  assert.equal(sameBytes(Buffer.from('a'), Buffer.from('ab')), false);
});
