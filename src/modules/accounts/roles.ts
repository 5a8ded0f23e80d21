import type { Permission } from '#kernel/context';

/** Roles are sets of permissions in code, so that who may do what is reviewed like any other change. */
export const roles = {
  owner: [
    'organisation:manage',
    'accounts:manage',
    'policies:read',
    'policies:write',
    'policies:publish',
    'policies:import',
    'support:read',
    'support:answer',
    'support:erase',
    'ledger:audit',
    'ledger:withhold',
  ],
} as const satisfies Record<string, readonly Permission[]>;

export type Role = keyof typeof roles;

export function permissionsOf(role: Role): ReadonlySet<Permission> {
  return new Set(roles[role]);
}
