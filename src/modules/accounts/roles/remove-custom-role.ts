import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { holdsAll } from './ceiling.ts';
import { permissionsOf } from './grants-of.ts';

export type RemoveCustomRoleRefusal = 'accounts/role-not-found' | 'accounts/role-in-use' | 'accounts/wider-than-own';

/** Removes a role nobody holds. From holders it is taken one by one first, so that each of them is seen. */
export async function removeCustomRole(ctx: Context, { id }: { id: string }): Promise<Outcome<null, RemoveCustomRoleRefusal>> {
  ctx.require('accounts:manage');
  const role = await ctx.db
    .selectFrom('accounts.customRole')
    .select('permissions')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!role) return refuse('accounts/role-not-found');
  if (!holdsAll(ctx.actor, permissionsOf(id, role.permissions), null)) return refuse('accounts/wider-than-own');
  const holder = await ctx.db.selectFrom('accounts.assignment').select('role').where('role', '=', id).executeTakeFirst();
  if (holder) return refuse('accounts/role-in-use');
  await ctx.db.deleteFrom('accounts.customRole').where('id', '=', id).execute();
  return done(null);
}
