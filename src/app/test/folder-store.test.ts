import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { stateStoreConformance } from '../../../tests/support/state-store-conformance.ts';
import { folderStore } from '../folder-store.ts';

function newFolder(t: { after(hook: () => unknown): void }): string {
  const folder = mkdtempSync(join(tmpdir(), 'troth-store-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

stateStoreConformance('folder', async (t) => folderStore(join(newFolder(t), 'not', 'yet', 'made')));

test('a lock left by a killed process is taken over by one of many, and nothing but the value stays behind', async (t) => {
  const folder = newFolder(t);
  writeFileSync(join(folder, 'checkpoint~lock'), '999999-1');
  const store = folderStore(folder);
  const results = await Promise.all(
    Array.from({ length: 6 }, (_, index) => store.putIfMatch('checkpoint', new Uint8Array([index]), undefined)),
  );
  assert.equal(results.filter(Boolean).length, 1);
  assert.deepEqual(readdirSync(folder), ['checkpoint']);
});
