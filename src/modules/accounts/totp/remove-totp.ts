import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { ownAccount } from '../own-account.ts';

export type RemoveTotpRefusal = 'accounts/totp-not-there';

/** The app's codes open nothing from now on. */
export async function removeTotp(ctx: Context): Promise<Outcome<null, RemoveTotpRefusal>> {
  const { id, kind } = ownAccount(ctx, 'self:secure');
  const removed = await ctx.db.deleteFrom('accounts.totp').where('accountId', '=', id).returning('accountId').executeTakeFirst();
  if (!removed) return refuse('accounts/totp-not-there');
  await ctx.record({ type: `${kind}.totp-removed`, subject: id, body: {} });
  return done(null);
}
