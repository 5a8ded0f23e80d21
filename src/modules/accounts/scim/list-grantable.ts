import type { Context } from '#kernel/context';
import { roles } from '../roles/roles.ts';

export type Grantable = {
  /** Roles that a group may give. Those of Troth have no name of their own beside their id. */
  readonly roles: readonly { readonly id: string; readonly name: string | null }[];
  readonly departments: readonly { readonly id: string; readonly name: string }[];
};

/** What can be given by membership: every role but that of the owner, in every department. */
export async function listGrantable(ctx: Context): Promise<Grantable> {
  // No permission: which roles and departments there are is no secret among staff.
  const custom = await ctx.db.selectFrom('accounts.customRole').select(['id', 'name']).orderBy('name').execute();
  const departments = await ctx.db.selectFrom('accounts.department').select(['id', 'name']).orderBy('name').execute();
  const own = Object.keys(roles).filter((role) => role !== 'owner');
  return { roles: [...own.map((id) => ({ id, name: null })), ...custom], departments };
}
