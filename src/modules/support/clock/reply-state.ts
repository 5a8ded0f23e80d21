import { dueSoonAt, replyDeadline, type Question } from './reply-deadline.ts';

export type ReplyState = 'open' | 'due soon' | 'late' | 'answered in time' | 'answered late';
export type Reply = Question & { answeredAt: Temporal.Instant | null };

/** How a question stands at an instant. An answer at the deadline itself is in time. */
export function replyState(reply: Reply & { now: Temporal.Instant }): ReplyState {
  const { answeredAt, now } = reply;
  const deadline = replyDeadline(reply);
  if (answeredAt) return Temporal.Instant.compare(answeredAt, deadline) <= 0 ? 'answered in time' : 'answered late';
  if (Temporal.Instant.compare(now, deadline) > 0) return 'late';
  return Temporal.Instant.compare(now, dueSoonAt(reply)) >= 0 ? 'due soon' : 'open';
}

/**
 * The next instant at which the state becomes another by the passing of time alone, so that a page knows how long it may be kept;
 * null when it never does. Instants are whole milliseconds, so being late begins one after the deadline.
 */
export function nextTransition(reply: Reply & { now: Temporal.Instant }): Temporal.Instant | null {
  if (reply.answeredAt) return null;
  const late = replyDeadline(reply).add({ milliseconds: 1 });
  return [dueSoonAt(reply), late].find((instant) => Temporal.Instant.compare(instant, reply.now) > 0) ?? null;
}
