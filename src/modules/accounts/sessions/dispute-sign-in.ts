import type { Context } from '#kernel/context';
import { rowId, isId } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { ownAccount } from '../own-account.ts';
import { endSessions } from './end-sessions.ts';

export type DisputeSignInRefusal = 'accounts/sign-in-not-found';

/**
 * "This was not me": every other session ends, staff are told, and the account is doubted until its owner has
 * looked through what was changed since that sign-in, or staff have closed the report.
 * Asks for no fresh proof, since whoever is alarmed must not be held up; an intruder gains nothing by it.
 */
export async function disputeSignIn(
  ctx: Context,
  { signInId, sessionId }: { signInId: string; sessionId: string },
): Promise<Outcome<{ ended: number }, DisputeSignInRefusal>> {
  const { id, kind } = ownAccount(ctx, 'self:manage');
  if (!isId(signInId)) return refuse('accounts/sign-in-not-found');
  const signIn = await ctx.db
    .selectFrom('accounts.signIn')
    .select(['at', 'method', 'device', 'network'])
    .where('id', '=', signInId)
    .where('accountId', '=', id)
    .executeTakeFirst();
  if (!signIn) return refuse('accounts/sign-in-not-found');
  const now = ctx.now();
  const ended = await endSessions(ctx, id, { except: sessionId });
  const { at: signedInAt, ...where } = signIn;
  const dispute = rowId(now);
  await ctx.db
    .insertInto('accounts.dispute')
    .values({
      id: dispute,
      accountId: id,
      at: now,
      signedInAt,
      ...where,
      sessionsEnded: ended,
      closedAt: null,
      closedBy: null,
      note: null,
    })
    .execute();
  await ctx.db.updateTable('accounts.account').set({ doubtedAt: now }).where('id', '=', id).execute();
  await ctx.record({ type: `${kind}.sign-in-disputed`, subject: id, body: { dispute, method: where.method, sessions: ended } });
  return done({ ended });
}
