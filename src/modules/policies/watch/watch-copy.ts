import type { Context } from '#kernel/context';
import { rowId } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { type AddressRefusal, checkAddress } from '../elsewhere/check-address.ts';
import { documentToWrite } from '../elsewhere/document-to-write.ts';
import { queueLook } from '../elsewhere/look-elsewhere.ts';

export type WatchCopyRefusal = 'policies/document-not-found' | AddressRefusal;

/**
 * Sets where the organisation's own website shows a document, and has somebody look at once. The same address a second time is only
 * another look. Another address begins anew: what was found at the old one says nothing about it.
 */
export async function watchCopy(
  ctx: Context,
  { documentId, url }: { readonly documentId: string; readonly url: string },
): Promise<Outcome<{ copyId: string }, WatchCopyRefusal>> {
  if (!(await documentToWrite(ctx, documentId))) return refuse('policies/document-not-found');
  const address = checkAddress(url);
  if (!address.ok) return address;
  const now = ctx.now();
  const known = await ctx.db
    .selectFrom('policies.publicCopy')
    .select(['id', 'url'])
    .where('documentId', '=', documentId)
    .executeTakeFirst();
  const copyId = known?.id ?? rowId(now);
  if (known?.url === address.value)
    await ctx.db.updateTable('policies.publicCopy').set({ askedAt: now }).where('id', '=', copyId).execute();
  else {
    const nothing = { checkedAt: null, version: null, comparison: null, reason: null };
    const fresh = { url: address.value, state: 'unchecked' as const, since: now, askedAt: now, ...nothing };
    await ctx.db
      .insertInto('policies.publicCopy')
      .values({ id: copyId, documentId, ...fresh })
      .onConflict((conflict) => conflict.column('documentId').doUpdateSet(fresh))
      .execute();
    await ctx.record({ type: 'public-copy.watched', subject: copyId, body: { document: documentId, url: address.value } });
  }
  await queueLook(ctx.db, copyId);
  return done({ copyId });
}
