import { type Context, PermissionMissing } from '#kernel/context';
import type { AccountKind } from './tables.ts';

/**
 * Whoever acts, if they may do this to themselves. Proofs and sessions belong to whoever holds them: no mandate reaches another's.
 * @throws PermissionMissing, or ProofNeeded
 */
export function ownAccount(ctx: Context, permission: `self:${string}`): { id: string; kind: AccountKind } {
  const { actor } = ctx;
  if (actor.kind !== 'staff' && actor.kind !== 'user') throw new PermissionMissing(permission);
  ctx.require(permission, { subject: actor.id });
  return { id: actor.id, kind: actor.kind };
}
