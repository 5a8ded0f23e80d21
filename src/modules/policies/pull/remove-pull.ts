import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { documentToWrite } from '../elsewhere/document-to-write.ts';

export type RemovePullRefusal = 'policies/document-not-found' | 'policies/no-source';

/** The text is written here from now on. A draft that came from there stays. */
export async function removePull(
  ctx: Context,
  { documentId }: { readonly documentId: string },
): Promise<Outcome<null, RemovePullRefusal>> {
  if (!(await documentToWrite(ctx, documentId))) return refuse('policies/document-not-found');
  const gone = await ctx.db
    .deleteFrom('policies.pull')
    .where('documentId', '=', documentId)
    .returning(['id', 'url'])
    .executeTakeFirst();
  if (!gone) return refuse('policies/no-source');
  await ctx.record({ type: 'pull.removed', subject: gone.id, body: { document: documentId, url: gone.url } });
  return done(null);
}
