import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseLink } from '../parse-link.ts';

const origin = 'https://trust.example';

test('an entry is found by its page, its proof, its permanent address or its number', () => {
  for (const text of [
    '/en/log/public/entry/12',
    '/log/public/entry/12',
    '/log/public/proof/12',
    `${origin}/de/log/public/entry/12#body`,
    ' 12 ',
    '#12',
  ]) {
    assert.deepEqual(parseLink(text, origin), { ok: true, value: 12 }, text);
  }
});

test('another site is named, never asked', () => {
  for (const text of [
    'https://evil.example/log/public/entry/12',
    '//evil.example/log/public/entry/12',
    'http://trust.example/log/public/entry/12',
  ]) {
    const parsed = parseLink(text, origin);
    assert.equal(parsed.ok ? '' : parsed.refusal, 'link/other-site', text);
  }
});

test('what is no entry is refused', () => {
  for (const text of [
    '',
    'hello',
    '012',
    '-1',
    '1.5',
    '/en/policies/privacy',
    '/log/private/entry/1',
    '/log/public/entry/1/../../x',
    'http://[',
  ]) {
    const parsed = parseLink(text, origin);
    assert.equal(parsed.ok ? '' : parsed.refusal, 'link/not-an-entry', text);
  }
});
