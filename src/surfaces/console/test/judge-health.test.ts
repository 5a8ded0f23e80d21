import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeHealth, type HealthFacts, type HealthLine } from '../judge-health.ts';

const now = Temporal.Instant.from('2026-11-21T09:30:00Z');
const log = (name: 'public' | 'private', waited: number | null): HealthFacts['logs'][number] => ({
  name,
  size: 2,
  signedSize: waited === null ? 2 : 1,
  signedAt: now.subtract({ hours: 40 }),
  waitingSince: waited === null ? null : now.subtract({ seconds: waited }),
});
const healthy: HealthFacts = {
  database: { kind: 'given', version: '18.4' },
  logs: [log('public', null), log('private', 8)],
  store: { kind: 'folder', writable: true },
  clock: { aheadSeconds: -4.9 },
  disk: { freeBytes: 2 ** 30, totalBytes: 2 ** 40 },
  jobs: { waiting: 40, overdueSince: now.subtract({ minutes: 5 }), givenUp: 0 },
  mail: { delivery: 'smtp', waiting: 9, failed: 0 },
};
const stateOf = (lines: readonly HealthLine[], part: HealthLine['part']) => lines.find((line) => line.part === part)?.state;

test('a healthy installation has nothing to mend, however long ago the last checkpoint of a quiet log was', () => {
  assert.deepEqual(new Set(judgeHealth(healthy, now).map(({ state }) => state)), new Set(['good']));
});

test('what could not be measured is unknown, never good', () => {
  const lines = judgeHealth({ database: null, logs: [], store: null, clock: null, disk: null, jobs: null, mail: null }, now);
  assert.equal(lines.length, 8);
  for (const { part, state } of lines) assert.equal(state, 'unknown', part);
});

const breaks: readonly (readonly [string, HealthLine['part'], Partial<HealthFacts>])[] = [
  ['an entry that waited for over a minute', 'log-public', { logs: [log('public', 61), log('private', null)] }],
  ['a store that cannot be written', 'store', { store: { kind: 'folder', writable: false } }],
  ['a clock more than five seconds off, either way', 'clock', { clock: { aheadSeconds: -5.1 } }],
  ['less than a gigabyte of disk', 'disk', { disk: { freeBytes: 2 ** 30 - 1, totalBytes: 2 ** 40 } }],
];

for (const [what, part, change] of breaks) {
  test(`${what} is broken and stands first`, () => {
    const lines = judgeHealth({ ...healthy, ...change }, now);
    assert.equal(lines[0]?.part, part);
    assert.equal(stateOf(lines, part), 'broken');
  });
}

test('the database that came along is for trials, and not called broken for it', () => {
  assert.equal(stateOf(judgeHealth({ ...healthy, database: { kind: 'own', version: '18.4' } }, now), 'database'), 'warn');
});

test('work given up, or late by more than five minutes, asks for a look and takes no machine out of service', () => {
  const late = { waiting: 1, overdueSince: now.subtract({ seconds: 301 }), givenUp: 0 };
  assert.equal(stateOf(judgeHealth({ ...healthy, jobs: late }, now), 'jobs'), 'warn');
  assert.equal(stateOf(judgeHealth({ ...healthy, jobs: { waiting: 0, overdueSince: null, givenUp: 1 } }, now), 'jobs'), 'warn');
});

test('mail that is not set up, or was given up, asks for a look', () => {
  assert.equal(stateOf(judgeHealth({ ...healthy, mail: { delivery: 'none', waiting: 0, failed: 0 } }, now), 'mail'), 'warn');
  assert.equal(stateOf(judgeHealth({ ...healthy, mail: { delivery: 'smtp', waiting: 0, failed: 1 } }, now), 'mail'), 'warn');
});
