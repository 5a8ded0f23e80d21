import type { Context } from '#kernel/context';
import type { Outcome } from '#kernel/outcome';
import type { DecisionRow } from './acceptor.ts';
import { decide, type DecideRefusal } from './decide.ts';
import { type OwnAnswer, ownAnswer } from './own-answer.ts';

/** Says yes to the version in force. */
export async function acceptVersion(ctx: Context, answer: OwnAnswer): Promise<Outcome<DecisionRow, DecideRefusal>> {
  ctx.require('self:manage', { subject: answer.accountId });
  return decide(ctx, ownAnswer(answer, 'accepted'));
}
