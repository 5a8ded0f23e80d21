import { staffHolding } from '#accounts';
import type { Context } from '#kernel/context';

/** Where exactly one draft stands on its way past the people who must approve it. */
export type ReviewState = 'not-needed' | 'not-asked' | 'changed-since' | 'in-review' | 'objected' | 'approved';

export type ReviewAnswer = {
  readonly accountId: string;
  readonly approves: boolean;
  readonly note: string;
  readonly at: Temporal.Instant;
};

export type Review = {
  readonly state: ReviewState;
  /** How many must approve. */
  readonly needed: number;
  readonly id: string | null;
  readonly askedBy: string | null;
  readonly askedAt: Temporal.Instant | null;
  /** Of the newest question, in the order they came. */
  readonly answers: readonly ReviewAnswer[];
};

export type ReviewFacts = {
  readonly needed: number;
  readonly authors: ReadonlySet<string>;
  /** Who may approve at this moment, in the document's department. */
  readonly holders: ReadonlySet<string>;
  readonly review: { readonly digest: Uint8Array; readonly askedBy: string } | null;
  readonly answers: readonly ReviewAnswer[];
};

/**
 * Approvals count from people who still may approve, wrote nothing of it and did not ask; one objection to exactly this draft outweighs
 * them all.
 */
export function judgeReview({ needed, authors, holders, review, answers }: ReviewFacts, digest: Uint8Array): ReviewState {
  if (needed === 0) return 'not-needed';
  if (!review) return 'not-asked';
  if (Buffer.compare(review.digest, digest) !== 0) return 'changed-since';
  if (answers.some(({ approves }) => !approves)) return 'objected';
  const given = answers.filter(
    ({ accountId }) => accountId !== review.askedBy && !authors.has(accountId) && holders.has(accountId),
  );
  return given.length >= needed ? 'approved' : 'in-review';
}

/** How exactly this publication stands with its reviewers. Locks nothing: the document's row is the lock of whoever publishes. */
export async function readReview(ctx: Context, documentId: string, digest: Uint8Array): Promise<Review> {
  const { approvers: needed, departmentId } = await ctx.db
    .selectFrom('policies.document')
    .select(['approvers', 'departmentId'])
    .where('id', '=', documentId)
    .executeTakeFirstOrThrow();
  const review = await ctx.db
    .selectFrom('policies.review')
    .select(['id', 'digest', 'askedBy', 'askedAt'])
    .where('documentId', '=', documentId)
    .orderBy('askedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  const answers = review
    ? await ctx.db
        .selectFrom('policies.reviewAnswer')
        .select(['accountId', 'approves', 'note', 'answeredAt as at'])
        .where('reviewId', '=', review.id)
        .orderBy('answeredAt')
        .execute()
    : [];
  const authors = await authorsOf(ctx, documentId);
  const holders = new Set((await staffHolding(ctx.db, 'policies:review', departmentId)).map(({ id }) => id));
  const state = judgeReview({ needed, authors, holders, review: review ?? null, answers }, digest);
  const asked = { id: review?.id ?? null, askedBy: review?.askedBy ?? null, askedAt: review?.askedAt ?? null };
  return { state, needed, ...asked, answers };
}

export async function authorsOf(ctx: Context, documentId: string): Promise<ReadonlySet<string>> {
  const rows = await ctx.db.selectFrom('policies.draftAuthor').select('accountId').where('documentId', '=', documentId).execute();
  return new Set(rows.map(({ accountId }) => accountId));
}
