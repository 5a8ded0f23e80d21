import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { anyAbove } from '../roles/ceiling.ts';
import type { RoleGrant } from './grant-role.ts';
import { isLastOwner } from './is-last-owner.ts';

export type WithdrawRoleRefusal = 'accounts/role-not-held' | 'accounts/last-owner' | 'accounts/above-own';

/** Takes a role from a member of staff. It is gone at their next request. */
export async function withdrawRole(
  ctx: Context,
  { accountId, role, departmentId }: RoleGrant,
): Promise<Outcome<null, WithdrawRoleRefusal>> {
  ctx.require('accounts:manage');
  await ctx.db.selectFrom('accounts.account').select('id').where('id', '=', accountId).forUpdate().execute();
  if (await anyAbove(ctx, [accountId])) return refuse('accounts/above-own');
  if (role === 'owner' && (await isLastOwner(ctx.db, accountId))) return refuse('accounts/last-owner');
  const gone = await ctx.db
    .deleteFrom('accounts.assignment')
    .where('accountId', '=', accountId)
    .where('role', '=', role)
    .where('departmentId', 'is not distinct from', departmentId)
    .returning('role')
    .executeTakeFirst();
  if (!gone) return refuse('accounts/role-not-held');
  await ctx.record({ type: 'staff.role-withdrawn', subject: accountId, body: { role, department: departmentId } });
  return done(null);
}
