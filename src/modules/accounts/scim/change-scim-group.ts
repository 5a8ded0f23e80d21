import { sql } from 'kysely';
import type { Context } from '#kernel/context';
import { rowId, isId } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { fold, isObject, type JsonObject } from './canonical.ts';
import { connectionOf } from './connection-of.ts';
import { groupResources, groupsIn, type StoredGroup } from './group-resource.ts';
import { patchResource } from './patch-resource.ts';
import { readResource } from './read-resource.ts';
import { groupType } from './schema.ts';
import { fault, type ScimFault } from './scim-fault.ts';
import { settleGrants } from './settle-grants.ts';

export type CreateScimGroupRefusal = ScimFault | 'accounts/scim-group-exists';
export type ChangeScimGroupRefusal = CreateScimGroupRefusal | 'accounts/scim-not-found';

type Values = { displayName: string; nameKey: string; externalId: string | null; members: readonly string[] };

/** A new group. Membership gives nothing until an owner maps the group to a role. */
export async function createScimGroup(
  ctx: Context,
  { sent }: { sent: JsonObject },
): Promise<Outcome<JsonObject, CreateScimGroupRefusal>> {
  const connectionId = connectionOf(ctx);
  const read = readResource(sent, groupType);
  if (!read.ok) return read;
  const checked = await check(ctx, connectionId, read.value, null);
  if (!checked.ok) return checked;
  const { members, ...values } = checked.value;
  const group = { id: rowId(ctx.now()), connectionId, ...values, createdAt: ctx.now(), changedAt: ctx.now() };
  await ctx.db
    .insertInto('accounts.scimGroup')
    .values({ ...group, role: null, departmentId: null })
    .execute();
  await addMembers(ctx, group.id, members);
  return told(ctx, group);
}

export function replaceScimGroup(
  ctx: Context,
  { id, sent }: { id: string; sent: JsonObject },
): Promise<Outcome<JsonObject, ChangeScimGroupRefusal>> {
  return change(ctx, id, () => readResource(sent, groupType));
}

export function patchScimGroup(
  ctx: Context,
  { id, sent }: { id: string; sent: JsonObject },
): Promise<Outcome<JsonObject, ChangeScimGroupRefusal>> {
  return change(ctx, id, (present) => patchResource(present, sent, groupType));
}

/** The group goes, and every role that came with it alone. */
export async function removeScimGroup(ctx: Context, { id }: { id: string }): Promise<Outcome<null, 'accounts/scim-not-found'>> {
  const group = await lockGroup(ctx, connectionOf(ctx), id);
  if (!group) return refuse('accounts/scim-not-found');
  const members = await membersOf(ctx, id);
  await ctx.db.deleteFrom('accounts.scimGroup').where('id', '=', id).execute();
  await settleGrants(ctx, members);
  return done(null);
}

type Change = (present: JsonObject) => Outcome<JsonObject, ScimFault>;

async function change(ctx: Context, id: string, how: Change): Promise<Outcome<JsonObject, ChangeScimGroupRefusal>> {
  const connectionId = connectionOf(ctx);
  const group = await lockGroup(ctx, connectionId, id);
  if (!group) return refuse('accounts/scim-not-found');
  const before = await membersOf(ctx, id);
  const { displayName, externalId } = group;
  const changed = how({
    displayName,
    ...(externalId === null ? {} : { externalId }),
    ...(before.length > 0 ? { members: before.map((value) => ({ value })) } : {}),
  });
  if (!changed.ok) return changed;
  const checked = await check(ctx, connectionId, changed.value, id);
  if (!checked.ok) return checked;
  const { members, ...values } = checked.value;
  const gone = before.filter((each) => !members.includes(each));
  const fresh = members.filter((each) => !before.includes(each));
  if (gone.length > 0)
    await ctx.db
      .deleteFrom('accounts.scimMember')
      .where('groupId', '=', id)
      .where('accountId', '=', sql<string>`any(${gone}::uuid[])`)
      .execute();
  await addMembers(ctx, id, fresh);
  await settleGrants(ctx, [...gone, ...fresh]);
  await ctx.db
    .updateTable('accounts.scimGroup')
    .set({ ...values, changedAt: ctx.now() })
    .where('id', '=', id)
    .execute();
  return told(ctx, { ...group, ...values, changedAt: ctx.now() });
}

async function check(
  ctx: Context,
  connectionId: string,
  resource: JsonObject,
  own: string | null,
): Promise<Outcome<Values, CreateScimGroupRefusal>> {
  const { displayName, externalId, members } = resource;
  if (typeof displayName !== 'string' || displayName.trim() === '' || /[\p{Cc}\p{Cf}]/u.test(displayName))
    return fault('accounts/scim-invalid-value', 'displayName');
  const ids = [...new Set((Array.isArray(members) ? members : []).map((each) => (isObject(each) ? each['value'] : null)))];
  const wanted = ids.filter((each) => typeof each === 'string');
  if (wanted.length < ids.length || !(await areOurs(ctx, connectionId, wanted)))
    return fault('accounts/scim-invalid-value', 'members.value');
  const nameKey = fold(displayName.trim());
  const twin = await groupsIn(ctx, connectionId).where('nameKey', '=', nameKey).executeTakeFirst();
  if (twin && twin.id !== own) return refuse('accounts/scim-group-exists');
  return done({ displayName, nameKey, externalId: typeof externalId === 'string' ? externalId : null, members: wanted });
}

/** A user of another connection, a group and an account made here are all the same as somebody who does not exist. */
async function areOurs(ctx: Context, connectionId: string, ids: readonly string[]): Promise<boolean> {
  if (ids.length === 0) return true;
  if (!ids.every(isId)) return false;
  const { count } = await ctx.db
    .selectFrom('accounts.scimUser')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('connectionId', '=', connectionId)
    .where('removedAt', 'is', null)
    .where('accountId', '=', sql<string>`any(${ids}::uuid[])`)
    .executeTakeFirstOrThrow();
  return count === ids.length;
}

async function lockGroup(ctx: Context, connectionId: string, id: string): Promise<StoredGroup | undefined> {
  return isId(id) ? groupsIn(ctx, connectionId).where('id', '=', id).forUpdate().executeTakeFirst() : undefined;
}

async function membersOf(ctx: Context, groupId: string): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('accounts.scimMember')
    .select('accountId')
    .where('groupId', '=', groupId)
    .orderBy('accountId')
    .execute();
  return rows.map(({ accountId }) => accountId);
}

async function addMembers(ctx: Context, groupId: string, members: readonly string[]): Promise<void> {
  if (members.length === 0) return;
  await sql`
    insert into accounts.scim_member (group_id, account_id) select ${groupId}, unnest(${members}::uuid[])`.execute(ctx.db);
}

async function told(ctx: Context, group: StoredGroup): Promise<Outcome<JsonObject, never>> {
  const [resource] = await groupResources(ctx, [group]);
  return done(resource ?? {});
}
