import type { ColumnType } from 'kysely';
import type { Role } from './roles.ts';

type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>;

declare module '#kernel/sql' {
  interface Tables {
    'accounts.staff': { id: string; email: string; role: Role; passphraseHash: string; createdAt: Temporal.Instant };
    'accounts.session': {
      tokenHash: Bytes;
      staffId: string;
      createdAt: Temporal.Instant;
      seenAt: Temporal.Instant;
      expiresAt: Temporal.Instant;
    };
    'accounts.failedSignIn': { id: string; emailHash: Bytes; at: Temporal.Instant };
  }
}
