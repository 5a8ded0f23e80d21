/** One version as the trust pages show it. */
export type VersionView = {
  number: number;
  standing: 'in-force' | 'scheduled' | 'superseded' | 'withdrawn';
  /** An imported version was published before the log began: its dates are what the old system says. */
  origin: 'published' | 'imported';
  publishedAt: Temporal.Instant;
  /** `null` for an imported version whose date of effect nobody wrote down. */
  effectiveAt: Temporal.Instant | null;
  /** BCP 47 tag of the text. */
  language: string;
  /** Index in the public record; `null` between publishing and the next checkpoint, about a second. */
  entry: number | null;
  /** Fingerprint as in the log entry, in hexadecimal. */
  hash: string;
  /** What changed, in plain words; `null` where nobody wrote it. */
  summary: string | null;
};
