import { isId } from '#kernel/ids';
import { isDeepStrictEqual } from 'node:util';
import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { endSessions } from '../sessions/end-sessions.ts';
import type { JsonObject } from './canonical.ts';
import { checkUser, type CheckUserRefusal, type UserValues } from './check-user.ts';
import { connectionOf } from './connection-of.ts';
import { isLastOwner } from './is-last-owner.ts';
import { patchResource } from './patch-resource.ts';
import { readResource } from './read-resource.ts';
import { userType } from './schema.ts';
import type { ScimFault } from './scim-fault.ts';
import { takeOwnAccess } from './take-own-access.ts';
import { settable, type StoredUser, userResources, usersOf } from './user-resource.ts';

export type ChangeScimUserRefusal =
  | CheckUserRefusal
  | ScimFault
  | 'accounts/scim-closed-here'
  | 'accounts/scim-last-owner'
  | 'accounts/scim-not-found';

type Changed = Outcome<JsonObject, ChangeScimUserRefusal>;
type Change = (present: JsonObject) => Outcome<JsonObject, ScimFault>;

/** PUT: all that was told before is forgotten. Without `active` that stays as it was: nobody comes back by an omission. */
export function replaceScimUser(ctx: Context, { id, sent }: { id: string; sent: JsonObject }): Promise<Changed> {
  return change(ctx, id, ({ active = true }) => {
    const read = readResource(sent, userType);
    return read.ok ? done({ active, ...read.value }) : read;
  });
}

/** PATCH: all operations or none. */
export function patchScimUser(ctx: Context, { id, sent }: { id: string; sent: JsonObject }): Promise<Changed> {
  return change(ctx, id, (present) => patchResource(present, sent, userType));
}

async function change(ctx: Context, id: string, how: Change): Promise<Changed> {
  const connectionId = connectionOf(ctx);
  const user = isId(id)
    ? await usersOf(ctx, connectionId).where('user.accountId', '=', id).forUpdate().executeTakeFirst()
    : undefined;
  // The id of another namespace is the id of nothing here.
  if (!user) return refuse('accounts/scim-not-found');
  const changed = how(settable(user));
  if (!changed.ok) return changed;
  const checked = await checkUser(ctx, connectionId, changed.value, id);
  if (!checked.ok) return checked;
  const wanted = changed.value['active'] !== false;
  const wasWanted = user.deactivatedAt === null;
  if (!wanted && wasWanted && (await isLastOwner(ctx, id))) return refuse('accounts/scim-last-owner');
  // Who was let go in the console since then comes back only there.
  if (wanted && !wasWanted && !sameInstant(user.leftAt, user.deactivatedAt)) return refuse('accounts/scim-closed-here');
  const closing = !wanted && wasWanted && user.leftAt === null;
  const opening = wanted && !wasWanted;
  const profile = await writeProfile(ctx, user, checked.value);
  // Of an account that the console closed, nothing changes hands here: it reads as inactive either way.
  const deactivatedAt = closing ? ctx.now() : opening ? null : user.deactivatedAt;
  if (closing || opening) await moveAccount(ctx, { id, connectionId, leftAt: deactivatedAt });
  const leftAt = closing || opening ? deactivatedAt : user.leftAt;
  const changedAt = profile || closing || opening ? ctx.now() : user.changedAt;
  if (changedAt !== user.changedAt)
    await ctx.db.updateTable('accounts.scimUser').set({ deactivatedAt, changedAt }).where('accountId', '=', id).execute();
  const { externalId, attributes } = checked.value;
  const [resource] = await userResources(ctx, [{ ...user, externalId, attributes, deactivatedAt, changedAt, leftAt }]);
  return done(resource ?? {});
}

/** Closing and opening alike end every session, in this transaction: nothing from before may come to life again. Opening, no way in either. */
async function moveAccount(
  ctx: Context,
  { id, connectionId, leftAt }: { id: string; connectionId: string; leftAt: Temporal.Instant | null },
): Promise<void> {
  await ctx.db.updateTable('accounts.account').set({ leftAt }).where('id', '=', id).execute();
  await endSessions(ctx, id);
  if (leftAt === null) await takeOwnAccess(ctx, id);
  const type = leftAt === null ? 'staff.returned' : 'staff.left';
  await ctx.record({ type, subject: id, body: { by: 'scim', connection: connectionId } });
}

/** @returns whether anything differs from what was known. */
async function writeProfile(ctx: Context, user: StoredUser, values: UserValues): Promise<boolean> {
  const { email, name, attributes, ...keys } = values;
  // The database orders members in its own way, so texts of the two would differ.
  const same = isDeepStrictEqual(user.attributes, attributes) && user.externalId === keys.externalId;
  if (same) return false;
  await ctx.db.updateTable('accounts.account').set({ email, name }).where('id', '=', user.accountId).execute();
  await ctx.db
    .updateTable('accounts.scimUser')
    .set({ ...keys, attributes: JSON.stringify(attributes) })
    .where('accountId', '=', user.accountId)
    .execute();
  const names = [...new Set([...Object.keys(attributes), ...Object.keys(user.attributes)])];
  const changed = names.filter((key) => !isDeepStrictEqual(user.attributes[key], attributes[key]));
  await ctx.record({ type: 'staff.profile-changed', subject: user.accountId, body: { by: 'scim', changed: changed.toSorted() } });
  return true;
}

function sameInstant(a: Temporal.Instant | null, b: Temporal.Instant | null): boolean {
  return a !== null && b !== null && Temporal.Instant.compare(a, b) === 0;
}
