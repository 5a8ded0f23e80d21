import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';

export type RevokeInvitationRefusal = 'accounts/invitation-not-found';

/** Takes back an invitation that nobody has accepted; its link stops working at once. */
export async function revokeInvitation(
  ctx: Context,
  { invitationId }: { invitationId: string },
): Promise<Outcome<null, RevokeInvitationRefusal>> {
  ctx.require('accounts:invite');
  const taken = await ctx.db
    .updateTable('accounts.invitation')
    .set({ revokedAt: ctx.now(), tokenHash: null })
    .where('id', '=', invitationId)
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!taken) return refuse('accounts/invitation-not-found');
  if (ctx.actor.kind === 'staff')
    await ctx.record({ type: 'staff.invitation-revoked', subject: ctx.actor.id, body: { invitation: invitationId } });
  return done(null);
}
