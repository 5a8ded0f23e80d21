import { isId } from '#kernel/ids';
import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { findRole, holdsAll } from '../roles/find-role.ts';
import { settleGrants } from './settle-grants.ts';

export type MapScimGroupRefusal =
  | 'accounts/scim-department-unknown'
  | 'accounts/scim-group-not-found'
  | 'accounts/scim-owner-never'
  | 'accounts/scim-role-unknown'
  | 'accounts/wider-than-own';

export type GroupMapping = {
  readonly groupId: string;
  /** `null`: membership gives nothing. */
  readonly role: string | null;
  /** `null`: in the whole organisation. */
  readonly departmentId: string | null;
};

/** What membership of a group gives, for those who are in it now and those who come. */
export async function mapScimGroup(
  ctx: Context,
  { groupId, role, departmentId }: GroupMapping,
): Promise<Outcome<null, MapScimGroupRefusal>> {
  // Giving a role to whoever another system names is giving roles, not connecting.
  ctx.require('accounts:manage');
  const group = isId(groupId)
    ? await ctx.db
        .selectFrom('accounts.scimGroup')
        .select('connectionId')
        .where('id', '=', groupId)
        .forUpdate()
        .executeTakeFirst()
    : undefined;
  if (!group) return refuse('accounts/scim-group-not-found');
  if (role === 'owner') return refuse('accounts/scim-owner-never');
  const granted = role === null ? [] : await findRole(ctx.db, role);
  if (granted === null) return refuse('accounts/scim-role-unknown');
  if (departmentId !== null && !(await isDepartment(ctx, departmentId))) return refuse('accounts/scim-department-unknown');
  if (!holdsAll(ctx.actor, granted, departmentId)) return refuse('accounts/wider-than-own');
  const department = role === null ? null : departmentId;
  await ctx.db.updateTable('accounts.scimGroup').set({ role, departmentId: department }).where('id', '=', groupId).execute();
  const members = await ctx.db.selectFrom('accounts.scimMember').select('accountId').where('groupId', '=', groupId).execute();
  await settleGrants(
    ctx,
    members.map(({ accountId }) => accountId),
  );
  await ctx.record({ type: 'scim.group-mapped', subject: group.connectionId, body: { group: groupId, role, department } });
  return done(null);
}

async function isDepartment(ctx: Context, id: string): Promise<boolean> {
  if (!isId(id)) return false;
  return (await ctx.db.selectFrom('accounts.department').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}
