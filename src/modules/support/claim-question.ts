import { type Context, mandateOf } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { readByReceipt, type Receipt } from './read-questions.ts';

export type ClaimRefusal = 'support/question-not-found';

/** Keeps a question with an account, by its receipt. The code goes on opening it; a question of another account stays there. */
export async function claimQuestion(
  ctx: Context,
  { accountId, ...receipt }: Receipt & { readonly accountId: string },
): Promise<Outcome<null, ClaimRefusal>> {
  ctx.require('self:manage', { subject: accountId });
  const question = await readByReceipt(ctx, receipt);
  if (!question || (question.accountId !== null && question.accountId !== accountId)) return refuse('support/question-not-found');
  if (question.accountId === accountId) return done(null);
  await ctx.db.updateTable('support.question').set({ accountId }).where('id', '=', question.id).execute();
  await ctx.record({ type: 'question.kept-with-account', subject: question.subject, body: {} });
  if (mandateOf(ctx.actor, accountId))
    await ctx.record({ type: 'user.question-kept', subject: accountId, body: { question: question.id } });
  return done(null);
}
