import { sql } from 'kysely';
import type { Context } from '#kernel/context';
import type { JsonObject } from './canonical.ts';
import { groupUrn } from './schema.ts';
import { nameIn } from './user-resource.ts';

export type StoredGroup = {
  readonly id: string;
  readonly displayName: string;
  readonly externalId: string | null;
  readonly createdAt: Temporal.Instant;
  readonly changedAt: Temporal.Instant;
};

/** Groups of one connection. Every look at a group begins here, so none can miss the namespace. */
export function groupsIn(ctx: Context, connectionId: string) {
  return ctx.db
    .selectFrom('accounts.scimGroup')
    .select(['id', 'displayName', 'externalId', 'createdAt', 'changedAt'])
    .where('connectionId', '=', connectionId);
}

export async function groupResources(ctx: Context, groups: readonly StoredGroup[]): Promise<JsonObject[]> {
  if (groups.length === 0) return [];
  const ids = groups.map(({ id }) => id);
  const rows = await ctx.db
    .selectFrom('accounts.scimMember as member')
    .innerJoin('accounts.scimUser as user', 'user.accountId', 'member.accountId')
    .select(['member.groupId', 'member.accountId', 'user.attributes'])
    .where('member.groupId', '=', sql<string>`any(${ids}::uuid[])`)
    .orderBy('member.accountId')
    .execute();
  const members = Map.groupBy(rows, ({ groupId }) => groupId);
  return groups.map(({ id, displayName, externalId, createdAt, changedAt }) => ({
    schemas: [groupUrn],
    id,
    ...(externalId === null ? {} : { externalId }),
    displayName,
    members: (members.get(id) ?? []).map(({ accountId, attributes }) => ({
      value: accountId,
      display: nameIn(attributes),
      type: 'User',
      $ref: `/Users/${accountId}`,
    })),
    meta: {
      resourceType: 'Group',
      created: createdAt.toString(),
      lastModified: changedAt.toString(),
      location: `/Groups/${id}`,
    },
  }));
}
