import type { Context } from '#kernel/context';
import { type Outcome, done } from '#kernel/outcome';
import { acceptorOf } from './acceptor.ts';

/**
 * Destroys the key to what a person decided, and every row about it, before their account goes. What stays is sealed entries that
 * nobody can open, and that a key of a program was used, without for whom.
 */
export async function eraseAcceptances(ctx: Context, { accountId }: { accountId: string }): Promise<Outcome<null, never>> {
  ctx.require('self:erase', { subject: accountId });
  // Against somebody who decides at the same moment: whoever comes second finds no account.
  await ctx.db.selectFrom('accounts.account').select('id').where('id', '=', accountId).forUpdate().execute();
  await ctx.db.deleteFrom('policies.acceptanceLink').where('accountId', '=', accountId).execute();
  const subjectId = await acceptorOf(ctx, accountId);
  if (subjectId === null) return done(null);
  await ctx.record({ type: 'person.erased', subject: subjectId, body: { by: ctx.actor.kind }, thenErase: true });
  const own = ctx.db.selectFrom('policies.decision').select('id').where('subjectId', '=', subjectId);
  await ctx.db
    .updateTable('policies.acceptanceRequest')
    .set((eb) => ({ decisionId: null, requestHash: eb.ref('keyHash') }))
    .where('decisionId', 'in', own)
    .execute();
  await ctx.db.deleteFrom('policies.decision').where('subjectId', '=', subjectId).execute();
  await ctx.db.deleteFrom('policies.acceptor').where('subjectId', '=', subjectId).execute();
  return done(null);
}
