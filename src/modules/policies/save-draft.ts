import { type Context, scopeOf } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { noteAuthor } from './review/note-author.ts';

export type DraftEdit = {
  readonly documentId: string;
  readonly text: string;
  readonly summary: string;
  /** Local date or date-time, may be unfinished; it is judged when publishing. */
  readonly effectiveLocal: string;
  /** The revision this edit began from; 0 for the first. */
  readonly revision: number;
  /** As a publication has them, and like its time judged only then. */
  readonly audience?: string;
  readonly jurisdiction?: string;
  readonly changeClass?: string;
  readonly legalBasis?: string;
};
export type SaveDraftRefusal = 'policies/document-not-found' | 'policies/draft-changed-meanwhile' | 'policies/text-too-large';

/** From how far back what two people wrote is still brought together. */
const keptRevisions = 50;
export const largestDraft = 5_000_000;

/** Keeps the working text. A draft is nobody's promise yet, so no event is recorded. Two editors never overwrite each other. */
export async function saveDraft(ctx: Context, edit: DraftEdit): Promise<Outcome<{ revision: number }, SaveDraftRefusal>> {
  scopeOf(ctx, 'policies:write');
  const text = edit.text.replaceAll('\r\n', '\n');
  const bytes = Buffer.byteLength(text);
  if (bytes > largestDraft) return refuse('policies/text-too-large', { bytes, limit: largestDraft });
  const document = await ctx.db
    .selectFrom('policies.document')
    .select(['departmentId', 'draftRevision'])
    .where('id', '=', edit.documentId)
    .forUpdate()
    .executeTakeFirst();
  if (!document) return refuse('policies/document-not-found');
  ctx.require('policies:write', { department: document.departmentId });
  const current = await ctx.db
    .selectFrom('policies.draft')
    .select('revision')
    .where('documentId', '=', edit.documentId)
    .executeTakeFirst();
  if ((current?.revision ?? 0) !== edit.revision)
    return refuse('policies/draft-changed-meanwhile', { revision: current?.revision ?? 0 });
  const wording = {
    text,
    summary: edit.summary.trim(),
    effectiveLocal: edit.effectiveLocal.trim(),
    audience: edit.audience ?? 'everyone',
    jurisdiction: edit.jurisdiction?.trim() ?? '',
    changeClass: edit.changeClass ?? '',
    legalBasis: edit.legalBasis?.trim() ?? '',
  };
  const { documentId } = edit;
  const revision = document.draftRevision + 1;
  const draft = {
    documentId,
    ...wording,
    revision,
    updatedAt: ctx.now(),
    updatedBy: ctx.actor.kind === 'staff' ? ctx.actor.id : ctx.actor.kind,
  };
  await ctx.db
    .insertInto('policies.draft')
    .values(draft)
    .onConflict((conflict) => conflict.column('documentId').doUpdateSet(draft))
    .execute();
  await ctx.db.updateTable('policies.document').set({ draftRevision: revision }).where('id', '=', documentId).execute();
  await ctx.db
    .insertInto('policies.draftRevision')
    .values({ documentId, revision, ...wording })
    .execute();
  await ctx.db
    .deleteFrom('policies.draftRevision')
    .where('documentId', '=', documentId)
    .where('revision', '<=', revision - keptRevisions)
    .execute();
  await noteAuthor(ctx, documentId);
  return done({ revision: draft.revision });
}
