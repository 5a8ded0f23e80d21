import type { Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import type { Surface } from '../tables.ts';
import { limits } from './limits.ts';

/** Who is signed in, and by which session. */
export type SignedIn<Actor> = {
  readonly actor: Actor;
  readonly account: { readonly id: string; readonly email: string | null; readonly name: string | null };
  readonly session: { readonly id: string; readonly provedAt: Temporal.Instant };
};

// Written at most once a minute: a row changed by each click would be the busiest of the database.
const seenStep = Temporal.Duration.from({ minutes: 1 });

/** The session of a token, unless it is of the other surface, ended, idle or old, or its owner has left. */
export async function findSession(
  ctx: Context,
  token: string,
  surface: Surface,
): Promise<Omit<SignedIn<unknown>, 'actor'> | null> {
  const now = ctx.now();
  const row = await ctx.db
    .selectFrom('accounts.session as session')
    .innerJoin('accounts.account as account', 'account.id', 'session.accountId')
    .select(['session.id as sessionId', 'session.seenAt', 'session.provedAt', 'account.id', 'account.email', 'account.name'])
    .where('session.tokenHash', '=', sha256(token))
    .where('session.surface', '=', surface)
    .where('session.expiresAt', '>', now)
    .where('session.seenAt', '>', now.subtract(limits[surface].idle))
    .where('account.leftAt', 'is', null)
    .executeTakeFirst();
  if (!row) return null;
  const { id, email, name, sessionId, seenAt, provedAt } = row;
  if (Temporal.Instant.compare(seenAt, now.subtract(seenStep)) <= 0)
    await ctx.db.updateTable('accounts.session').set({ seenAt: now }).where('id', '=', sessionId).execute();
  return { account: { id, email, name }, session: { id: sessionId, provedAt } };
}
