import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { isOwnMandate } from './is-own-mandate.ts';
import { recordDecision } from './record-decision.ts';

export type RefuseMandateRefusal =
  | 'accounts/mandate-not-found'
  | 'accounts/mandate-over'
  | 'accounts/own-mandate'
  | 'accounts/mandate-reason-missing';

const longestReason = 2000;

/** Staff do not let somebody act; the reason is told to whoever asked, so that they can send what was lacking. */
export async function refuseMandate(
  ctx: Context,
  { mandateId, reason }: { mandateId: string; reason: string },
): Promise<Outcome<null, RefuseMandateRefusal>> {
  ctx.require('accounts:mandates');
  const why = reason.trim().slice(0, longestReason);
  if (why.length < 10) return refuse('accounts/mandate-reason-missing');
  const mandate = await ctx.db
    .selectFrom('accounts.mandate as mandate')
    .innerJoin('accounts.account as delegate', 'delegate.id', 'mandate.delegateId')
    .select(['mandate.state', 'delegate.id as delegateId', 'delegate.email'])
    .where('mandate.id', '=', mandateId)
    .forUpdate('mandate')
    .executeTakeFirst();
  if (!mandate) return refuse('accounts/mandate-not-found');
  if (mandate.state !== 'requested') return refuse('accounts/mandate-over');
  if (await isOwnMandate(ctx, [mandate.email])) return refuse('accounts/own-mandate');
  const decidedBy = ctx.actor.kind === 'staff' ? ctx.actor.id : null;
  await ctx.db
    .updateTable('accounts.mandate')
    .set({ state: 'refused', reason: why, decidedAt: ctx.now(), decidedBy })
    .where('id', '=', mandateId)
    .execute();
  await ctx.record({ type: 'user.mandate-refused', subject: mandate.delegateId, body: { mandate: mandateId, reason: why } });
  await recordDecision(ctx, mandateId, 'refused');
  return done(null);
}
