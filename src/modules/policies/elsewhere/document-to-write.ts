import { type Context, scopeOf } from '#kernel/context';

/** Locks a document for somebody who may write it. `false` when there is none. */
export async function documentToWrite(ctx: Context, documentId: string): Promise<boolean> {
  scopeOf(ctx, 'policies:write');
  const document = await ctx.db
    .selectFrom('policies.document')
    .select('departmentId')
    .where('id', '=', documentId)
    .forUpdate()
    .executeTakeFirst();
  if (!document) return false;
  ctx.require('policies:write', { department: document.departmentId });
  return true;
}
