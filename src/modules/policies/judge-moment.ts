import { endedBy, inForceDuring } from './in-force.ts';
import type { Moment } from './moment.ts';
import type { PolicyRecord } from './read-policies.ts';
import { closeness, type Scope } from './scope.ts';

/** From an instant on. `number` null: nothing was in force, because it had not begun or had `ended`. */
export type ForceSpan = {
  readonly from: Temporal.Instant;
  readonly number: number | null;
  /** Only the dates of an imported history say so. */
  readonly claimed: boolean;
  readonly ended: boolean;
};

export type ForceAt = {
  readonly spans: readonly ForceSpan[];
  /** When the first text for them took effect, or is said to have; `null` where none did. */
  readonly first: Temporal.Instant | null;
  /** Part of it is still to come. */
  readonly provisional: boolean;
};

/** What was in force for somebody at an instant, or during a day with each change in it. */
export function judgeMoment(record: PolicyRecord, asked: Scope, { from, until }: Moment, now: Temporal.Instant): ForceAt {
  const spans = inForceDuring(record, asked, from, until ?? from.add({ nanoseconds: 1 })).map(({ from: start, answer }) => ({
    from: start,
    number: answer?.version.number ?? null,
    claimed: answer?.claimed ?? false,
    ended: answer === null && endedBy(record, start) !== null,
  }));
  const starts = record.versions.flatMap((version) =>
    version.withdrawnAt || closeness(version, asked) === null ? [] : (version.effectiveAt ?? version.claimedPublishedAt ?? []),
  );
  const [first = null] = starts.toSorted((a, b) => Temporal.Instant.compare(a, b));
  return { spans, first, provisional: Temporal.Instant.compare(until ?? from, now) > 0 };
}
