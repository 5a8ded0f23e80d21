import { randomBytes } from 'node:crypto';
import type { Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { ownAccount } from '../own-account.ts';
import { proofSince, type ShownProof } from './proof-since.ts';

export type ProveAgainRefusal = 'accounts/session-not-found';

/**
 * The session of whoever acts is proved afresh, after whoever calls has made sure of the proof. It goes on under a new token: one
 * that was read over a shoulder or left in a backup before the proof does not share in it.
 * @returns the token for the cookie, told once.
 * @see OWASP ASVS 5.0, V7.2.4
 */
export async function proveAgain(
  ctx: Context,
  { sessionId, ...by }: { sessionId: string } & ShownProof,
): Promise<Outcome<{ token: string }, ProveAgainRefusal>> {
  const { id, kind } = ownAccount(ctx, 'self:manage');
  const token = randomBytes(32).toString('base64url');
  const proved = await ctx.db
    .updateTable('accounts.session')
    .set({ tokenHash: sha256(token), provedAt: ctx.now(), proofSince: await proofSince(ctx, id, by) })
    .where('id', '=', sessionId)
    .where('accountId', '=', id)
    .returning('id')
    .executeTakeFirst();
  if (!proved) return refuse('accounts/session-not-found');
  await ctx.record({ type: `${kind}.proved-again`, subject: id, body: { method: by.method } });
  return done({ token });
}
