import type { ColumnType } from 'kysely';
import type { JsonObject } from './canonical.ts';

type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>;

declare module '#kernel/sql' {
  interface Tables {
    'accounts.scimConnection': {
      id: string;
      name: string;
      createdAt: Temporal.Instant;
      closedAt: Temporal.Instant | null;
      providerId: ColumnType<string | null, string | null | undefined>;
    };
    'accounts.scimToken': {
      tokenHash: Bytes;
      connectionId: string;
      createdAt: Temporal.Instant;
      expiresAt: Temporal.Instant | null;
      lastUsedAt: Temporal.Instant | null;
    };
    'accounts.scimUser': {
      accountId: string;
      connectionId: string;
      userKey: string;
      externalId: string | null;
      attributes: ColumnType<JsonObject, string, string>;
      deactivatedAt: Temporal.Instant | null;
      createdAt: Temporal.Instant;
      changedAt: Temporal.Instant;
      removedAt: Temporal.Instant | null;
    };
    'accounts.scimGroup': {
      id: string;
      connectionId: string;
      displayName: string;
      nameKey: string;
      externalId: string | null;
      role: string | null;
      departmentId: string | null;
      createdAt: Temporal.Instant;
      changedAt: Temporal.Instant;
    };
    'accounts.scimMember': { groupId: string; accountId: string };
    'accounts.scimClaim': {
      connectionId: string;
      accountId: string;
      userName: string;
      externalId: string | null;
      askedAt: Temporal.Instant;
    };
  }
}
