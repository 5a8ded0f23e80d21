import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { documentToWrite } from '../elsewhere/document-to-write.ts';
import { saveDraft, type SaveDraftRefusal } from '../save-draft.ts';
import { digestOf, draftedBody } from './note-pulled.ts';

export type TakePulledRefusal = SaveDraftRefusal | 'policies/nothing-waiting';

/**
 * The text that waits takes the place of the draft's; summary and time of effect stay.
 * @param revision Of the draft that whoever takes it has seen: one that was saved since is not overwritten.
 */
export async function takePulled(
  ctx: Context,
  { documentId, revision }: { readonly documentId: string; readonly revision: number },
): Promise<Outcome<{ revision: number }, TakePulledRefusal>> {
  if (!(await documentToWrite(ctx, documentId))) return refuse('policies/document-not-found');
  const pull = await ctx.db
    .selectFrom('policies.pull')
    .select(['id', 'waitingText', 'gitCommit'])
    .where('documentId', '=', documentId)
    .forUpdate()
    .executeTakeFirst();
  if (!pull || pull.waitingText === null) return refuse('policies/nothing-waiting');
  const draft = await ctx.db.selectFrom('policies.draft').selectAll().where('documentId', '=', documentId).executeTakeFirst();
  const { summary = '', effectiveLocal = '' } = draft ?? {};
  const saved = await saveDraft(ctx, { documentId, text: pull.waitingText, summary, effectiveLocal, revision });
  if (!saved.ok) return saved;
  const taken = digestOf(pull.waitingText);
  await ctx.db
    .updateTable('policies.pull')
    .set({ state: 'drafted', since: ctx.now(), waitingText: null, taken })
    .where('id', '=', pull.id)
    .execute();
  await ctx.record({ type: 'pull.drafted', subject: pull.id, body: draftedBody(documentId, taken, pull.gitCommit) });
  return done(saved.value);
}
