import type { Context } from '#kernel/context';
import type { Outcome } from '#kernel/outcome';
import type { DecisionRow } from './acceptor.ts';
import { decide, type DecideRefusal } from './decide.ts';
import { type OwnAnswer, ownAnswer } from './own-answer.ts';

/** Says no to the version in force. Nothing that is the person's own depends on it: they see, take along and erase as before. */
export async function refuseVersion(ctx: Context, answer: OwnAnswer): Promise<Outcome<DecisionRow, DecideRefusal>> {
  ctx.require('self:manage', { subject: answer.accountId });
  return decide(ctx, ownAnswer(answer, 'refused'));
}
