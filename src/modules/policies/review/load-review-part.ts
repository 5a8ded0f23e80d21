import { staffNames } from '#accounts';
import { type Context, holds } from '#kernel/context';
import { authorsOf, readReview, type ReviewState } from './approvals.ts';

/** How exactly the draft on the page stands with its reviewers, and what whoever looks could do about it. */
export type ReviewPartView = {
  readonly state: ReviewState;
  readonly needed: number;
  readonly id: string | null;
  readonly askedBy: string | null;
  readonly askedAt: Temporal.Instant | null;
  readonly answers: readonly {
    readonly who: string;
    readonly approves: boolean;
    readonly note: string;
    readonly at: Temporal.Instant;
  }[];
  readonly may: 'answer' | 'ask' | 'wait';
};

/** @param digest of the deed, see `publicationDeed`; `null` while it could not be published anyway. */
export async function loadReviewPart(
  ctx: Context,
  { id: documentId, departmentId }: { readonly id: string; readonly departmentId: string | null },
  digest: Buffer | null,
): Promise<ReviewPartView | null> {
  const review = await readReview(ctx, documentId, digest ?? Buffer.alloc(32));
  if (review.state === 'not-needed' || digest === null) return null;
  const names = await staffNames(ctx, [
    ...review.answers.map(({ accountId }) => accountId),
    ...(review.askedBy === null ? [] : [review.askedBy]),
  ]);
  const nameOf = (id: string) => names.get(id) ?? id;
  const answers = review.answers.map(({ accountId, ...answer }) => ({ who: nameOf(accountId), ...answer }));
  const asked = { askedBy: review.askedBy === null ? null : nameOf(review.askedBy), askedAt: review.askedAt };
  return { state: review.state, needed: review.needed, id: review.id, ...asked, answers, may: await mayDo() };

  async function mayDo(): Promise<ReviewPartView['may']> {
    const { actor } = ctx;
    if (actor.kind !== 'staff') return 'wait';
    const department = { department: departmentId };
    if (review.state === 'not-asked' || review.state === 'changed-since')
      return holds(actor, 'policies:write', department) ? 'ask' : 'wait';
    if (review.state === 'objected') return 'wait';
    const involved = actor.id === review.askedBy || (await authorsOf(ctx, documentId)).has(actor.id);
    const answered = review.answers.some(({ accountId }) => accountId === actor.id);
    return !involved && !answered && holds(actor, 'policies:review', department) ? 'answer' : 'wait';
  }
}
