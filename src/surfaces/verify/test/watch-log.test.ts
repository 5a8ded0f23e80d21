import assert from 'node:assert/strict';
import { test } from 'node:test';
import { watchLog, type LiveLog, type Memory } from '../watch-log.ts';
import { policy, publicKey, publicLog, strangersPolicy, type SampleLog } from './sample-log.ts';

const log = publicLog();
const rewritten = publicLog('rewritten');

function live(shown: SampleLog, ...sizes: readonly number[]): LiveLog & { asked: number } {
  return {
    asked: 0,
    readCheckpoint() {
      const size = sizes[Math.min(this.asked, sizes.length - 1)];
      this.asked += 1;
      return shown.checkpoint(size);
    },
    readTile: shown.readTile,
  };
}

function memory(note: string | null = null): Memory & { kept: string | null } {
  return {
    kept: note,
    read() {
      return this.kept;
    },
    write(origin, fresh) {
      assert.equal(origin, publicKey.name);
      this.kept = fresh;
      return true;
    },
  };
}

test('the first state is remembered, the same one again is the same, a longer one has grown', async () => {
  const remembered = memory();
  assert.deepEqual(await watchLog(live(log, 9), remembered, policy, []), { kind: 'first', older: 0, size: 9, kept: true });
  assert.deepEqual(await watchLog(live(log, 9), remembered, policy, []), { kind: 'same', older: 9, size: 9, kept: true });
  assert.deepEqual(await watchLog(live(log, 14), remembered, policy, []), { kind: 'grown', older: 9, size: 14, kept: true });
  assert.equal(remembered.kept, await log.checkpoint(14));
});

test('a shorter log is a rollback, and what was remembered stays', async () => {
  const remembered = memory(await log.checkpoint(14));
  const watched = await watchLog(live(log, 9), remembered, policy, []);
  assert.deepEqual(watched, {
    kind: 'rolled-back',
    older: 14,
    size: 9,
    held: await log.checkpoint(14),
    shown: await log.checkpoint(9),
  });
  assert.equal(remembered.kept, await log.checkpoint(14));
});

test('a stale answer is asked again before anything is said', async () => {
  const site = live(log, 9, 14);
  assert.equal((await watchLog(site, memory(await log.checkpoint(14)), policy, [])).kind, 'same');
  assert.equal(site.asked, 2);
});

test('another history, longer or of the same length, is a split view, and what was remembered stays', async () => {
  for (const size of [9, 14]) {
    const remembered = memory(await log.checkpoint(9));
    assert.equal((await watchLog(live(rewritten, size), remembered, policy, [])).kind, 'split-view');
    assert.equal(remembered.kept, await log.checkpoint(9));
  }
  // Up to where both histories agree there is nothing to find.
  assert.equal((await watchLog(live(rewritten, 14), memory(await log.checkpoint(5)), policy, [])).kind, 'grown');
});

test('a checked file is held against the log too, without anything remembered', async () => {
  assert.equal((await watchLog(live(log, 14), memory(), policy, [await log.checkpoint(9)])).kind, 'first');
  assert.equal((await watchLog(live(rewritten, 14), memory(), policy, [await log.checkpoint(9)])).kind, 'split-view');
  assert.equal((await watchLog(live(log, 9), memory(), policy, [await log.checkpoint(14)])).kind, 'rolled-back');
});

test('damaged tiles accuse nobody, and nothing is remembered over them', async () => {
  const remembered = memory(await log.checkpoint(9));
  const damaged = { ...live(log, 14), readTile: () => new Uint8Array(32 * 14) };
  assert.deepEqual(await watchLog(damaged, remembered, policy, []), { kind: 'unreachable' });
  const away = { ...live(log, 14), readCheckpoint: () => Promise.reject(new Error('no network')) };
  assert.deepEqual(await watchLog(away, remembered, policy, []), { kind: 'unreachable' });
  assert.equal(remembered.kept, await log.checkpoint(9));
});

test('a log that the keys do not speak of is not compared', async () => {
  const remembered = memory();
  assert.deepEqual(await watchLog(live(log, 14), remembered, strangersPolicy, []), { kind: 'other-log' });
  assert.equal(remembered.kept, null);
});

test('where the browser denies storage, that is said', async () => {
  const denied: Memory = { read: () => null, write: () => false };
  assert.deepEqual(await watchLog(live(log, 14), denied, policy, []), { kind: 'first', older: 0, size: 14, kept: false });
});
