import type { Context } from '#kernel/context';
import { ownAccount } from '../own-account.ts';

export type PastSignIn = {
  readonly id: string;
  readonly at: Temporal.Instant;
  readonly method: string;
  readonly outcome: 'signed-in' | 'refused';
  readonly device: string;
  readonly network: string;
};

/** How long it is told who signed in: long enough to find what a statement of the last quarter points at. */
export const historyLasts = { hours: 24 * 90 };

const mostShown = 100;

/** Who signed in as whoever acts, or tried to, newest first. */
export async function signInHistory(ctx: Context): Promise<PastSignIn[]> {
  const { id } = ownAccount(ctx, 'self:read');
  return ctx.db
    .selectFrom('accounts.signIn')
    .select(['id', 'at', 'method', 'outcome', 'device', 'network'])
    .where('accountId', '=', id)
    .where('at', '>', ctx.now().subtract(historyLasts))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(mostShown)
    .execute();
}
