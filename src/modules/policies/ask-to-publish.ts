import { requestApproval, type RequestApprovalRefusal } from '#accounts';
import { type Context, scopeOf } from '#kernel/context';
import { type Outcome, refuse } from '#kernel/outcome';
import { judgePublication, type Publication, type PublicationRefusal } from './judge-publication.ts';
import { publicationDeed } from './publication-deed.ts';

export type AskToPublishRefusal = 'policies/document-not-found' | PublicationRefusal | RequestApprovalRefusal;

/** Asks a second person to agree that exactly this is published. Only what could be published is asked about. */
export async function askToPublish(
  ctx: Context,
  { reason, ...publication }: Publication & { readonly reason: string },
): Promise<Outcome<{ approvalId: string }, AskToPublishRefusal>> {
  scopeOf(ctx, 'policies:publish');
  const document = await ctx.db
    .selectFrom('policies.document')
    .select(['slug', 'title', 'departmentId'])
    .where('id', '=', publication.documentId)
    .executeTakeFirst();
  if (!document) return refuse('policies/document-not-found');
  ctx.require('policies:publish', { department: document.departmentId });
  const judged = await judgePublication(ctx, publication);
  if (!judged.ok) return judged;
  const deed = await publicationDeed(ctx, publication, judged.value, document.departmentId);
  const href = `console/policies/${document.slug}/review`;
  return requestApproval(ctx, { ...deed, title: `${document.title} (${judged.value.number})`, href, reason });
}
