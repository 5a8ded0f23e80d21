import { isId } from '#kernel/ids';
import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { dropProofs } from '../drop-proofs.ts';
import { anyAbove } from '../roles/ceiling.ts';
import { endSessions } from '../sessions/end-sessions.ts';

export type ResetProofsRefusal = 'accounts/account-not-found' | 'accounts/own-proofs' | 'accounts/above-own';

/**
 * Takes passkeys, app and recovery codes from somebody who lost all of them, after whoever calls made sure who is asking. What is left
 * is the passphrase, the provider or the link by which they came in at first; every session of theirs ends.
 */
export async function resetProofs(
  ctx: Context,
  { accountId }: { accountId: string },
): Promise<Outcome<null, ResetProofsRefusal>> {
  ctx.require('accounts:manage');
  // One's own are removed one by one, where a fresh proof is asked for and sessions stay.
  if (ctx.actor.kind === 'staff' && ctx.actor.id === accountId) return refuse('accounts/own-proofs');
  const account = isId(accountId)
    ? await ctx.db.selectFrom('accounts.account').select('kind').where('id', '=', accountId).forUpdate().executeTakeFirst()
    : undefined;
  if (!account) return refuse('accounts/account-not-found');
  if (await anyAbove(ctx, [accountId])) return refuse('accounts/above-own');
  await dropProofs(ctx, accountId);
  await endSessions(ctx, accountId);
  await ctx.record({ type: `${account.kind}.proofs-reset`, subject: accountId, body: {} });
  return done(null);
}
