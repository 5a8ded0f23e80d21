import type { Reason } from '../elsewhere/reason.ts';
import type { CopyComparison } from './compare-copy.ts';
import type { CopyState } from './watch-tables.ts';

/** What one look found. `version` is the one in force. */
export type Look =
  | { readonly found: 'text'; readonly version: number; readonly comparison: CopyComparison }
  | { readonly found: 'nothing'; readonly reason: Reason }
  | { readonly found: 'no-version' };

export type Standing = {
  readonly state: CopyState;
  readonly since: Temporal.Instant;
  /** Last compared with; 0 when there was none in force, `null` before the first look. */
  readonly version: number | null;
  /** The differences found when the page was last read; `null` when there were none. Kept while it cannot be reached. */
  readonly comparison: CopyComparison | null;
  readonly reason: Reason | null;
};

/**
 * How a copy stands after a look. A page that cannot be read is never the same; what it last differed in stays. A copy that was right
 * until another version took effect has time until the next look: nobody changes two systems in one moment.
 */
export function judgeLook(before: Standing, look: Look, at: Temporal.Instant): Standing {
  const known = knownBy(before, look);
  return { ...known, since: known.state === before.state ? before.since : at };
}

function knownBy({ version, comparison }: Standing, look: Look): Omit<Standing, 'since'> {
  if (look.found === 'no-version') return { state: 'unchecked', version: 0, comparison: null, reason: null };
  if (look.found === 'nothing') return { state: 'unreachable', version, comparison, reason: look.reason };
  const { missing, reworded, added } = look.comparison;
  const read = { version: look.version, reason: null };
  if (missing + reworded + added === 0) return { ...read, state: 'same', comparison: null };
  const wasRight = version !== null && version !== look.version && comparison === null;
  return wasRight
    ? { ...read, state: 'unchecked', comparison: null }
    : { ...read, state: 'differs', comparison: look.comparison };
}

/** A website is away for an hour at times; a day is a finding. */
const longestAway = { hours: 24 };

export type CopyFinding = 'differs' | 'unreachable';

/** What somebody has to mend, if anything. A copy that differed and then cannot be reached still counts as different. */
export function findingOf({ state, since, comparison }: Standing, now: Temporal.Instant): CopyFinding | null {
  if (state === 'differs') return 'differs';
  if (state !== 'unreachable') return null;
  if (comparison !== null) return 'differs';
  return Temporal.Instant.compare(since.add(longestAway), now) < 0 ? 'unreachable' : null;
}
