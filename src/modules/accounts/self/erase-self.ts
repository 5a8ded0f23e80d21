import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';

export type EraseSelfRefusal = 'accounts/account-gone';

/**
 * Ends an account for good: every row about the person goes, sessions with it, and the key to their events is destroyed.
 * What stays is their sealed entries in the private log, which nobody can open any more.
 */
export async function eraseSelf(ctx: Context, { accountId }: { accountId: string }): Promise<Outcome<null, EraseSelfRefusal>> {
  ctx.require('self:erase', { subject: accountId });
  const account = await ctx.db
    .selectFrom('accounts.account')
    .select('id')
    .where('id', '=', accountId)
    .where('kind', '=', 'user')
    .forUpdate()
    .executeTakeFirst();
  if (!account) return refuse('accounts/account-gone');
  await ctx.record({ type: 'user.erased', subject: accountId, body: {}, thenErase: true });
  await ctx.db.deleteFrom('accounts.account').where('id', '=', accountId).execute();
  return done(null);
}
