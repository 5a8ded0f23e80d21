import { sql } from 'kysely';
import type { Context } from '#kernel/context';
import { isObject, type JsonObject } from './canonical.ts';
import { userUrn } from './schema.ts';

/** A user as it is stored: whatever a connection sees of one comes from here. */
export type StoredUser = {
  readonly accountId: string;
  readonly externalId: string | null;
  readonly attributes: JsonObject;
  readonly deactivatedAt: Temporal.Instant | null;
  readonly createdAt: Temporal.Instant;
  readonly changedAt: Temporal.Instant;
  readonly leftAt: Temporal.Instant | null;
};

/** Users of one connection that were not deleted there. Every look at a user begins here, so none can miss the namespace. */
export function usersOf(ctx: Context, connectionId: string) {
  return ctx.db
    .selectFrom('accounts.scimUser as user')
    .innerJoin('accounts.account as account', 'account.id', 'user.accountId')
    .select(['user.accountId', 'user.externalId', 'user.attributes', 'user.deactivatedAt'])
    .select(['user.createdAt', 'user.changedAt', 'account.leftAt'])
    .where('user.connectionId', '=', connectionId)
    .where('user.removedAt', 'is', null);
}

/** What a sender may set, in one object, as `patchResource` and `readResource` use it. */
export function settable(user: StoredUser): JsonObject {
  const { externalId, attributes } = user;
  return { ...attributes, ...(externalId === null ? {} : { externalId }), active: isActive(user) };
}

/** Whether the person may sign in: neither the connection nor the console closed the account. */
export function isActive({ deactivatedAt, leftAt }: Pick<StoredUser, 'deactivatedAt' | 'leftAt'>): boolean {
  return deactivatedAt === null && leftAt === null;
}

/** Users as a connection is told of them, in the given order. Addresses are relative to the base of the protocol. */
export async function userResources(ctx: Context, users: readonly StoredUser[]): Promise<JsonObject[]> {
  const groups = await groupsOf(
    ctx,
    users.map(({ accountId }) => accountId),
  );
  return users.map((user) => {
    const { accountId, createdAt, changedAt } = user;
    const memberOf = groups.get(accountId) ?? [];
    return {
      schemas: [userUrn],
      id: accountId,
      ...settable(user),
      ...(memberOf.length > 0 ? { groups: memberOf } : {}),
      meta: {
        resourceType: 'User',
        created: createdAt.toString(),
        lastModified: changedAt.toString(),
        location: `/Users/${accountId}`,
      },
    };
  });
}

async function groupsOf(ctx: Context, accountIds: readonly string[]): Promise<Map<string, JsonObject[]>> {
  if (accountIds.length === 0) return new Map();
  const rows = await ctx.db
    .selectFrom('accounts.scimMember as member')
    .innerJoin('accounts.scimGroup as group', 'group.id', 'member.groupId')
    .select(['member.accountId', 'group.id', 'group.displayName'])
    .where('member.accountId', '=', sql<string>`any(${accountIds}::uuid[])`)
    .orderBy('group.id')
    .execute();
  const byAccount = Map.groupBy(rows, ({ accountId }) => accountId);
  return new Map([...byAccount].map(([accountId, held]) => [accountId, held.map(told)]));
}

function told({ id, displayName }: { id: string; displayName: string }): JsonObject {
  return { value: id, display: displayName, $ref: `/Groups/${id}` };
}

/** The address at which a person is reached: the primary one, else that of work, else the first, else a userName that is one. */
export function addressIn(attributes: JsonObject): string | null {
  const emails = Array.isArray(attributes['emails']) ? attributes['emails'].filter(isObject) : [];
  const found = emails.find(({ primary }) => primary === true) ?? emails.find(({ type }) => type === 'work') ?? emails[0];
  const value = found?.['value'] ?? attributes['userName'];
  return typeof value === 'string' ? value.trim() : null;
}

/** The name under which colleagues see the account. */
export function nameIn(attributes: JsonObject): string {
  const name = isObject(attributes['name']) ? attributes['name'] : {};
  const { formatted, givenName, familyName } = name;
  const parts = [givenName, familyName].filter((part) => typeof part === 'string').join(' ');
  const found = [attributes['displayName'], formatted, parts, attributes['userName']].find(
    (text) => typeof text === 'string' && text.trim() !== '',
  );
  return typeof found === 'string' ? found : '';
}
