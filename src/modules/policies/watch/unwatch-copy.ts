import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { documentToWrite } from '../elsewhere/document-to-write.ts';

export type UnwatchCopyRefusal = 'policies/document-not-found' | 'policies/copy-not-watched';

/** Nobody looks at the website's copy any more. What was found until then stays in the record. */
export async function unwatchCopy(
  ctx: Context,
  { documentId }: { readonly documentId: string },
): Promise<Outcome<null, UnwatchCopyRefusal>> {
  if (!(await documentToWrite(ctx, documentId))) return refuse('policies/document-not-found');
  const gone = await ctx.db
    .deleteFrom('policies.publicCopy')
    .where('documentId', '=', documentId)
    .returning(['id', 'url'])
    .executeTakeFirst();
  if (!gone) return refuse('policies/copy-not-watched');
  await ctx.record({ type: 'public-copy.unwatched', subject: gone.id, body: { document: documentId, url: gone.url } });
  return done(null);
}
