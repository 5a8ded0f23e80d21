import type { Permission } from '#kernel/context';

/** Everything that staff and programs may be allowed to do. A verb that asks for another does not find anybody. */
export const permissions = [
  'organisation:manage',
  'accounts:read',
  'accounts:manage',
  'accounts:invite',
  'accounts:connect',
  'accounts:hand-off',
  'accounts:mandates',
  'accounts:disputes',
  'policies:read',
  'policies:write',
  'policies:review',
  'policies:publish',
  'policies:import',
  'acceptances:record',
  'acceptances:read',
  'support:read',
  'support:answer',
  'support:erase',
  'ledger:audit',
  'ledger:withhold',
] as const satisfies readonly Permission[];

export type KnownPermission = (typeof permissions)[number];

/** What people do to themselves and nobody else can undo: erase their account, change how they prove who they are. */
type OwnPermission = 'self:erase' | 'self:secure';

/** What cannot be undone, or opens doors to others: the session must have been proved again a short while ago. */
export const provedAgain: ReadonlySet<Permission> = new Set<KnownPermission | OwnPermission>([
  'self:erase',
  'self:secure',
  'organisation:manage',
  'accounts:manage',
  'accounts:invite',
  'accounts:connect',
  'accounts:mandates',
  'policies:publish',
  'support:erase',
  'ledger:withhold',
]);
