import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { endSessions } from '../sessions/end-sessions.ts';
import { isLastOwner } from './is-last-owner.ts';

export type LeaveRefusal = 'accounts/person-not-found' | 'accounts/last-owner';

/**
 * Somebody no longer works here: every session, role and way in ends in this act, and what they did keeps their id.
 * @returns how many sessions were ended.
 */
export async function leave(
  ctx: Context,
  { accountId }: { accountId: string },
): Promise<Outcome<{ sessions: number }, LeaveRefusal>> {
  ctx.require('accounts:manage');
  const person = await ctx.db
    .selectFrom('accounts.account')
    .select('id')
    .where('id', '=', accountId)
    .where('kind', '=', 'staff')
    .where('leftAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!person) return refuse('accounts/person-not-found');
  if (await isLastOwner(ctx.db, accountId)) return refuse('accounts/last-owner');
  return done({ sessions: await shutOut(ctx, accountId) });
}

/** The same for whoever decides it: the console, or the system that the organisation keeps its people in. */
export async function shutOut(ctx: Context, accountId: string): Promise<number> {
  await ctx.db.updateTable('accounts.account').set({ leftAt: ctx.now() }).where('id', '=', accountId).execute();
  await ctx.db.deleteFrom('accounts.assignment').where('accountId', '=', accountId).execute();
  const sessions = await endSessions(ctx, accountId);
  await ctx.record({ type: 'staff.left', subject: accountId, body: { sessions } });
  return sessions;
}
