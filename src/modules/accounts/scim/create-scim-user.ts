import type { Context } from '#kernel/context';
import { objectId } from '#kernel/ids';
import { type Outcome, done } from '#kernel/outcome';
import type { JsonObject } from './canonical.ts';
import { checkUser, type CheckUserRefusal } from './check-user.ts';
import { connectionOf } from './connection-of.ts';
import { readResource } from './read-resource.ts';
import { userType } from './schema.ts';
import type { ScimFault } from './scim-fault.ts';
import { userResources } from './user-resource.ts';

export type CreateScimUserRefusal = CheckUserRefusal | ScimFault;

/** A new account of staff, without any role. An account that exists, here or natively, is never joined to it by its address. */
export async function createScimUser(
  ctx: Context,
  { sent }: { sent: JsonObject },
): Promise<Outcome<JsonObject, CreateScimUserRefusal>> {
  const connectionId = connectionOf(ctx);
  const read = readResource(sent, userType);
  if (!read.ok) return read;
  const checked = await checkUser(ctx, connectionId, read.value, null);
  if (!checked.ok) return checked;
  const { email, name, attributes, ...keys } = checked.value;
  const now = ctx.now();
  const accountId = objectId();
  const deactivatedAt = read.value['active'] === false ? now : null;
  const account = { id: accountId, kind: 'staff' as const, email, name, passphraseHash: null, passphraseSetAt: null };
  await ctx.db
    .insertInto('accounts.account')
    .values({ ...account, createdAt: now, leftAt: deactivatedAt })
    .execute();
  const times = { createdAt: now, changedAt: now, deactivatedAt, removedAt: null };
  await ctx.db
    .insertInto('accounts.scimUser')
    .values({ accountId, connectionId, ...keys, attributes: JSON.stringify(attributes), ...times })
    .execute();
  await ctx.record({ type: 'staff.joined', subject: accountId, body: { by: 'scim', connection: connectionId } });
  if (deactivatedAt) await ctx.record({ type: 'staff.left', subject: accountId, body: { by: 'scim', connection: connectionId } });
  const user = { accountId, externalId: keys.externalId, attributes, leftAt: deactivatedAt, ...times };
  const [resource] = await userResources(ctx, [user]);
  return done(resource ?? {});
}
