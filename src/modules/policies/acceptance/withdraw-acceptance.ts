import type { Context } from '#kernel/context';
import type { Outcome } from '#kernel/outcome';
import type { DecisionRow } from './acceptor.ts';
import { takeBack, type TakeBackRefusal } from './take-back.ts';

export type OwnWithdrawal = { readonly accountId: string; readonly slug: string; readonly after: number };

/** Takes one's yes back. */
export async function withdrawAcceptance(
  ctx: Context,
  { slug, ...own }: OwnWithdrawal,
): Promise<Outcome<DecisionRow, TakeBackRefusal>> {
  ctx.require('self:manage', { subject: own.accountId });
  return takeBack(ctx, { ...own, document: { slug }, surface: 'portal', programId: null });
}
