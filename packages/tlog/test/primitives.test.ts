import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import * as browser from '../src/primitives-browser.ts';
import * as node from '../src/primitives-node.ts';
import { parseHex, toHex } from '../src/index.ts';
import { fixed } from './sample-log.ts';

const both: (typeof node)[] = [node, browser];

function bytes(hex: string): Uint8Array {
  return parseHex(hex) ?? assert.fail(hex);
}

test('known answers: SHA-256 (FIPS 180-4), HMAC (RFC 4231 case 2), Ed25519 (RFC 8032 §7.1 test 2)', () => {
  for (const { sha256, hmacSha256, ed25519Signer, ed25519Verify } of both) {
    assert.equal(toHex(sha256(Buffer.from('abc'))), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    const mac = hmacSha256(Buffer.from('Jefe'), Buffer.from('what do ya want for nothing?'));
    assert.equal(toHex(mac), '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
    const signer = ed25519Signer(bytes('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb'));
    assert.equal(toHex(signer.publicKey), '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c');
    const signature = signer.sign(Uint8Array.of(0x72));
    const known = [
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da',
      '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    ].join('');
    assert.equal(toHex(signature), known);
    assert.ok(ed25519Verify(signer.publicKey, Uint8Array.of(0x72), signature));
  }
});

test('server and browser give equal bytes, of the same class', () => {
  const input = fc.tuple(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ minLength: 32, maxLength: 32 }));
  fc.assert(
    fc.property(input, ([message, key]) => {
      assert.deepEqual(node.sha256(message), browser.sha256(message));
      assert.deepEqual(node.hmacSha256(key, message), browser.hmacSha256(key, message));
      const [a, b] = [node.ed25519Signer(key), browser.ed25519Signer(key)];
      assert.deepEqual(a.publicKey, b.publicKey);
      assert.deepEqual(a.sign(message), b.sign(message));
      assert.ok(node.ed25519Verify(a.publicKey, message, b.sign(message)));
      assert.ok(browser.ed25519Verify(a.publicKey, message, a.sign(message)));
    }),
    { numRuns: 25 },
  );
});

test('both refuse the same altered and malformed signatures, without an exception', () => {
  const message = fixed('message');
  const { publicKey, sign } = node.ed25519Signer(fixed('signer'));
  const signature = sign(message);
  const order = bytes('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010');
  // s + group order: the same equation, a second spelling of the signature (RFC 8032 §5.1.7 wants it refused).
  const second = signature.slice();
  let carry = 0;
  for (let i = 0; i < 32; i++) {
    carry += (second[32 + i] ?? 0) + (order[i] ?? 0);
    second[32 + i] = carry % 256;
    carry >>= 8;
  }
  const rows: [string, Uint8Array, Uint8Array, Uint8Array][] = [
    ['another message', publicKey, fixed('other'), signature],
    ['a flipped bit in R', publicKey, message, signature.with(0, (signature[0] ?? 0) ^ 1)],
    ['a flipped bit in s', publicKey, message, signature.with(40, (signature[40] ?? 0) ^ 1)],
    ['a second spelling', publicKey, message, second],
    ['a short signature', publicKey, message, signature.subarray(1)],
    ['a short key', publicKey.subarray(1), message, signature],
    ['a key that is no point', new Uint8Array(32).fill(0xff), message, signature],
    ['the neutral point as key', new Uint8Array(32).with(0, 1), message, new Uint8Array(64).with(0, 1)],
  ];
  for (const [says, key, text, signed] of rows) {
    for (const { ed25519Verify } of both) assert.equal(ed25519Verify(key, text, signed), false, says);
  }
  assert.throws(() => node.ed25519Signer(new Uint8Array(31)), RangeError);
  assert.throws(() => browser.ed25519Signer(new Uint8Array(31)), RangeError);
});
