import { type Context, scopeOf } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { parseReceiptCode } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { withholdBody } from '#ledger';

export type EraseRefusal = 'support/question-not-found' | 'support/erased';

/** By the person with their code, or by staff on request. What stays is a row without content, for the count, and the commitments. */
export async function eraseQuestion(ctx: Context, by: { code: string } | { id: string }): Promise<Outcome<null, EraseRefusal>> {
  if ('id' in by) scopeOf(ctx, 'support:erase');
  const code = 'code' in by ? parseReceiptCode(by.code) : null;
  if ('code' in by && code === null) return refuse('support/question-not-found');
  const row = await ctx.db
    .selectFrom('support.question as question')
    .innerJoin('policies.document as document', 'document.id', 'question.documentId')
    .selectAll('question')
    .select('document.departmentId')
    .$if('id' in by, (query) => query.where('question.id', '=', 'id' in by ? by.id : ''))
    .$if(code !== null, (query) => query.where('question.receiptHash', '=', sha256(code ?? '')))
    .forUpdate('question')
    .executeTakeFirst();
  if (!row) return refuse('support/question-not-found');
  if ('id' in by) ctx.require('support:erase', { department: row.departmentId });
  if (row.erasedAt) return refuse('support/erased');
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
  await ctx.record({ type: 'person.erased', subject: row.subject, body: { by: ctx.actor.kind }, thenErase: true });
  await ctx.db
    .updateTable('support.question')
    .set({
      receiptHash: null,
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
