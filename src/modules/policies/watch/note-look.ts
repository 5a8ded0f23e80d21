import type { Context } from '#kernel/context';
import { type Outcome, done } from '#kernel/outcome';
import { judgeLook, type Look } from './judge-look.ts';

/** Part of a task that the process does for itself: keeps what a look found. A change of state is recorded, a repetition is not. */
export async function noteLook(
  ctx: Context,
  { copyId, url, look }: { readonly copyId: string; readonly url: string; readonly look: Look },
): Promise<Outcome<null, never>> {
  ctx.require('policies:write');
  const copy = await ctx.db.selectFrom('policies.publicCopy').selectAll().where('id', '=', copyId).forUpdate().executeTakeFirst();
  // Somebody set another address meanwhile: this look says nothing about it.
  if (copy?.url !== url) return done(null);
  const { state, since, version, comparison, reason } = judgeLook(copy, look, ctx.now());
  await ctx.db
    .updateTable('policies.publicCopy')
    .set({
      state,
      since,
      version,
      checkedAt: ctx.now(),
      comparison: comparison && JSON.stringify(comparison),
      reason: reason && JSON.stringify(reason),
    })
    .where('id', '=', copyId)
    .execute();
  if (state !== copy.state) {
    const { missing = 0, reworded = 0, added = 0 } = state === 'differs' ? (comparison ?? {}) : {};
    const counts = state === 'differs' ? { missing, reworded, added } : {};
    const body = { document: copy.documentId, url, from: copy.state, to: state, version, ...counts };
    await ctx.record({ type: 'public-copy.changed', subject: copyId, body });
  }
  return done(null);
}
