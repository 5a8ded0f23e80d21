import { readSecondPerson, requestApproval, type RequestApprovalRefusal, type SecondPerson } from '#accounts';
import { type Context, scopeOf } from '#kernel/context';
import { type Outcome, refuse } from '#kernel/outcome';
import { erasureDeed } from './erase-question.ts';

export type AskToEraseRefusal = 'support/question-not-found' | 'support/erased' | RequestApprovalRefusal;

/** Asks a second person to agree that staff erase a question. What it says stays sealed: the request names the document alone. */
export async function askToErase(
  ctx: Context,
  { id, reason }: { id: string; reason: string },
): Promise<Outcome<{ approvalId: string }, AskToEraseRefusal>> {
  scopeOf(ctx, 'support:erase');
  const row = await ctx.db
    .selectFrom('support.question as question')
    .innerJoin('policies.document as document', 'document.id', 'question.documentId')
    .select(['question.erasedAt', 'document.title', 'document.departmentId'])
    .where('question.id', '=', id)
    .executeTakeFirst();
  if (!row) return refuse('support/question-not-found');
  ctx.require('support:erase', { department: row.departmentId });
  if (row.erasedAt) return refuse('support/erased');
  const deed = erasureDeed(id, row.departmentId);
  return requestApproval(ctx, { ...deed, title: row.title, href: `console/questions/${id}`, reason });
}

/** What stands between the actor and an erasure, for the page of a question that they can read. */
export async function eraseStanding(ctx: Context, id: string): Promise<SecondPerson> {
  // No permission of its own: whoever may not erase asks in vain, and the page asked for support:read.
  const row = await ctx.db
    .selectFrom('support.question as question')
    .innerJoin('policies.document as document', 'document.id', 'question.documentId')
    .select('document.departmentId')
    .where('question.id', '=', id)
    .executeTakeFirst();
  return row ? readSecondPerson(ctx, erasureDeed(id, row.departmentId)) : { state: 'not-needed' };
}
