import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { dropProofs } from './drop-proofs.ts';
import { anyAbove } from './roles/ceiling.ts';
import { endSessions } from './sessions/end-sessions.ts';
import { hashPassphrase, shortestPassphrase } from './sign-in/passphrase.ts';

export type ResetOwnerRefusal = 'accounts/passphrase-too-short' | 'accounts/no-owner' | 'accounts/above-own';

/**
 * A lost passphrase is replaced on the machine itself. Passkeys, app and recovery codes go with it: whoever lost those too would
 * stand before a second step for ever. What the owner linked goes too, since whoever stole the account may have linked it, and so does
 * whatever is under way. Every open session of the owner ends.
 */
export async function resetOwner(
  ctx: Context,
  { passphrase }: { passphrase: string },
): Promise<Outcome<{ email: string }, ResetOwnerRefusal>> {
  ctx.require('accounts:manage');
  if (passphrase.length < shortestPassphrase) return refuse('accounts/passphrase-too-short', { shortest: shortestPassphrase });
  const owner = await ctx.db
    .selectFrom('accounts.account as account')
    .innerJoin('accounts.assignment as assignment', 'assignment.accountId', 'account.id')
    .select(['account.id', 'account.email'])
    .where('assignment.role', '=', 'owner')
    .where('account.leftAt', 'is', null)
    // The first of several: whoever set the installation up.
    .orderBy('account.createdAt')
    .forUpdate('account')
    .executeTakeFirst();
  if (!owner) return refuse('accounts/no-owner');
  if (await anyAbove(ctx, [owner.id])) return refuse('accounts/above-own');
  await ctx.db
    .updateTable('accounts.account')
    .set({ passphraseHash: await hashPassphrase(passphrase), passphraseSetAt: ctx.now(), doubtedAt: null })
    .where('id', '=', owner.id)
    .execute();
  await dropProofs(ctx, owner.id);
  await ctx.db.deleteFrom('accounts.identity').where('accountId', '=', owner.id).execute();
  await ctx.db.deleteFrom('accounts.signInFlow').where('accountId', '=', owner.id).execute();
  await endSessions(ctx, owner.id);
  await ctx.record({ type: 'staff.passphrase-reset', subject: owner.id, body: { by: 'operator on the machine' } });
  return done({ email: owner.email ?? '' });
}
