import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import type { Arrival } from '../providers/return-from-provider.ts';
import { holdInvitation, joinByInvitation } from './join-by-invitation.ts';

export type ProviderAcceptance = Pick<Arrival, 'providerId' | 'subject' | 'name'> & { readonly token: string };
export type AcceptWithProviderRefusal =
  | 'accounts/identity-taken'
  | 'accounts/invitation-not-found'
  | 'accounts/provider-unknown'
  | 'accounts/works-here';

/**
 * Whoever holds the link of an invitation, and came back from a provider for it, joins the staff and signs in there from now on. No
 * permission: the token and the provider's signed answer are the proof. The address is that of the invitation, whatever the provider says.
 */
export async function acceptWithProvider(
  ctx: Context,
  { token, providerId, subject, name }: ProviderAcceptance,
): Promise<Outcome<{ accountId: string }, AcceptWithProviderRefusal>> {
  // Newcomers of a provider come one by one, so that nobody gets two accounts.
  const provider = await ctx.db
    .selectFrom('accounts.provider')
    .select('id')
    .where('id', '=', providerId)
    .where('audience', '=', 'staff')
    .where('disabledAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!provider) return refuse('accounts/provider-unknown');
  const known = await ctx.db
    .selectFrom('accounts.identity')
    .select('accountId')
    .where('providerId', '=', providerId)
    .where('subject', '=', subject)
    .executeTakeFirst();
  if (known) return refuse('accounts/identity-taken');
  const invitation = await holdInvitation(ctx, token);
  if (!invitation) return refuse('accounts/invitation-not-found');
  const joining = { name: name ?? invitation.email, passphraseHash: null, through: providerId };
  const accountId = await joinByInvitation(ctx, invitation, joining);
  if (accountId === null) return refuse('accounts/works-here');
  const now = ctx.now();
  await ctx.db.insertInto('accounts.identity').values({ providerId, subject, accountId, linkedAt: now, usedAt: now }).execute();
  return done({ accountId });
}
