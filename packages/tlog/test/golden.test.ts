import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseBundle, parsePolicy, utf8, verifyBundle } from '../src/index.ts';
import { goldenValues } from './golden-values.ts';
import { witnessedAt } from './sample-log.ts';

const folder = new URL('golden/', import.meta.url);
const values = await goldenValues();

function stored(name: string): string {
  return readFileSync(new URL(name, folder), 'utf8');
}

for (const [name, value] of Object.entries(values)) {
  test(`the formats still give the bytes of golden/${name}`, () => {
    assert.deepEqual(JSON.parse(stored(name)), value, 'a format changed: data already in logs would no longer verify');
  });
}

test('every golden file is checked', () => {
  assert.deepEqual(readdirSync(folder).toSorted(), Object.keys(values).toSorted());
});

test('bundles written once still verify with the policy written once', () => {
  const log: { policy: string } = JSON.parse(stored('log.json'));
  const bundles: Record<string, string> = JSON.parse(stored('bundles.json'));
  const policy = parsePolicy(log.policy);
  assert.ok(policy.ok);
  assert.deepEqual(Object.keys(bundles), ['statement', 'receipt']);
  for (const file of Object.values(bundles)) {
    const bundle = parseBundle(utf8(file));
    assert.ok(bundle.ok);
    assert.equal(verifyBundle(bundle.value, policy.value, { now: witnessedAt }).state, 'ok');
  }
});
