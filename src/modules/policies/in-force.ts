/** What decides about force: the same few facts that stand in the public leaves, so a stranger computes the same answer. */
export type Force = {
  readonly number: number;
  readonly origin: 'published' | 'imported';
  readonly effectiveAt: Temporal.Instant | null;
  readonly claimedPublishedAt: Temporal.Instant | null;
  readonly withdrawnAt: Temporal.Instant | null;
};

/** `claimed`: only a repository's dates say so; nobody saw this text published then. */
export type InForce<Version> = { readonly version: Version; readonly claimed: boolean } | null;

/**
 * The version in force at an instant. Of those that have taken effect and were not withdrawn, the highest number;
 * without one, the highest imported version claimed for that time.
 */
export function inForce<Version extends Force>(versions: readonly Version[], at: Temporal.Instant): InForce<Version> {
  const newestFirst = versions.toSorted((a, b) => b.number - a.number);
  const reached = (instant: Temporal.Instant | null) => instant !== null && Temporal.Instant.compare(instant, at) <= 0;
  const published = newestFirst.find(
    (version) => !version.withdrawnAt && version.origin === 'published' && reached(version.effectiveAt),
  );
  if (published) return { version: published, claimed: false };
  const imported = newestFirst.find((version) => version.origin === 'imported' && reached(version.claimedPublishedAt));
  return imported ? { version: imported, claimed: true } : null;
}

/** Versions that will take effect after an instant, soonest first. */
export function scheduled<Version extends Force>(versions: readonly Version[], at: Temporal.Instant): Version[] {
  return versions
    .filter(
      ({ withdrawnAt, effectiveAt }) => !withdrawnAt && effectiveAt !== null && Temporal.Instant.compare(effectiveAt, at) > 0,
    )
    .toSorted((a, b) => Temporal.Instant.compare(a.effectiveAt ?? at, b.effectiveAt ?? at));
}
