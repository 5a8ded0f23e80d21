import { type Context, mandateOf } from '#kernel/context';
import { type Outcome, done } from '#kernel/outcome';
import { type AskedAbout, placeQuestion, type PlaceRefusal } from './place-question.ts';

export type AskForRefusal = PlaceRefusal;

/**
 * Asks for a person whose account keeps the question: a delegate in their name. No receipt is made: its code would go on opening the
 * question when the mandate is over. Only people themselves agree to have something published.
 */
export async function askFor(
  ctx: Context,
  { accountId, ...about }: AskedAbout & { readonly accountId: string },
): Promise<Outcome<{ dueAt: Temporal.Instant }, AskForRefusal>> {
  ctx.require('self:manage', { subject: accountId });
  const by = mandateOf(ctx.actor, accountId)?.id ?? null;
  const placed = await placeQuestion(ctx, about, { accountId, code: null, email: '', reference: '', mayPublish: false, by });
  if (!placed.ok) return placed;
  await ctx.record({ type: 'user.question-asked', subject: accountId, body: { question: placed.value.id } });
  return done({ dueAt: placed.value.dueAt });
}
