import { isId } from '#kernel/ids';
import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { ownAccount } from '../own-account.ts';
import { endSessions } from './end-sessions.ts';

export type EndSessionRefusal = 'accounts/session-not-found';

/** Signs one device of whoever acts out. Asks for no fresh proof: it closes a door and opens none. */
export async function endSession(ctx: Context, { sessionId }: { sessionId: string }): Promise<Outcome<null, EndSessionRefusal>> {
  const { id, kind } = ownAccount(ctx, 'self:manage');
  if (!isId(sessionId)) return refuse('accounts/session-not-found');
  const ended = await ctx.db
    .deleteFrom('accounts.session')
    .where('id', '=', sessionId)
    .where('accountId', '=', id)
    .returning('id')
    .executeTakeFirst();
  if (!ended) return refuse('accounts/session-not-found');
  await ctx.record({ type: `${kind}.session-ended`, subject: id, body: { sessions: 1 } });
  return done(null);
}

/** Signs whoever acts out everywhere but here. @returns how many sessions that were; of none nothing is recorded. */
export async function endOtherSessions(
  ctx: Context,
  { sessionId }: { sessionId: string },
): Promise<Outcome<{ ended: number }, never>> {
  const { id, kind } = ownAccount(ctx, 'self:manage');
  const ended = await endSessions(ctx, id, { except: sessionId });
  if (ended > 0) await ctx.record({ type: `${kind}.session-ended`, subject: id, body: { sessions: ended } });
  return done({ ended });
}
