import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';

export type UnlinkIdentityRefusal = 'accounts/identity-unknown' | 'accounts/last-way-in';

/** A person no longer signs in through a provider; sessions that came through it end. The last way in stays. */
export async function unlinkIdentity(
  ctx: Context,
  { accountId, providerId }: { accountId: string; providerId: string },
): Promise<Outcome<null, UnlinkIdentityRefusal>> {
  ctx.require('self:secure', { subject: accountId });
  const account = await ctx.db
    .selectFrom('accounts.account')
    .select(['kind', 'email', 'passphraseHash'])
    .where('id', '=', accountId)
    .forUpdate()
    .executeTakeFirst();
  const identities = await ctx.db
    .selectFrom('accounts.identity as identity')
    .innerJoin('accounts.provider as provider', 'provider.id', 'identity.providerId')
    .select(['identity.providerId', 'provider.disabledAt'])
    .where('identity.accountId', '=', accountId)
    .execute();
  if (!account || !identities.some((identity) => identity.providerId === providerId)) return refuse('accounts/identity-unknown');
  // A user with an address gets a link there; staff needs another proof.
  const otherProof = account.passphraseHash !== null || (account.kind === 'user' && account.email !== null);
  const otherProvider = identities.some((identity) => identity.providerId !== providerId && identity.disabledAt === null);
  if (!otherProof && !otherProvider) return refuse('accounts/last-way-in');
  await ctx.db.deleteFrom('accounts.identity').where('accountId', '=', accountId).where('providerId', '=', providerId).execute();
  await ctx.db.deleteFrom('accounts.session').where('accountId', '=', accountId).where('providerId', '=', providerId).execute();
  await ctx.record({ type: `${account.kind}.provider-unlinked`, subject: accountId, body: { provider: providerId } });
  return done(null);
}
