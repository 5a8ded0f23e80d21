import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { freeIdentity } from './free-identity.ts';

export type NewIdentity = { readonly accountId: string; readonly providerId: string; readonly subject: string };
export type LinkIdentityRefusal = 'accounts/provider-unknown' | 'accounts/identity-taken' | 'accounts/account-closed';

/** Lets a person sign in through a provider as well. Who they are there was shown by the provider a moment ago. */
export async function linkIdentity(
  ctx: Context,
  { accountId, providerId, subject }: NewIdentity,
): Promise<Outcome<null, LinkIdentityRefusal>> {
  ctx.require('self:secure', { subject: accountId });
  const account = await ctx.db
    .selectFrom('accounts.account')
    .select('kind')
    .where('id', '=', accountId)
    .where('leftAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!account) return refuse('accounts/account-closed');
  const provider = await ctx.db
    .selectFrom('accounts.provider')
    .select('id')
    .where('id', '=', providerId)
    .where('audience', '=', account.kind === 'staff' ? 'staff' : 'users')
    .where('disabledAt', 'is', null)
    .forShare()
    .executeTakeFirst();
  if (!provider) return refuse('accounts/provider-unknown');
  await freeIdentity(ctx, { providerId, subject });
  const linked = await ctx.db
    .insertInto('accounts.identity')
    .values({ providerId, subject, accountId, linkedAt: ctx.now(), usedAt: null })
    .onConflict((conflict) => conflict.columns(['providerId', 'subject']).doNothing())
    .returning('subject')
    .executeTakeFirst();
  if (!linked) return refuse('accounts/identity-taken');
  await ctx.record({ type: `${account.kind}.provider-linked`, subject: accountId, body: { provider: providerId } });
  return done(null);
}
