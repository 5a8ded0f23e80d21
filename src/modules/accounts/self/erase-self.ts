import { type Context, mandateOf } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { mailAddress, queueMail } from '#mail';
import { endMandatesOf } from '../mandates/end-mandate.ts';

export type EraseSelfRefusal = 'accounts/account-gone';

/**
 * Ends an account for good: every row about the person goes, sessions with it, and the key to their events is destroyed.
 * What stays is their sealed entries in the private log, which nobody can open any more.
 */
export async function eraseSelf(
  ctx: Context,
  { accountId, organisation, locale }: { accountId: string; organisation: string; locale: string },
): Promise<Outcome<null, EraseSelfRefusal>> {
  ctx.require('self:erase', { subject: accountId });
  const account = await ctx.db
    .selectFrom('accounts.account')
    .select('email')
    .where('id', '=', accountId)
    .where('kind', '=', 'user')
    .forUpdate()
    .executeTakeFirst();
  if (!account) return refuse('accounts/account-gone');
  await endMandatesOf(ctx, accountId);
  const values = { organisation, kept: [] };
  // Its own content is destroyed as soon as it is sent. An address that a provider told may be none that mail reaches.
  if (account.email !== null && mailAddress(account.email) !== null)
    await queueMail(ctx, { to: account.email, template: 'farewell', locale, values });
  // The person's own record goes with them; that somebody did it for them stays with whoever did.
  const mandate = mandateOf(ctx.actor, accountId);
  if (mandate && ctx.actor.kind === 'user')
    await ctx.record({ type: 'user.erased-another', subject: ctx.actor.id, body: { mandate: mandate.id } });
  await ctx.record({ type: 'user.erased', subject: accountId, body: {}, thenErase: true });
  await ctx.db.deleteFrom('accounts.account').where('id', '=', accountId).execute();
  return done(null);
}
