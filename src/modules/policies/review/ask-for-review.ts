import { type Context, scopeOf } from '#kernel/context';
import { rowId } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { judgePublication, type Publication, type PublicationRefusal } from '../judge-publication.ts';
import { publicationDeed } from '../publication-deed.ts';
import { readReview } from './approvals.ts';

export type AskForReviewRefusal =
  | 'policies/document-not-found'
  | 'policies/review-not-needed'
  | 'policies/review-asked'
  | 'policies/review-objected'
  | PublicationRefusal;

/** Asks the reviewers about exactly this draft. Only what could be published is asked about; a newer question takes its place. */
export async function askForReview(
  ctx: Context,
  publication: Publication,
): Promise<Outcome<{ reviewId: string }, AskForReviewRefusal>> {
  scopeOf(ctx, 'policies:write');
  const { documentId } = publication;
  const document = await ctx.db
    .selectFrom('policies.document')
    .select('departmentId')
    .where('id', '=', documentId)
    .forUpdate()
    .executeTakeFirst();
  if (!document) return refuse('policies/document-not-found');
  ctx.require('policies:write', { department: document.departmentId });
  const judged = await judgePublication(ctx, publication);
  if (!judged.ok) return judged;
  const { digest } = await publicationDeed(ctx, publication, judged.value, document.departmentId);
  const { state } = await readReview(ctx, documentId, digest);
  // Nobody but a person can be told apart from those who then approve.
  if (state === 'not-needed' || ctx.actor.kind !== 'staff') return refuse('policies/review-not-needed');
  // It would be a way around whoever objected.
  if (state === 'objected') return refuse('policies/review-objected');
  if (state === 'in-review' || state === 'approved') return refuse('policies/review-asked');
  const id = rowId(ctx.now());
  await ctx.db
    .insertInto('policies.review')
    .values({ id, documentId, digest, askedBy: ctx.actor.id, askedAt: ctx.now() })
    .execute();
  const body = { review: id, document: documentId, digest: digest.toString('hex') };
  await ctx.record({ type: 'policy.review-asked', subject: ctx.actor.id, body });
  return done({ reviewId: id });
}
