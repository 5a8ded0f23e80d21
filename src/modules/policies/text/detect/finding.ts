import type { Span } from '../align-sequences.ts';
import type { Block } from '../clauses.ts';
import type { Elsewhere } from './elsewhere.ts';
import type { Spot } from './spot.ts';

/** What a change of wording may touch, most telling last; why each matters stands in the file that looks for it. */
export const findingKinds = [
  'number',
  'duration',
  'money',
  'modality',
  'recipient',
  'category',
  'purpose',
  'retention',
  'right',
  'venue',
  'liability',
  'law',
  'age',
] as const;
export type FindingKind = (typeof findingKinds)[number];

export type Finding = {
  readonly kind: FindingKind;
  /** What stood there; null when it is new. */
  readonly before: Spot | null;
  /** What stands there now; null when it is gone. */
  readonly after: Spot | null;
  /**
   * Where it can be known. Durations: longer, shorter. Numbers, money, ages: more, less. Modality: more or less binding.
   * Recipients, categories, purposes: more or less of them than before. Rights: less, and nothing else is looked for.
   */
  readonly direction: 'longer' | 'shorter' | 'more' | 'less' | null;
  /** Key of fideslang 3 (`user.contact.email`), or of the W3C's DPV 2 after `dpv:`, for categories and purposes. */
  readonly term: string | null;
};

/** A clause whose wording changed, as the detectors read it. */
export type ChangedClause = {
  /** Whole text before and after; '' where it was not there. */
  readonly before: string;
  readonly after: string;
  /** Sentences that differ in wording, one of them null when it came or went. Moved ones are left out. */
  readonly pairs: readonly { readonly before: Span | null; readonly after: Span | null }[];
  readonly block: Block;
  /** Heading and, for an item or a row, what leads its list in and the first of the list. */
  readonly context: string;
  readonly language: 'en' | 'de';
  readonly elsewhere: Elsewhere;
};
