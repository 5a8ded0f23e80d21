import type { ColumnType } from 'kysely';
import type { PullReason } from './judge-pulled.ts';

export type PullState = 'unchecked' | 'current' | 'drafted' | 'waiting' | 'refused';

declare module '#kernel/sql' {
  interface Tables {
    'policies.pull': {
      id: string;
      documentId: string;
      url: string;
      branch: string | null;
      path: string | null;
      state: PullState;
      since: Temporal.Instant;
      checkedAt: Temporal.Instant | null;
      askedAt: Temporal.Instant;
      gitCommit: string | null;
      reason: ColumnType<PullReason | null, string | null, string | null>;
      taken: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
      waitingText: string | null;
    };
  }
}
declare module '#kernel/jobs' {
  interface Tasks {
    'policies/pull': { pull: string };
  }
}
