import { type Deed, secondPersonMissing, type SecondPersonRefusal } from '#accounts';
import { sha256 } from '#kernel/crypto';
import { type Context, mandateOf, scopeOf } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { withholdBody } from '#ledger';
import { readByReceipt, type Receipt } from './read-questions.ts';

export type EraseRefusal = 'support/question-not-found' | 'support/erased' | SecondPersonRefusal;

export type ErasedBy =
  | { readonly receipt: Receipt }
  | { readonly id: string }
  | { readonly id: string; readonly accountId: string };

/**
 * By the person with their receipt or their account, or by staff on request. What stays is a row without content, for the count,
 * and the commitments.
 */
export async function eraseQuestion(ctx: Context, by: ErasedBy): Promise<Outcome<null, EraseRefusal>> {
  if ('accountId' in by) ctx.require('self:erase', { subject: by.accountId });
  else if ('id' in by) scopeOf(ctx, 'support:erase');
  const id = 'id' in by ? by.id : (await readByReceipt(ctx, by.receipt))?.id;
  if (id === undefined) return refuse('support/question-not-found');
  let query = ctx.db
    .selectFrom('support.question as question')
    .innerJoin('policies.document as document', 'document.id', 'question.documentId')
    .selectAll('question')
    .select('document.departmentId')
    .where('question.id', '=', id);
  if ('accountId' in by) query = query.where('question.accountId', '=', by.accountId);
  const row = await query.forUpdate('question').executeTakeFirst();
  if (!row) return refuse('support/question-not-found');
  if ('id' in by && !('accountId' in by)) ctx.require('support:erase', { department: row.departmentId });
  // Who comes with a receipt must not learn that it once was one.
  if (row.erasedAt) return refuse('receipt' in by ? 'support/question-not-found' : 'support/erased');
  const byStaff = 'id' in by && !('accountId' in by);
  if (byStaff && (await secondPersonMissing(ctx, erasureDeed(row.id, row.departmentId))))
    return refuse('accounts/second-person-needed');
  if (row.publishedObject) {
    const published = await ctx.db
      .selectFrom('ledger.body as body')
      .innerJoin('ledger.event as event', 'event.id', 'body.eventId')
      .select('body.hash')
      .where('event.object', '=', row.publishedObject)
      .where('body.withheldAt', 'is', null)
      .execute();
    for (const { hash } of published) await withholdBody(ctx, { hash, reason: 'erasure-request' });
  }
  if ('accountId' in by && mandateOf(ctx.actor, by.accountId))
    await ctx.record({ type: 'user.question-erased', subject: by.accountId, body: { question: row.id } });
  await ctx.record({ type: 'person.erased', subject: row.subject, body: { by: ctx.actor.kind }, thenErase: true });
  await ctx.db
    .updateTable('support.question')
    .set({
      receiptHash: null,
      referenceHash: null,
      accountId: null,
      sealed: null,
      sealedAnswer: null,
      clauseId: null,
      publishedAt: null,
      erasedAt: ctx.now(),
    })
    .where('id', '=', row.id)
    .execute();
  return done(null);
}

/** What a second person agrees to when staff erase a question. People erase their own alone. */
export function erasureDeed(id: string, department: string | null): Deed {
  return { permission: 'support:erase', object: id, digest: sha256(`erase/${id}`), department };
}
