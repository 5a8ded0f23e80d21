import type { ChangeClass } from './notice/notice-rule.ts';
import type { DeliverableNotice } from './notice/deliverable-notice.ts';

/** One version as the trust pages show it. */
export type VersionView = {
  number: number;
  standing: 'in-force' | 'scheduled' | 'superseded' | 'withdrawn' | 'ended';
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
  /** For whom it counts; `everyone` for all. */
  audience: string;
  /** Where it counts: ISO 3166 or `EU`; `null` for everywhere. */
  jurisdiction: string | null;
  /** What a person judged the change to be; `null` where nothing counted before. */
  changeClass: ChangeClass | null;
  /** Rules by which its notice was judged, `default@1`. */
  noticeRules: readonly string[];
  /** The legal basis for a notice that is shorter than they ask; `null` where it was long enough. */
  legalBasis: string | null;
  /** How far its notice came; `null` where there was nothing to tell, or nobody to ask. */
  notice: DeliverableNotice | null;
  /** The PDF that was signed; `null` where the version has none. */
  signedCopy: SignedCopyView | null;
};

/** `hash` as in its own log entry; `bytes` is its size, `null` where the file was withheld; `entry` as that of a version. */
export type SignedCopyView = { hash: string; bytes: number | null; entry: number | null };

/** The end of a document without a successor, as pages show it. */
export type EndingView = { endsAt: Temporal.Instant; reason: string; legalBasis: string | null };
