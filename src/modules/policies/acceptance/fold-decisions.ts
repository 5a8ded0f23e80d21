/** `carried`: the organisation's own entry that an acceptance stands for a version which says the same. Nobody accepted that version. */
export type DecisionKind = 'accepted' | 'refused' | 'withdrawn' | 'carried';

/** Where it was said: `system` for what nobody said. */
export type DecisionSurface = 'portal' | 'link' | 'api' | 'system';

export type Decision = {
  /** Counts within one person and one document, from 1. */
  readonly n: number;
  readonly kind: DecisionKind;
  readonly version: number;
};

export type Standing<Event extends Decision> = {
  readonly answer: 'yes' | 'no' | 'never-asked';
  /** What the person said last; never something carried. */
  readonly said: Event | null;
  /** The last entry that counts, carried ones included: its version is the one that the answer is for. */
  readonly last: Event | null;
};

/**
 * How one person stands to one document. The order and number of times in which events arrive do not matter: their own count does.
 * What is carried moves a yes to a version that says the same; it makes no yes where there is none.
 */
export function foldDecisions<Event extends Decision>(events: Iterable<Event>): Standing<Event> {
  const byCount = new Map([...events].map((event) => [event.n, event]));
  const ordered = [...byCount.values()].toSorted((a, b) => a.n - b.n);
  let standing: Standing<Event> = { answer: 'never-asked', said: null, last: null };
  for (const event of ordered) {
    if (event.kind !== 'carried') standing = { answer: event.kind === 'accepted' ? 'yes' : 'no', said: event, last: event };
    else if (standing.answer === 'yes') standing = { ...standing, last: event };
  }
  return standing;
}
