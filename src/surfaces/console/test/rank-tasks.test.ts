import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rankTasks, type Task } from '../rank-tasks.ts';

const now = Temporal.Instant.from('2026-11-21T09:30:00Z');
const hours = (n: number): Temporal.Instant => now.add({ hours: n });
const question = (id: string, due: number): Task => ({ kind: 'question', id, about: '', dueAt: hours(due) });
const nameOf = (task: Task): string => (task.kind === 'question' ? task.id : task.kind);

test('what is broken stands first, then the longest overdue, then what comes due, then what only waits', () => {
  const tasks: Task[] = [
    { kind: 'draft', slug: 's', title: '', changedAt: hours(-1) },
    { kind: 'copy', of: 'differs', slug: 's', title: '', since: hours(-9) },
    { kind: 'hidden', slug: 's', title: '', since: hours(-30) },
    { kind: 'mandate', id: 'm', delegate: '', since: hours(-20) },
    question('tomorrow', 24),
    { kind: 'scheduled', slug: 's', title: '', number: 2, effectiveAt: hours(3) },
    question('late', -1),
    question('today', 2),
    question('latest', -50),
    { kind: 'health', problem: 'disk' },
  ];
  assert.deepEqual(rankTasks(tasks, now).map(nameOf), [
    'health',
    'copy',
    'latest',
    'late',
    'today',
    'scheduled',
    'tomorrow',
    'hidden',
    'mandate',
    'draft',
  ]);
});

test('a question is late one millisecond after its deadline, not at it', () => {
  const ranked = rankTasks(
    [question('at', 0), { kind: 'scheduled', slug: '', title: '', number: 1, effectiveAt: hours(-1) }],
    now,
  );
  assert.deepEqual(ranked.map(nameOf), ['scheduled', 'at']);
  const after = rankTasks(
    [question('at', 0), { kind: 'scheduled', slug: '', title: '', number: 1, effectiveAt: hours(-1) }],
    now.add({ milliseconds: 1 }),
  );
  assert.deepEqual(after.map(nameOf), ['at', 'scheduled']);
});
