import { type Context, holds, PermissionMissing } from '#kernel/context';

export type ScimConnection = {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Temporal.Instant;
  /** Where its people sign in. */
  readonly provider: { readonly id: string; readonly name: string } | null;
  readonly users: number;
  readonly lastUsedAt: Temporal.Instant | null;
  /** When the token before the present one ends; `null` when there is none. */
  readonly oldTokenUntil: Temporal.Instant | null;
  readonly groups: readonly ScimGroup[];
  readonly claims: readonly ScimClaim[];
};

export type ScimGroup = {
  readonly id: string;
  readonly name: string;
  readonly members: number;
  readonly role: string | null;
  readonly departmentId: string | null;
};

export type ScimClaim = { readonly accountId: string; readonly email: string; readonly askedAt: Temporal.Instant };

/** Every open connection with what an owner has to decide about it, by name. */
export async function listScimConnections(ctx: Context): Promise<readonly ScimConnection[]> {
  // Looking needs no fresh proof; every change does.
  if (!holds(ctx.actor, 'accounts:connect')) throw new PermissionMissing('accounts:connect');
  const now = ctx.now();
  const connections = await ctx.db
    .selectFrom('accounts.scimConnection as connection')
    .leftJoin('accounts.provider as provider', 'provider.id', 'connection.providerId')
    .select([
      'connection.id',
      'connection.name',
      'connection.createdAt',
      'provider.id as providerId',
      'provider.name as providerName',
    ])
    .where('connection.closedAt', 'is', null)
    .orderBy('connection.name')
    .orderBy('connection.id')
    .execute();
  const tokens = await ctx.db.selectFrom('accounts.scimToken').select(['connectionId', 'expiresAt', 'lastUsedAt']).execute();
  const users = await ctx.db
    .selectFrom('accounts.scimUser')
    .select((eb) => ['connectionId', eb.fn.countAll<number>().as('count')])
    .where('removedAt', 'is', null)
    .groupBy('connectionId')
    .execute();
  const groups = await ctx.db
    .selectFrom('accounts.scimGroup as group')
    .leftJoin('accounts.scimMember as member', 'member.groupId', 'group.id')
    .select((eb) => [
      'group.connectionId',
      'group.id',
      'group.displayName',
      'group.role',
      'group.departmentId',
      eb.fn.count<number>('member.accountId').as('members'),
    ])
    .groupBy('group.id')
    .orderBy('group.displayName')
    .execute();
  const claims = await ctx.db
    .selectFrom('accounts.scimClaim as claim')
    .innerJoin('accounts.account as account', 'account.id', 'claim.accountId')
    .select(['claim.connectionId', 'claim.accountId', 'claim.askedAt', 'account.email'])
    .where('account.leftAt', 'is', null)
    .orderBy('claim.askedAt', 'desc')
    .limit(200)
    .execute();
  return connections.map(({ id, name, createdAt, providerId, providerName }) => {
    const own = <Row extends { connectionId: string }>(rows: readonly Row[]) => rows.filter((row) => row.connectionId === id);
    const live = own(tokens).filter(({ expiresAt }) => !expiresAt || Temporal.Instant.compare(expiresAt, now) > 0);
    return {
      id,
      name,
      createdAt,
      provider: providerId === null ? null : { id: providerId, name: providerName ?? providerId },
      users: own(users)[0]?.count ?? 0,
      lastUsedAt:
        own(tokens)
          .flatMap(({ lastUsedAt }) => lastUsedAt ?? [])
          .toSorted((a, b) => Temporal.Instant.compare(a, b))
          .at(-1) ?? null,
      oldTokenUntil: live.flatMap(({ expiresAt }) => expiresAt ?? [])[0] ?? null,
      groups: own(groups).map(({ id: groupId, displayName, members, role, departmentId }) => ({
        id: groupId,
        name: displayName,
        members,
        role,
        departmentId,
      })),
      claims: own(claims).map(({ accountId, email, askedAt }) => ({ accountId, email: email ?? '', askedAt })),
    };
  });
}
