import { isId } from '#kernel/ids';
import type { Context, Permission } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { askForGift, type Gift, giftDeed } from '../approvals/gift.ts';
import type { RequestApprovalRefusal } from '../approvals/request-approval.ts';
import { secondPersonMissing, type SecondPersonRefusal } from '../approvals/second-person-missing.ts';
import { anyAbove, type CeilingRefusal, holdsAll } from '../roles/ceiling.ts';
import { findRole } from '../roles/find-role.ts';
import { settleGrants } from './settle-grants.ts';

type MappingRefusal =
  | 'accounts/scim-department-unknown'
  | 'accounts/scim-group-not-found'
  | 'accounts/scim-owner-never'
  | 'accounts/scim-role-unknown'
  | CeilingRefusal;
export type MapScimGroupRefusal = MappingRefusal | SecondPersonRefusal;

export type GroupMapping = {
  readonly groupId: string;
  /** `null`: membership gives nothing. */
  readonly role: string | null;
  /** `null`: in the whole organisation. */
  readonly departmentId: string | null;
};

/** What membership of a group gives, for those who are in it now and those who come. */
export async function mapScimGroup(ctx: Context, mapping: GroupMapping): Promise<Outcome<null, MapScimGroupRefusal>> {
  // Giving a role to whoever another system names is giving roles, not connecting.
  ctx.require('accounts:manage');
  const judged = await judge(ctx, mapping);
  if (!judged.ok) return judged;
  const { connectionId, members, granted } = judged.value;
  const { groupId, role } = mapping;
  const department = role === null ? null : mapping.departmentId;
  if (granted.length > 0 && (await secondPersonMissing(ctx, await giftDeed(ctx, giftOf(mapping, granted)))))
    return refuse('accounts/second-person-needed');
  await ctx.db.updateTable('accounts.scimGroup').set({ role, departmentId: department }).where('id', '=', groupId).execute();
  await settleGrants(ctx, members);
  await ctx.record({ type: 'scim.group-mapped', subject: connectionId, body: { group: groupId, role, department } });
  return done(null);
}

/** Asks a second person to agree to what membership of a group is to give. */
export async function askToMapGroup(
  ctx: Context,
  { reason, ...mapping }: GroupMapping & { readonly reason: string },
): Promise<Outcome<{ approvalId: string }, MappingRefusal | RequestApprovalRefusal>> {
  ctx.require('accounts:manage');
  const judged = await judge(ctx, mapping);
  if (!judged.ok) return judged;
  const { name, connection, department, granted } = judged.value;
  if (granted.length === 0) return refuse('accounts/second-person-not-needed');
  const title = [connection, name, mapping.role, department].filter((part) => part !== null).join(' · ');
  const words = { title, href: 'console/connections/scim', reason };
  return askForGift(ctx, giftOf(mapping, granted), 'accounts:manage', words);
}

type Judged = {
  readonly connectionId: string;
  readonly connection: string;
  readonly name: string;
  readonly department: string | null;
  readonly members: readonly string[];
  readonly granted: readonly Permission[];
};

async function judge(ctx: Context, { groupId, role, departmentId }: GroupMapping): Promise<Outcome<Judged, MappingRefusal>> {
  const group = isId(groupId)
    ? await ctx.db
        .selectFrom('accounts.scimGroup as group')
        .innerJoin('accounts.scimConnection as connection', 'connection.id', 'group.connectionId')
        .select(['group.connectionId', 'group.displayName', 'connection.name'])
        .where('group.id', '=', groupId)
        .forUpdate('group')
        .executeTakeFirst()
    : undefined;
  if (!group) return refuse('accounts/scim-group-not-found');
  if (role === 'owner') return refuse('accounts/scim-owner-never');
  const granted = role === null ? [] : await findRole(ctx.db, role);
  if (granted === null) return refuse('accounts/scim-role-unknown');
  const department = departmentId === null ? null : await nameOfDepartment(ctx, departmentId);
  if (department === undefined) return refuse('accounts/scim-department-unknown');
  if (!holdsAll(ctx.actor, granted, departmentId)) return refuse('accounts/wider-than-own');
  const rows = await ctx.db.selectFrom('accounts.scimMember').select('accountId').where('groupId', '=', groupId).execute();
  const members = rows.map(({ accountId }) => accountId);
  if (await anyAbove(ctx, members)) return refuse('accounts/above-own');
  const { connectionId, displayName, name: connection } = group;
  return done({ connectionId, connection, name: displayName, department, members, granted });
}

function giftOf({ groupId, role, departmentId }: GroupMapping, granted: readonly Permission[]): Gift {
  return { object: `scim-group/${groupId}`, terms: [role, departmentId], granted };
}

async function nameOfDepartment(ctx: Context, id: string): Promise<string | undefined> {
  if (!isId(id)) return undefined;
  const row = await ctx.db.selectFrom('accounts.department').select('name').where('id', '=', id).executeTakeFirst();
  return row?.name;
}
