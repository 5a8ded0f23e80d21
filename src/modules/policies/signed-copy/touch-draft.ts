import type { Context } from '#kernel/context';
import { noteAuthor } from '../review/note-author.ts';

/** What belongs to the draft changed: it is another draft now, and whoever did it had a hand in it. `null` when there is none. */
export async function touchDraft(ctx: Context, documentId: string): Promise<number | null> {
  const draft = await ctx.db
    .updateTable('policies.draft')
    .set((eb) => ({
      revision: eb('revision', '+', 1),
      updatedAt: ctx.now(),
      updatedBy: ctx.actor.kind === 'staff' ? ctx.actor.id : ctx.actor.kind,
    }))
    .where('documentId', '=', documentId)
    .returning('revision')
    .executeTakeFirst();
  if (!draft) return null;
  const { revision: draftRevision } = draft;
  await ctx.db.updateTable('policies.document').set({ draftRevision }).where('id', '=', documentId).execute();
  await noteAuthor(ctx, documentId);
  return draft.revision;
}
