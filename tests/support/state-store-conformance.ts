import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StateStore } from '../../src/ledger/state-store.ts';

const bytes = (text: string) => new Uint8Array(Buffer.from(text));
const text = (stored: { bytes: Uint8Array } | undefined) => stored && Buffer.from(stored.bytes).toString();

/** What every state store promises, whatever is behind it. `fresh` gives an empty one each time. */
export function stateStoreConformance(
  name: string,
  fresh: (t: { after(hook: () => unknown): void }) => Promise<StateStore>,
): void {
  test(`${name}: what was put is read back byte for byte, and nothing is nothing`, async (t) => {
    const store = await fresh(t);
    assert.equal(await store.get('public/checkpoint'), undefined);
    const all = Uint8Array.from({ length: 256 }, (_, index) => index);
    await store.put('public/tile/0/x001/000', all);
    await store.put('public/empty', new Uint8Array());
    assert.deepEqual(new Uint8Array((await store.get('public/tile/0/x001/000'))?.bytes ?? []), all);
    assert.equal((await store.get('public/empty'))?.bytes.length, 0);
    assert.equal(await store.get('public/tile/0'), undefined);
  });

  test(`${name}: put replaces, and the tag changes with the bytes only`, async (t) => {
    const store = await fresh(t);
    await store.put('public/checkpoint', bytes('one'));
    const first = await store.get('public/checkpoint');
    await store.put('public/checkpoint', bytes('two'));
    const second = await store.get('public/checkpoint');
    assert.equal(text(second), 'two');
    assert.notEqual(first?.tag, second?.tag);
  });

  test(`${name}: a conditional put succeeds on the tag last read and on nothing else`, async (t) => {
    const store = await fresh(t);
    assert.equal(await store.putIfMatch('public/checkpoint', bytes('x'), 'no such tag'), undefined);
    const tag = await store.putIfMatch('public/checkpoint', bytes('one'), undefined);
    assert.ok(tag);
    assert.equal(await store.putIfMatch('public/checkpoint', bytes('again'), undefined), undefined);
    assert.ok(await store.putIfMatch('public/checkpoint', bytes('two'), tag));
    assert.equal(await store.putIfMatch('public/checkpoint', bytes('three'), tag), undefined);
    assert.equal(text(await store.get('public/checkpoint')), 'two');
  });

  test(`${name}: of many conditional puts on one tag exactly one succeeds, and it is what is stored`, async (t) => {
    const store = await fresh(t);
    let tag = await store.putIfMatch('public/checkpoint', bytes('0'), undefined);
    for (let round = 0; round < 5; round += 1) {
      const tries = await Promise.all(
        Array.from({ length: 8 }, (_, index) => store.putIfMatch('public/checkpoint', bytes(`${round}-${index}`), tag)),
      );
      const winners = tries.flatMap((result, index) => (result === undefined ? [] : [index]));
      assert.equal(winners.length, 1);
      assert.equal(text(await store.get('public/checkpoint')), `${round}-${winners[0]}`);
      tag = tries.find(Boolean);
    }
  });

  test(`${name}: keys are listed by prefix, sorted`, async (t) => {
    const store = await fresh(t);
    assert.deepEqual(await store.list(''), []);
    for (const key of ['public/tile/0/001', 'public/tile/0/000', 'private/tile/0/000', 'public/checkpoint'])
      await store.put(key, bytes('x'));
    assert.deepEqual(await store.list('public/tile/'), ['public/tile/0/000', 'public/tile/0/001']);
    assert.equal((await store.list('')).length, 4);
  });

  test(`${name}: a key that could leave its place is refused`, async (t) => {
    const store = await fresh(t);
    for (const key of ['', '/etc/passwd', '../up', 'a/../b', 'a//b', 'a/.hidden', 'a\\b', 'a~lock', 'a/', 'a\0b', 'a.']) {
      await assert.rejects(store.put(key, bytes('x')), RangeError, key);
    }
  });
}
