import type { Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { type Outcome, done } from '#kernel/outcome';

/** Signs out whoever holds the token; a token of no session changes nothing. */
export async function closeSession(ctx: Context, { token }: { token: string }): Promise<Outcome<null, never>> {
  const closed = await ctx.db
    .deleteFrom('accounts.session as session')
    .using('accounts.account as account')
    .whereRef('account.id', '=', 'session.accountId')
    .where('session.tokenHash', '=', sha256(token))
    .returning(['account.id', 'account.kind'])
    .executeTakeFirst();
  if (closed) await ctx.record({ type: `${closed.kind}.signed-out`, subject: closed.id, body: {} });
  return done(null);
}
