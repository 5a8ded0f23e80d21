import { sql } from 'kysely';
import type { Context } from '#kernel/context';

type Grant = { accountId: string; role: string; departmentId: string | null };

/**
 * Makes the assignments of accounts what their groups say, within the act that changed a group or its members. What was given by
 * hand is not touched, so that leaving a group takes nothing that somebody else gave.
 */
export async function settleGrants(ctx: Context, accountIds: readonly string[]): Promise<void> {
  if (accountIds.length === 0) return;
  const ids = [...new Set(accountIds)];
  const wanted = await ctx.db
    .selectFrom('accounts.scimMember as member')
    .innerJoin('accounts.scimGroup as group', 'group.id', 'member.groupId')
    .select(['member.accountId', 'group.role', 'group.departmentId'])
    .distinct()
    .where('member.accountId', '=', sql<string>`any(${ids}::uuid[])`)
    .where('group.role', 'is not', null)
    .execute();
  const held = await ctx.db
    .selectFrom('accounts.assignment')
    .select(['accountId', 'role', 'departmentId', 'viaScim'])
    .where('accountId', '=', sql<string>`any(${ids}::uuid[])`)
    .forUpdate()
    .execute();
  const grants = wanted.flatMap(({ role, ...rest }) => (role === null || role === 'owner' ? [] : [{ ...rest, role }]));
  const [wantedKeys, heldKeys] = [new Set(grants.map(keyOf)), new Set(held.map(keyOf))];
  for (const grant of grants.filter((each) => !heldKeys.has(keyOf(each)))) {
    await ctx.db
      .insertInto('accounts.assignment')
      .values({ ...grant, grantedAt: ctx.now(), viaScim: true })
      .execute();
    await tell(ctx, 'staff.role-given', grant);
  }
  for (const { viaScim, ...grant } of held.filter((each) => each.viaScim && !wantedKeys.has(keyOf(each)))) {
    await ctx.db
      .deleteFrom('accounts.assignment')
      .where('accountId', '=', grant.accountId)
      .where('role', '=', grant.role)
      .where('departmentId', 'is not distinct from', grant.departmentId)
      .where('viaScim', '=', viaScim)
      .execute();
    await tell(ctx, 'staff.role-taken', grant);
  }
}

async function tell(ctx: Context, type: string, { accountId, role, departmentId }: Grant): Promise<void> {
  await ctx.record({ type, subject: accountId, body: { role, department: departmentId, by: 'scim' } });
}

function keyOf({ accountId, role, departmentId }: Grant): string {
  return `${accountId} ${role} ${departmentId ?? ''}`;
}
