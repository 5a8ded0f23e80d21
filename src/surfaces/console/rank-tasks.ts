import type { CopyFinding } from '#policies';
import type { HealthLine } from './judge-health.ts';

/** Something that waits for staff. Each names enough to say what it is and where it is done. */
export type Task =
  | { kind: 'health'; problem: HealthLine['part'] }
  /** Somebody else may be in an account. */
  | { kind: 'dispute'; id: string; of: 'staff' | 'user'; at: Temporal.Instant }
  /** The website shows something else than what is in force, or nobody can see what. */
  | { kind: 'copy'; of: CopyFinding; slug: string; title: string; since: Temporal.Instant }
  | { kind: 'question'; id: string; about: string; dueAt: Temporal.Instant }
  | { kind: 'scheduled'; slug: string; title: string; number: number; effectiveAt: Temporal.Instant }
  | { kind: 'draft'; slug: string; title: string; changedAt: Temporal.Instant }
  /** Somebody asks to act for somebody else. */
  | { kind: 'mandate'; id: string; delegate: string; since: Temporal.Instant }
  /** Somebody may not do something alone. */
  | { kind: 'approval'; id: string; about: string; since: Temporal.Instant }
  /** A draft by others waits for somebody's approval. */
  | { kind: 'review'; slug: string; title: string; since: Temporal.Instant }
  /** A document nobody outside can see. */
  | { kind: 'hidden'; slug: string; title: string; since: Temporal.Instant };

/**
 * What breaks first stands first: what is broken or in strange hands, then what is late (longest first), then by the time at which it comes due,
 * then what has no deadline (oldest first).
 */
export function rankTasks(tasks: readonly Task[], now: Temporal.Instant): Task[] {
  const rank = (task: Task): number => {
    if (task.kind === 'health' || task.kind === 'dispute' || task.kind === 'copy') return 0;
    if (isLate(task, now)) return 1;
    return task.kind === 'question' || task.kind === 'scheduled' ? 2 : 3;
  };
  return tasks.toSorted((a, b) => rank(a) - rank(b) || momentOf(a) - momentOf(b));
}

export function isLate(task: Task, now: Temporal.Instant): boolean {
  return task.kind === 'question' && Temporal.Instant.compare(task.dueAt, now) < 0;
}

function momentOf(task: Task): number {
  switch (task.kind) {
    case 'dispute':
      return task.at.epochMilliseconds;
    case 'question':
      return task.dueAt.epochMilliseconds;
    case 'scheduled':
      return task.effectiveAt.epochMilliseconds;
    case 'draft':
      return task.changedAt.epochMilliseconds;
    case 'mandate':
    case 'approval':
    case 'review':
    case 'hidden':
    case 'copy':
      return task.since.epochMilliseconds;
    default:
      return 0;
  }
}
