import { type Context, scopeOf } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { documentToWrite } from '../elsewhere/document-to-write.ts';
import { touchDraft } from './touch-draft.ts';

export type RemoveSignedCopyRefusal = 'policies/document-not-found' | 'policies/signed-copy-missing';

/** Takes the signed copy away from the draft. What was published with a version stays with it. */
export async function removeSignedCopy(
  ctx: Context,
  { documentId }: { readonly documentId: string },
): Promise<Outcome<{ revision: number }, RemoveSignedCopyRefusal>> {
  scopeOf(ctx, 'policies:write');
  if (!(await documentToWrite(ctx, documentId))) return refuse('policies/document-not-found');
  const gone = await ctx.db.deleteFrom('policies.signedCopy').where('documentId', '=', documentId).executeTakeFirst();
  if (gone.numDeletedRows === 0n) return refuse('policies/signed-copy-missing');
  const revision = await touchDraft(ctx, documentId);
  if (revision === null) throw new Error('a signed copy lies beside a draft');
  return done({ revision });
}
