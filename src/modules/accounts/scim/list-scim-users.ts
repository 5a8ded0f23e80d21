import { isId } from '#kernel/ids';
import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { fold, type JsonObject } from './canonical.ts';
import { connectionOf } from './connection-of.ts';
import { type Asked, type Listed, listResources } from './list-resources.ts';
import { userType } from './schema.ts';
import { userResources, usersOf } from './user-resource.ts';

/** Users of the connection in the order in which they came. */
export function listScimUsers(ctx: Context, asked: Asked): Promise<Outcome<Listed, 'accounts/scim-invalid-filter'>> {
  const connectionId = connectionOf(ctx);
  const source = {
    async count() {
      const { count } = await ctx.db
        .selectFrom('accounts.scimUser')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('connectionId', '=', connectionId)
        .where('removedAt', 'is', null)
        .executeTakeFirstOrThrow();
      return count;
    },
    async page(
      offset: number,
      limit: number,
      { id, userName, externalId }: { id?: string; userName?: string; externalId?: string },
    ) {
      if (id !== undefined && !isId(id)) return [];
      let query = usersOf(ctx, connectionId);
      if (id !== undefined) query = query.where('user.accountId', '=', id);
      if (userName !== undefined) query = query.where('user.userKey', '=', fold(userName.trim()));
      if (externalId !== undefined) query = query.where('user.externalId', '=', externalId);
      const rows = await query.orderBy('user.createdAt').orderBy('user.accountId').offset(offset).limit(limit).execute();
      return userResources(ctx, rows);
    },
  };
  return listResources(source, userType, asked);
}

/** One user of the connection. */
export async function readScimUser(
  ctx: Context,
  { id }: { id: string },
): Promise<Outcome<JsonObject, 'accounts/scim-not-found'>> {
  const connectionId = connectionOf(ctx);
  const user = isId(id) ? await usersOf(ctx, connectionId).where('user.accountId', '=', id).executeTakeFirst() : undefined;
  const [resource] = user ? await userResources(ctx, [user]) : [];
  return resource ? done(resource) : refuse('accounts/scim-not-found');
}
