import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { offerKey } from './offer-mandate.ts';
import { requireOneself } from './require-oneself.ts';

export type AcceptMandateRefusal = 'accounts/mandate-not-found';

/** Takes up an offer made to one's own address. Every other is as if it were not there. */
export async function acceptMandate(
  ctx: Context,
  { delegateId, mandateId }: { delegateId: string; mandateId: string },
): Promise<Outcome<null, AcceptMandateRefusal>> {
  requireOneself(ctx, delegateId);
  const self = await ctx.db
    .selectFrom('accounts.account')
    .select('email')
    .where('id', '=', delegateId)
    .where('kind', '=', 'user')
    .where('leftAt', 'is', null)
    .executeTakeFirst();
  if (!self || self.email === null) return refuse('accounts/mandate-not-found');
  const accepted = await ctx.db
    .updateTable('accounts.mandate')
    .set({ state: 'active', delegateId, addressHash: null, decidedAt: ctx.now() })
    .where('id', '=', mandateId)
    .where('state', '=', 'offered')
    .where('addressHash', '=', offerKey(self.email))
    .where('principalId', '!=', delegateId)
    .where('expiresAt', '>', ctx.now())
    .returning('principalId')
    .executeTakeFirst();
  if (!accepted || accepted.principalId === null) return refuse('accounts/mandate-not-found');
  const body = { mandate: mandateId };
  await ctx.record({ type: 'user.mandate-accepted', subject: delegateId, body });
  await ctx.record({ type: 'user.mandate-accepted', subject: accepted.principalId, body });
  return done(null);
}
