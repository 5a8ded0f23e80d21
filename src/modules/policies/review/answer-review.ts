import { type Context, scopeOf } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { authorsOf } from './approvals.ts';

export type ReviewAnswered = { readonly reviewId: string; readonly approves: boolean; readonly note: string };
export type AnswerReviewRefusal =
  | 'policies/review-not-found'
  | 'policies/review-over'
  | 'policies/own-draft'
  | 'policies/review-answered'
  | 'policies/review-note-missing';

const longestNote = 2000;

/** Somebody who wrote none of it approves exactly this draft, or objects and says why. */
export async function answerReview(
  ctx: Context,
  { reviewId, approves, note }: ReviewAnswered,
): Promise<Outcome<null, AnswerReviewRefusal>> {
  scopeOf(ctx, 'policies:review');
  const review = await ctx.db
    .selectFrom('policies.review as review')
    .innerJoin('policies.document as document', 'document.id', 'review.documentId')
    .select(['review.documentId', 'review.askedBy', 'review.digest', 'document.departmentId'])
    .where('review.id', '=', reviewId)
    .forUpdate('document')
    .executeTakeFirst();
  if (!review) return refuse('policies/review-not-found');
  ctx.require('policies:review', { department: review.departmentId });
  if (ctx.actor.kind !== 'staff') return refuse('policies/review-not-found');
  const accountId = ctx.actor.id;
  const newest = await ctx.db
    .selectFrom('policies.review')
    .select('id')
    .where('documentId', '=', review.documentId)
    .orderBy('askedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (newest?.id !== reviewId) return refuse('policies/review-over');
  const authors = await authorsOf(ctx, review.documentId);
  if (accountId === review.askedBy || authors.has(accountId)) return refuse('policies/own-draft');
  const said = note.trim().slice(0, longestNote);
  if (!approves && said === '') return refuse('policies/review-note-missing');
  const answer = { approves, note: said, answeredAt: ctx.now() };
  const { numInsertedOrUpdatedRows } = await ctx.db
    .insertInto('policies.reviewAnswer')
    .values({ reviewId, accountId, ...answer })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 0n) return refuse('policies/review-answered');
  const body = { review: reviewId, document: review.documentId, digest: review.digest.toString('hex'), approves };
  await ctx.record({ type: 'policy.review-answered', subject: accountId, body });
  return done(null);
}
