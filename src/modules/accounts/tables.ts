import type { ColumnType } from 'kysely';

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
      doubtedAt: ColumnType<Temporal.Instant | null, Temporal.Instant | null | undefined>;
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
    'accounts.allowance': { keyHash: Bytes; fullAt: Temporal.Instant };
    'accounts.passkey': {
      id: string;
      accountId: string;
      credentialId: Bytes;
      publicKey: Bytes;
      rpId: string;
      counter: number;
      transports: string[];
      backedUp: boolean;
      label: string;
      createdAt: Temporal.Instant;
      usedAt: Temporal.Instant | null;
    };
    'accounts.spentChallenge': { challengeHash: Bytes; expiresAt: Temporal.Instant };
    'accounts.totp': { accountId: string; secret: Bytes; createdAt: Temporal.Instant; lastStep: number };
    'accounts.recoveryCode': { accountId: string; codeHash: Bytes; usedAt: Temporal.Instant | null };
    'accounts.halfSession': { tokenHash: Bytes; accountId: string; expiresAt: Temporal.Instant };
    'accounts.dispute': {
      id: string;
      accountId: string;
      at: Temporal.Instant;
      signedInAt: Temporal.Instant;
      method: string;
      device: string;
      network: string;
      sessionsEnded: number;
      closedAt: Temporal.Instant | null;
      closedBy: string | null;
      note: string | null;
    };
  }
}
