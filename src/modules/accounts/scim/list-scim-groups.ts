import { isId } from '#kernel/ids';
import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { fold, type JsonObject } from './canonical.ts';
import { connectionOf } from './connection-of.ts';
import { groupResources, groupsIn } from './group-resource.ts';
import { type Asked, type Listed, listResources } from './list-resources.ts';
import { groupType } from './schema.ts';

/** Groups of the connection in the order in which they came. */
export function listScimGroups(ctx: Context, asked: Asked): Promise<Outcome<Listed, 'accounts/scim-invalid-filter'>> {
  const connectionId = connectionOf(ctx);
  const source = {
    async count() {
      const { count } = await ctx.db
        .selectFrom('accounts.scimGroup')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('connectionId', '=', connectionId)
        .executeTakeFirstOrThrow();
      return count;
    },
    async page(offset: number, limit: number, { id, displayName }: { id?: string; displayName?: string }) {
      if (id !== undefined && !isId(id)) return [];
      let query = groupsIn(ctx, connectionId);
      if (id !== undefined) query = query.where('id', '=', id);
      if (displayName !== undefined) query = query.where('nameKey', '=', fold(displayName.trim()));
      return groupResources(ctx, await query.orderBy('createdAt').orderBy('id').offset(offset).limit(limit).execute());
    },
  };
  return listResources(source, groupType, asked);
}

export async function readScimGroup(
  ctx: Context,
  { id }: { id: string },
): Promise<Outcome<JsonObject, 'accounts/scim-not-found'>> {
  const connectionId = connectionOf(ctx);
  const group = isId(id) ? await groupsIn(ctx, connectionId).where('id', '=', id).executeTakeFirst() : undefined;
  const [resource] = group ? await groupResources(ctx, [group]) : [];
  return resource ? done(resource) : refuse('accounts/scim-not-found');
}
