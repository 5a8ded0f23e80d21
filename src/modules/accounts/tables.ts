import type { ColumnType } from 'kysely';
import type { MandateKind, MandateScope, MandateState } from './mandates/mandate.ts';

type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>;
type OptionalBytes = ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;

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
    'accounts.assignment': { accountId: string; role: string; departmentId: string | null; grantedAt: Temporal.Instant };
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
    'accounts.invitation': {
      id: string;
      tokenHash: OptionalBytes;
      email: string;
      role: string;
      departmentId: string | null;
      invitedBy: string | null;
      createdAt: Temporal.Instant;
      expiresAt: Temporal.Instant;
      acceptedAt: Temporal.Instant | null;
      acceptedBy: string | null;
      revokedAt: Temporal.Instant | null;
    };
    'accounts.mandate': {
      id: string;
      kind: MandateKind;
      delegateId: string | null;
      principalId: string | null;
      addressHash: OptionalBytes;
      sealed: Bytes;
      scope: MandateScope[];
      state: MandateState;
      requestedAt: Temporal.Instant;
      expiresAt: Temporal.Instant;
      decidedBy: string | null;
      decidedAt: Temporal.Instant | null;
      reason: string | null;
      endedAt: Temporal.Instant | null;
      endedBy: string | null;
    };
    'accounts.accessReview': { id: string; at: Temporal.Instant; by: string | null; people: number; unused: number };
    'accounts.allowance': { keyHash: Bytes; fullAt: Temporal.Instant };
  }
}
