import type { Context } from '#kernel/context';

/** Whoever had a hand in a draft may not approve it. */
export async function noteAuthor(ctx: Context, documentId: string): Promise<void> {
  if (ctx.actor.kind !== 'staff') return;
  await ctx.db
    .insertInto('policies.draftAuthor')
    .values({ documentId, accountId: ctx.actor.id })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
