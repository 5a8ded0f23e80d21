import { type Context, scopeOf } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { sealFor, subjectKey } from '#ledger';

export type AnswerRefusal =
  | 'support/question-not-found'
  | 'support/already-answered'
  | 'support/erased'
  | 'support/answer-too-short'
  | 'support/answer-too-long';

export const longestAnswer = 10_000;

/** Staff answer once; the person's own record says when, and whether it was in time. */
export async function answerQuestion(
  ctx: Context,
  input: { id: string; answer: string },
): Promise<Outcome<{ late: boolean }, AnswerRefusal>> {
  scopeOf(ctx, 'support:answer');
  const answer = input.answer.trim();
  if (answer.length < 2) return refuse('support/answer-too-short');
  if (answer.length > longestAnswer) return refuse('support/answer-too-long', { longest: longestAnswer, length: answer.length });
  const row = await ctx.db
    .selectFrom('support.question as question')
    .innerJoin('policies.document as document', 'document.id', 'question.documentId')
    .selectAll('question')
    .select('document.departmentId')
    .where('question.id', '=', input.id)
    .forUpdate('question')
    .executeTakeFirst();
  if (!row) return refuse('support/question-not-found');
  ctx.require('support:answer', { department: row.departmentId });
  if (row.erasedAt) return refuse('support/erased');
  if (row.answeredAt) return refuse('support/already-answered');
  const answeredAt = ctx.now();
  const late = Temporal.Instant.compare(answeredAt, row.dueAt) > 0;
  const key = await subjectKey(ctx, row.subject);
  await ctx.db
    .updateTable('support.question')
    .set({ answeredAt, sealedAnswer: sealFor(key, `answer/${row.id}`, Buffer.from(answer)) })
    .where('id', '=', row.id)
    .execute();
  await ctx.record({ type: 'question.answered', subject: row.subject, body: { answer, late } });
  return done({ late });
}
