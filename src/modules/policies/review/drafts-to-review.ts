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
    .whereRef('draft.updatedAt', '<=', 'review.askedAt')
    .where('document.approvers', '>', 0)
    .where('review.askedBy', '!=', actor.id)
    // Only the newest question of a document can be answered.
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('policies.review as newer')
            .select('newer.id')
            .whereRef('newer.documentId', '=', 'review.documentId')
            .whereRef('newer.askedAt', '>', 'review.askedAt'),
        ),
      ),
    )
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
    .orderBy('review.askedAt')
    .execute();
  return rows
    .filter(({ departmentId }) => holds(actor, 'policies:review', { department: departmentId }))
    .map(({ slug, title, askedAt }) => ({ slug, title, askedAt }));
}
