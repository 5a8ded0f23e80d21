import { type Context, scopeOf } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { moveVisibility } from '#ledger';

export type HideRefusal = 'policies/document-not-found' | 'ledger/visibility-unchanged';

/** Takes a document out of public view. Its entries stay, and that it left is itself a public statement. */
export async function hideDocument(ctx: Context, { documentId }: { documentId: string }): Promise<Outcome<null, HideRefusal>> {
  scopeOf(ctx, 'policies:publish');
  const document = await ctx.db
    .selectFrom('policies.document')
    .select('departmentId')
    .where('id', '=', documentId)
    .forUpdate()
    .executeTakeFirst();
  if (!document) return refuse('policies/document-not-found');
  ctx.require('policies:publish', { department: document.departmentId });
  const moved = await moveVisibility(ctx, documentId, 'rehearsal');
  return moved.ok ? done(null) : moved;
}
