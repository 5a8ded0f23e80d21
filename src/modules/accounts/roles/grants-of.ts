import type { Granted, Permission } from '#kernel/context';
import type { Database } from '#kernel/sql';
import { permissions, provedAgain } from './permissions.ts';
import { isRole, roles } from './roles.ts';

export type AssignmentRow = {
  readonly role: string;
  readonly departmentId: string | null;
  /** Of a role that the organisation made itself. */
  readonly permissions: readonly string[] | null;
};

export function assignmentsOf(db: Database, accountId: string): Promise<AssignmentRow[]> {
  return db
    .selectFrom('accounts.assignment as assignment')
    .leftJoin('accounts.customRole as custom', 'custom.id', 'assignment.role')
    .select(['assignment.role', 'assignment.departmentId', 'custom.permissions'])
    .where('assignment.accountId', '=', accountId)
    .orderBy('assignment.role')
    .execute();
}

/**
 * What an account's roles add up to. A role nobody knows any more grants nothing.
 * @param fresh Whether the account was proved a short while ago; without that some permissions wait for a new proof.
 */
export function grantsOf(rows: readonly AssignmentRow[], fresh: boolean): { granted: Granted; roles: string[] } {
  const may = new Set<Permission>();
  const within = new Map<string, Set<Permission>>();
  for (const { role, departmentId, permissions: custom } of rows) {
    const target = departmentId === null ? may : (within.get(departmentId) ?? new Set<Permission>());
    if (departmentId !== null) within.set(departmentId, target);
    for (const permission of permissionsOf(role, custom)) target.add(permission);
  }
  return {
    granted: { may, within, onceProved: fresh ? new Set() : provedAgain },
    roles: [...new Set(rows.map(({ role }) => role))],
  };
}

export function permissionsOf(role: string, custom: readonly string[] | null): readonly Permission[] {
  if (isRole(role)) return roles[role];
  // From data, so only what this version knows: a permission that was renamed must not come to mean something else.
  return permissions.filter((permission) => custom?.includes(permission));
}
