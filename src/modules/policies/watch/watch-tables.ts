import type { ColumnType } from 'kysely';
import type { Reason } from '../elsewhere/reason.ts';
import type { CopyComparison } from './compare-copy.ts';

export type CopyState = 'unchecked' | 'same' | 'differs' | 'unreachable';

declare module '#kernel/sql' {
  interface Tables {
    'policies.publicCopy': {
      id: string;
      documentId: string;
      url: string;
      state: CopyState;
      since: Temporal.Instant;
      checkedAt: Temporal.Instant | null;
      askedAt: Temporal.Instant;
      version: number | null;
      comparison: ColumnType<CopyComparison | null, string | null, string | null>;
      reason: ColumnType<Reason | null, string | null, string | null>;
    };
  }
}
declare module '#kernel/jobs' {
  interface Tasks {
    /** Queues a look at every public copy and every source that is due. */
    'policies/look-elsewhere': Record<string, never>;
    'policies/look-at-copy': { copy: string };
  }
}
