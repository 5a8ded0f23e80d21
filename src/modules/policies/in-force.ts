import { closeness, type Scope } from './scope.ts';

/** What decides about force: the same few facts that stand in the public leaves, so a stranger computes the same answer. */
export type Force = Scope & {
  readonly number: number;
  readonly origin: 'published' | 'imported';
  readonly effectiveAt: Temporal.Instant | null;
  readonly claimedPublishedAt: Temporal.Instant | null;
  readonly withdrawnAt: Temporal.Instant | null;
};

/** From this instant nothing counts any more that was published until then; a version with a higher number begins anew. */
export type EndOfForce = { readonly lastVersion: number; readonly endsAt: Temporal.Instant };

/** Everything public about one document that decides what counts when. In any order. */
export type History<Version extends Force, Ending extends EndOfForce = EndOfForce> = {
  readonly versions: readonly Version[];
  readonly endings: readonly Ending[];
};

/** `claimed`: only a repository's dates say so; nobody saw this text published then. */
export type InForce<Version> = { readonly version: Version; readonly claimed: boolean } | null;

/**
 * The version in force for somebody at an instant. Of those published here that have taken effect, were not withdrawn, have not
 * ended and are meant for them: the one that is meant for them most closely, of these the highest number. Without one, by the
 * same choice among the imported versions claimed for that time.
 */
export function inForce<Version extends Force>(
  { versions, endings }: History<Version>,
  asked: Scope,
  at: Temporal.Instant,
): InForce<Version> {
  const reached = (instant: Temporal.Instant | null) => instant !== null && Temporal.Instant.compare(instant, at) <= 0;
  const ended = Math.max(0, ...endings.filter(({ endsAt }) => reached(endsAt)).map(({ lastVersion }) => lastVersion));
  const [best] = versions
    .flatMap((version) => {
      const claimed = version.origin === 'imported';
      const since = claimed ? version.claimedPublishedAt : version.effectiveAt;
      const close = closeness(version, asked);
      if (close === null || version.withdrawnAt || version.number <= ended || !reached(since)) return [];
      return [{ version, claimed, close }];
    })
    .toSorted((a, b) => Number(a.claimed) - Number(b.claimed) || b.close - a.close || b.version.number - a.version.number);
  return best ? { version: best.version, claimed: best.claimed } : null;
}

/** Versions that will take effect after an instant, soonest first. */
export function scheduled<Version extends Force>({ versions }: History<Version>, at: Temporal.Instant): Version[] {
  return versions
    .filter(
      ({ withdrawnAt, effectiveAt }) => !withdrawnAt && effectiveAt !== null && Temporal.Instant.compare(effectiveAt, at) > 0,
    )
    .toSorted((a, b) => Temporal.Instant.compare(a.effectiveAt ?? at, b.effectiveAt ?? at));
}

/** The ending that has come and after which nothing has taken effect; `null` while something may be in force. */
export function endedBy<Ending extends EndOfForce>(
  { versions, endings }: History<Force, Ending>,
  at: Temporal.Instant,
): Ending | null {
  const [last] = endings
    .filter(({ endsAt }) => Temporal.Instant.compare(endsAt, at) <= 0)
    .toSorted((a, b) => b.lastVersion - a.lastVersion);
  if (!last) return null;
  const begunAnew = versions.some(
    ({ number, withdrawnAt, effectiveAt }) =>
      number > last.lastVersion && !withdrawnAt && effectiveAt !== null && Temporal.Instant.compare(effectiveAt, at) <= 0,
  );
  return begunAnew ? null : last;
}

/** The ending that is announced and still to come; none where a later version goes on without it. */
export function endingAfter<Ending extends EndOfForce>(
  { versions, endings }: History<Force, Ending>,
  at: Temporal.Instant,
): Ending | null {
  const newest = Math.max(0, ...versions.map(({ number, withdrawnAt }) => (withdrawnAt ? 0 : number)));
  return endings.find(({ endsAt, lastVersion }) => lastVersion >= newest && Temporal.Instant.compare(endsAt, at) > 0) ?? null;
}

/** The next instant after `at` at which something begins or ends by itself. */
export function nextTurn({ versions, endings }: History<Force>, at: Temporal.Instant): Temporal.Instant | null {
  return turns({ versions, endings }).find((instant) => Temporal.Instant.compare(instant, at) > 0) ?? null;
}

/** A stretch of time in which the answer is one. */
export type Span<Version> = { readonly from: Temporal.Instant; readonly answer: InForce<Version> };

/** What was in force from `from` until just before `until`: one span, or more where it changed in between. */
export function inForceDuring<Version extends Force>(
  history: History<Version>,
  asked: Scope,
  from: Temporal.Instant,
  until: Temporal.Instant,
): Span<Version>[] {
  const within = turns(history).filter(
    (instant) => Temporal.Instant.compare(from, instant) < 0 && Temporal.Instant.compare(instant, until) < 0,
  );
  const spans = [from, ...within].map((start) => ({ from: start, answer: inForce(history, asked, start) }));
  return spans.filter(({ answer }, i) => i === 0 || answer?.version.number !== spans[i - 1]?.answer?.version.number);
}

function turns({ versions, endings }: History<Force>): Temporal.Instant[] {
  const instants = [
    ...versions.flatMap((version) => (version.withdrawnAt ? [] : [version.effectiveAt, version.claimedPublishedAt])),
    ...endings.map(({ endsAt }) => endsAt),
  ];
  return instants.flatMap((instant) => instant ?? []).toSorted((a, b) => Temporal.Instant.compare(a, b));
}
