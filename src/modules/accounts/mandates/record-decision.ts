import type { Context } from '#kernel/context';

/** Under whoever decided: both sides have their own record of it. */
export async function recordDecision(ctx: Context, mandate: string, decision: 'approved' | 'refused'): Promise<void> {
  if (ctx.actor.kind === 'staff')
    await ctx.record({ type: 'staff.mandate-decided', subject: ctx.actor.id, body: { mandate, decision } });
}
