import type { Permission } from '#kernel/context';
import type { Database } from '#kernel/sql';
import { permissions } from './permissions.ts';
import { isRole, roles } from './roles.ts';

/** What a role of the code or of the data grants; `null` when there is no such role. */
export async function findRole(db: Database, role: string): Promise<readonly Permission[] | null> {
  if (isRole(role)) return roles[role];
  const custom = await db.selectFrom('accounts.customRole').select('permissions').where('id', '=', role).executeTakeFirst();
  return custom ? permissions.filter((permission) => custom.permissions.includes(permission)) : null;
}
