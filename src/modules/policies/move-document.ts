import { type Context, scopeOf } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { departmentExists, recordPlace } from './open-document.ts';

export type Move = { readonly documentId: string; readonly departmentId: string | null };
export type MoveDocumentRefusal =
  | 'policies/document-not-found'
  | 'policies/department-not-found'
  | 'policies/department-unchanged';

/** Hands a document and the questions about it to another department. Only for somebody who may write in both. */
export async function moveDocument(
  ctx: Context,
  { documentId, departmentId }: Move,
): Promise<Outcome<null, MoveDocumentRefusal>> {
  scopeOf(ctx, 'policies:write');
  const document = await ctx.db
    .selectFrom('policies.document')
    .select('departmentId')
    .where('id', '=', documentId)
    .forUpdate()
    .executeTakeFirst();
  if (!document) return refuse('policies/document-not-found');
  ctx.require('policies:write', { department: document.departmentId });
  ctx.require('policies:write', { department: departmentId });
  if (!(await departmentExists(ctx, departmentId))) return refuse('policies/department-not-found');
  if (document.departmentId === departmentId) return refuse('policies/department-unchanged');
  await ctx.db.updateTable('policies.document').set({ departmentId }).where('id', '=', documentId).execute();
  await recordPlace(ctx, documentId, document.departmentId, departmentId);
  return done(null);
}
