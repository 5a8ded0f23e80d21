import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { holdsAll } from './find-role.ts';
import { permissions } from './permissions.ts';
import { isRole } from './roles.ts';

export type CustomRole = { readonly id: string; readonly name: string; readonly permissions: readonly string[] };
export type SaveCustomRoleRefusal =
  | 'accounts/name-missing'
  | 'accounts/role-name-not-valid'
  | 'accounts/permission-not-known'
  | 'accounts/wider-than-own';

/** Puts a role together from permissions, or changes one; whoever holds it is changed with it. */
export async function saveCustomRole(
  ctx: Context,
  { id, name, permissions: wanted }: CustomRole,
): Promise<Outcome<null, SaveCustomRoleRefusal>> {
  ctx.require('accounts:manage');
  const called = name.trim().slice(0, 80);
  if (called === '') return refuse('accounts/name-missing');
  if (isRole(id) || !/^[a-z][a-z0-9-]{1,39}$/.test(id)) return refuse('accounts/role-name-not-valid');
  const known = permissions.filter((permission) => wanted.includes(permission));
  if (known.length !== new Set(wanted).size || known.length === 0) return refuse('accounts/permission-not-known');
  if (!holdsAll(ctx.actor, known, null)) return refuse('accounts/wider-than-own');
  await ctx.db
    .insertInto('accounts.customRole')
    .values({ id, name: called, permissions: known, createdAt: ctx.now() })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ name: called, permissions: known }))
    .execute();
  const holders = await ctx.db.selectFrom('accounts.assignment').select('accountId').distinct().where('role', '=', id).execute();
  for (const { accountId } of holders)
    await ctx.record({ type: 'staff.role-changed', subject: accountId, body: { role: id, permissions: known } });
  return done(null);
}

export async function listCustomRoles(ctx: Context): Promise<CustomRole[]> {
  return ctx.db.selectFrom('accounts.customRole').select(['id', 'name', 'permissions']).orderBy('id').execute();
}
