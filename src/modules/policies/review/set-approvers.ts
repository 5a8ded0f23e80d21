import { type Context, scopeOf } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { authorsOf } from './approvals.ts';

export type Approvers = { readonly documentId: string; /** 0 to 5. */ readonly approvers: number };
export type SetApproversRefusal =
  | 'policies/document-not-found'
  | 'policies/approvers-not-valid'
  | 'policies/approvers-unchanged'
  | 'policies/own-draft';

export const mostApprovers = 5;

/** How many people must approve each version. Who wrote the open draft cannot ask for fewer: it would be a way past them. */
export async function setApprovers(
  ctx: Context,
  { documentId, approvers }: Approvers,
): Promise<Outcome<null, SetApproversRefusal>> {
  scopeOf(ctx, 'policies:publish');
  const document = await ctx.db
    .selectFrom('policies.document')
    .select(['departmentId', 'approvers'])
    .where('id', '=', documentId)
    .forUpdate()
    .executeTakeFirst();
  if (!document) return refuse('policies/document-not-found');
  ctx.require('policies:publish', { department: document.departmentId });
  if (!Number.isInteger(approvers) || approvers < 0 || approvers > mostApprovers)
    return refuse('policies/approvers-not-valid', { most: mostApprovers });
  if (approvers === document.approvers) return refuse('policies/approvers-unchanged');
  if (approvers < document.approvers && ctx.actor.kind === 'staff') {
    if ((await authorsOf(ctx, documentId)).has(ctx.actor.id)) return refuse('policies/own-draft');
  }
  await ctx.db.updateTable('policies.document').set({ approvers }).where('id', '=', documentId).execute();
  // In public where the document is: that fewer eyes look from now on is for everybody to see.
  await ctx.record({ type: 'policy.approvers-set', object: documentId, fields: { approvers } });
  return done(null);
}
