import type { ColumnType, Generated } from 'kysely';
import type { Guarded } from './approvals/four-eyes.ts';
import type { MandateKind, MandateScope, MandateState } from './mandates/mandate.ts';

type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>;
type OptionalBytes = ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;

/** Who signs in: staff to the console, users to the portal. */
export type AccountKind = 'staff' | 'user';
export type Surface = 'console' | 'portal';
/** Whom a provider is for. */
export type Audience = 'staff' | 'users';

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
      emailSetAt: ColumnType<Temporal.Instant | null, Temporal.Instant | null | undefined>;
      emailBefore: ColumnType<string | null, string | null | undefined>;
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
      providerId: ColumnType<string | null, string | null | undefined>;
      providerSessionHash: ColumnType<Buffer | null, Uint8Array | null | undefined>;
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
    'accounts.fourEyes': { permission: Guarded };
    'accounts.approval': {
      id: string;
      permission: Guarded;
      object: string;
      digest: Bytes;
      departmentId: string | null;
      title: string;
      href: string;
      gives: Generated<boolean>;
      reason: string;
      askedBy: string;
      askedAt: Temporal.Instant;
      decidedBy: string | null;
      decidedAt: Temporal.Instant | null;
      approved: boolean | null;
      note: string | null;
      usedAt: Temporal.Instant | null;
      expiresAt: Temporal.Instant;
    };
    'accounts.accessReview': { id: string; at: Temporal.Instant; by: string | null; people: number; unused: number };
    'accounts.preference': { accountId: string; name: string; value: string; chosenAt: Temporal.Instant };
    'accounts.allowance': { keyHash: Bytes; fullAt: Temporal.Instant };
    'accounts.provider': {
      id: string;
      audience: Audience;
      issuer: string;
      clientId: string;
      clientSecret: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
      name: string;
      scopes: string;
      addressesVerified: boolean;
      everyoneIsStaff: boolean;
      createdAt: Temporal.Instant;
      disabledAt: Temporal.Instant | null;
    };
    'accounts.identity': {
      providerId: string;
      subject: string;
      accountId: string;
      linkedAt: Temporal.Instant;
      usedAt: Temporal.Instant | null;
    };
    'accounts.signInFlow': {
      keyHash: Bytes;
      providerId: string;
      secrets: Bytes;
      accountId: string | null;
      returnTo: string | null;
      locale: string;
      expiresAt: Temporal.Instant;
    };
    'accounts.program': {
      id: string;
      name: string;
      scopes: string[];
      madeBy: string;
      createdAt: Temporal.Instant;
      revokedAt: Temporal.Instant | null;
    };
    'accounts.programKey': {
      prefix: string;
      programId: string;
      secretHash: Bytes;
      createdAt: Temporal.Instant;
      expiresAt: Temporal.Instant;
      usedAt: Temporal.Instant | null;
    };
    'accounts.handedIdentity': { programId: string; subject: string; accountId: string; linkedAt: Temporal.Instant };
    'accounts.handOff': {
      ticketHash: Bytes;
      programId: string;
      subject: string;
      audience: string;
      returnTo: string | null;
      expiresAt: Temporal.Instant;
    };
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
    'accounts.spentLogout': { tokenHash: Bytes; expiresAt: Temporal.Instant };
    'accounts.spentChallenge': { challengeHash: Bytes; expiresAt: Temporal.Instant };
    'accounts.totp': { accountId: string; secret: Bytes; createdAt: Temporal.Instant; lastStep: number };
    'accounts.recoveryCode': {
      accountId: string;
      codeHash: Bytes;
      usedAt: Temporal.Instant | null;
      madeAt: ColumnType<Temporal.Instant | null, Temporal.Instant | null | undefined>;
    };
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
      settledAt: ColumnType<Temporal.Instant | null, Temporal.Instant | null | undefined>;
    };
  }
}
