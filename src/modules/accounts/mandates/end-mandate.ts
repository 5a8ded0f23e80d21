import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { offerKey } from './offer-mandate.ts';

export type EndMandateRefusal = 'accounts/mandate-not-found' | 'accounts/mandate-over';

/** Ends a mandate, a request or an offer at once: by either side, by whoever it is offered to, or by staff. Others do not find it. */
export async function endMandate(ctx: Context, { mandateId }: { mandateId: string }): Promise<Outcome<null, EndMandateRefusal>> {
  const { actor } = ctx;
  if (actor.kind === 'user') ctx.require('self:manage', { subject: actor.id });
  else ctx.require('accounts:mandates');
  const mandate = await ctx.db
    .selectFrom('accounts.mandate')
    .select(['delegateId', 'principalId', 'addressHash', 'state'])
    .where('id', '=', mandateId)
    .forUpdate()
    .executeTakeFirst();
  if (!mandate || (actor.kind === 'user' && !(await isOf(ctx, actor.id, mandate)))) return refuse('accounts/mandate-not-found');
  if (mandate.state === 'ended' || mandate.state === 'refused') return refuse('accounts/mandate-over');
  const endedBy = actor.kind === 'user' || actor.kind === 'staff' ? actor.id : null;
  await ctx.db
    .updateTable('accounts.mandate')
    .set({ state: 'ended', endedAt: ctx.now(), endedBy, addressHash: null })
    .where('id', '=', mandateId)
    .execute();
  await recordEnd(ctx, mandateId, mandate);
  return done(null);
}

type Sides = { readonly delegateId: string | null; readonly principalId: string | null };

async function recordEnd(ctx: Context, mandateId: string, { delegateId, principalId }: Sides): Promise<void> {
  for (const subject of [delegateId, principalId])
    if (subject !== null) await ctx.record({ type: 'user.mandate-ended', subject, body: { mandate: mandateId } });
}

async function isOf(ctx: Context, id: string, mandate: Sides & { readonly addressHash: Buffer | null }): Promise<boolean> {
  if (mandate.delegateId === id || mandate.principalId === id) return true;
  if (mandate.addressHash === null) return false;
  const self = await ctx.db.selectFrom('accounts.account').select('email').where('id', '=', id).executeTakeFirst();
  return self !== undefined && self.email !== null && offerKey(self.email).equals(mandate.addressHash);
}

/** Ends every mandate in which an account has a part, within the caller's act, which asked for permission: its erasure or its closing. */
export async function endMandatesOf(ctx: Context, accountId: string): Promise<void> {
  // Recorded under the other sides only: the record of this account is about to be destroyed.
  const ended = await ctx.db
    .updateTable('accounts.mandate')
    .set({ state: 'ended', endedAt: ctx.now(), addressHash: null })
    .where((eb) => eb.or([eb('delegateId', '=', accountId), eb('principalId', '=', accountId)]))
    .where('state', 'in', ['requested', 'offered', 'active'])
    .returning(['id', 'delegateId', 'principalId'])
    .execute();
  for (const { id, delegateId, principalId } of ended)
    await recordEnd(ctx, id, {
      delegateId: delegateId === accountId ? null : delegateId,
      principalId: principalId === accountId ? null : principalId,
    });
}
