import { type Context, holds } from '#kernel/context';

export type DraftToReview = { readonly slug: string; readonly title: string; readonly askedAt: Temporal.Instant };

/** The drafts that wait for the actor's approval: asked about as they stand, written by others, not answered by the actor. */
export async function draftsToReview(ctx: Context): Promise<DraftToReview[]> {
  const { actor } = ctx;
  if (actor.kind !== 'staff') return [];
  const rows = await ctx.db
    .selectFrom('policies.review as review')
    .innerJoin('policies.document as document', 'document.id', 'review.documentId')
    .innerJoin('policies.draft as draft', 'draft.documentId', 'review.documentId')
    .select(['document.slug', 'document.title', 'document.departmentId', 'review.askedAt'])
    .distinctOn('review.documentId')
    .whereRef('draft.updatedAt', '<=', 'review.askedAt')
    .where('document.approvers', '>', 0)
    .where('review.askedBy', '!=', actor.id)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('policies.reviewAnswer as answer')
            .select('answer.reviewId')
            .whereRef('answer.reviewId', '=', 'review.id')
            .where('answer.accountId', '=', actor.id),
        ),
      ),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('policies.draftAuthor as author')
            .select('author.documentId')
            .whereRef('author.documentId', '=', 'review.documentId')
            .where('author.accountId', '=', actor.id),
        ),
      ),
    )
    .orderBy('review.documentId')
    .orderBy('review.askedAt', 'desc')
    .execute();
  return rows
    .filter(({ departmentId }) => holds(actor, 'policies:review', { department: departmentId }))
    .map(({ slug, title, askedAt }) => ({ slug, title, askedAt }));
}
