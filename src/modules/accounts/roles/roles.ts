import { type KnownPermission, permissions } from './permissions.ts';

const reading = ['policies:read', 'support:read'] as const;

/** Roles are sets of permissions in code, so that who may do what is reviewed like any other change. */
export const roles = {
  owner: permissions,
  publisher: ['policies:read', 'policies:write', 'policies:review', 'policies:publish', 'policies:import'],
  privacy: [
    ...reading,
    'policies:write',
    'policies:review',
    'support:answer',
    'support:erase',
    'acceptances:read',
    'accounts:mandates',
    'ledger:audit',
    'ledger:withhold',
  ],
  security: ['accounts:read', 'accounts:disputes', 'accounts:connect', 'ledger:audit', 'policies:read', 'policies:review'],
  support: [...reading, 'support:answer'],
  moderator: reading,
  hr: ['accounts:read', 'accounts:invite', 'policies:read'],
  auditor: [...reading, 'accounts:read', 'ledger:audit'],
  engineer: ['policies:read', 'policies:import', 'accounts:connect', 'accounts:hand-off', 'acceptances:record'],
} as const satisfies Record<string, readonly KnownPermission[]>;

export type Role = keyof typeof roles;

export function isRole(name: string): name is Role {
  return Object.hasOwn(roles, name);
}
