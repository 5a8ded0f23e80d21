import { type Context, PermissionMissing } from '#kernel/context';

/**
 * For what nobody may do on somebody's behalf, whatever their mandate says: making, taking and ending mandates.
 * @throws PermissionMissing
 */
export function requireOneself(ctx: Context, accountId: string): void {
  ctx.require('self:manage', { subject: accountId });
  if (ctx.actor.kind === 'user' && ctx.actor.id !== accountId) throw new PermissionMissing('self:manage');
}
