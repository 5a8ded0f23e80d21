import type { Actor, Context } from '#kernel/context';

const provision = 'scim:provision';

/** What a connection's token carries. No role holds it, so nobody of the staff can act as an identity system. */
export function connectionActor(connectionId: string): Actor {
  return { kind: 'program', id: connectionId, may: new Set([provision]), within: new Map(), onceProved: new Set() };
}

/**
 * The connection that acts: everything it reads and writes is looked for under this id alone.
 * @throws PermissionMissing for anybody who is not one.
 */
export function connectionOf(ctx: Context): string {
  ctx.require(provision);
  if (ctx.actor.kind !== 'program') throw new Error('only a connection provisions accounts');
  return ctx.actor.id;
}
