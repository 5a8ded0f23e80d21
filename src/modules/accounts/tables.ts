import type { ColumnType, Generated } from 'kysely';

type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>;

/** Who signs in: staff to the console, users to the portal. */
export type AccountKind = 'staff' | 'user';
export type Surface = 'console' | 'portal';

declare module '#kernel/sql' {
  interface Tables {
    'accounts.account': {
      id: string;
      kind: AccountKind;
      email: string | null;
      name: string | null;
      passphraseHash: string | null;
      passphraseSetAt: Temporal.Instant | null;
      createdAt: Temporal.Instant;
      leftAt: Temporal.Instant | null;
    };
    'accounts.department': { id: string; name: string; createdAt: Temporal.Instant };
    'accounts.customRole': { id: string; name: string; permissions: string[]; createdAt: Temporal.Instant };
    'accounts.assignment': {
      accountId: string;
      role: string;
      departmentId: string | null;
      grantedAt: Temporal.Instant;
      viaScim: Generated<boolean>;
    };
    'accounts.session': {
      id: string;
      tokenHash: Bytes;
      accountId: string;
      surface: Surface;
      method: string;
      createdAt: Temporal.Instant;
      seenAt: Temporal.Instant;
      expiresAt: Temporal.Instant;
      provedAt: Temporal.Instant;
      device: string;
      network: string;
    };
    'accounts.signIn': {
      id: string;
      accountId: string;
      at: Temporal.Instant;
      method: string;
      outcome: 'signed-in' | 'refused';
      device: string;
      network: string;
    };
    'accounts.allowance': { keyHash: Bytes; fullAt: Temporal.Instant };
  }
}
