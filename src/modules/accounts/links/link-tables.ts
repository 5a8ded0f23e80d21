import type { ColumnType } from 'kysely';

type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>;
type BytesOrNone = ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;

declare module '#kernel/sql' {
  interface Tables {
    'accounts.link': {
      id: string;
      tokenHash: BytesOrNone;
      purpose: 'sign-in' | 'confirm-address' | 'prove';
      address: Bytes;
      accountId: string | null;
      browserHash: BytesOrNone;
      code: BytesOrNone;
      /** Of a fresh proof: the session it is for, and where it was asked for. */
      sessionId: ColumnType<string | null, string | null | undefined>;
      returnTo: ColumnType<string | null, string | null | undefined>;
      createdAt: Temporal.Instant;
      expiresAt: Temporal.Instant;
    };
  }
}

declare module '#kernel/jobs' {
  interface Tasks {
    /** Tells the owner of an account that a browser and network signed in that never had. */
    'accounts/tell-new-device': { signIn: string };
  }
}
