import { type Context, scopeOf } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { openObject } from '#ledger';

export type PublishQuestionRefusal =
  | 'support/question-not-found'
  | 'support/erased'
  | 'support/not-answered'
  | 'support/no-consent-to-publish'
  | 'support/already-published'
  | 'support/published-text-missing';

export type PublishedQuestion = { readonly id: string; readonly question: string; readonly answer: string };

/** Shows a question and its answer to everyone, in words that may leave out what is personal. Only with the asker's consent. */
export async function publishQuestion(ctx: Context, input: PublishedQuestion): Promise<Outcome<null, PublishQuestionRefusal>> {
  scopeOf(ctx, 'support:answer');
  const question = input.question.trim();
  const answer = input.answer.trim();
  if (question === '' || answer === '') return refuse('support/published-text-missing');
  const row = await ctx.db
    .selectFrom('support.question as question')
    .innerJoin('policies.document as document', 'document.id', 'question.documentId')
    .selectAll('question')
    .select(['document.slug', 'document.departmentId'])
    .where('question.id', '=', input.id)
    .forUpdate('question')
    .executeTakeFirst();
  if (!row) return refuse('support/question-not-found');
  ctx.require('support:answer', { department: row.departmentId });
  if (row.erasedAt) return refuse('support/erased');
  if (!row.answeredAt) return refuse('support/not-answered');
  if (!row.mayPublish) return refuse('support/no-consent-to-publish');
  if (row.publishedAt) return refuse('support/already-published');
  // An object of its own: the public id must not lead back to the private one.
  const object = await openObject(ctx, 'public');
  await ctx.record({
    type: 'question.published',
    object,
    fields: { policy: row.slug, version: row.versionNumber, clause: row.clauseId, language: row.language },
    body: { bytes: Buffer.from(JSON.stringify({ question, answer })), mediaType: 'application/json' },
  });
  await ctx.record({ type: 'question.shown-to-everyone', subject: row.subject, body: { object } });
  await ctx.db
    .updateTable('support.question')
    .set({ publishedObject: object, publishedAt: ctx.now() })
    .where('id', '=', row.id)
    .execute();
  return done(null);
}
