import type { Context } from '#kernel/context';
import type { Surface } from '../tables.ts';
import { limits } from './limits.ts';
import type { SessionRow } from './session-cache.ts';

/** Who is signed in, and by which session. */
export type SignedIn<Actor> = {
  readonly actor: Actor;
  readonly account: { readonly id: string; readonly email: string | null; readonly name: string | null };
  readonly session: { readonly id: string; readonly provedAt: Temporal.Instant };
};

// Written at most once a minute: a row changed by each click would be the busiest of the database.
const seenStep = Temporal.Duration.from({ minutes: 1 });

/** The session of a token, unless it ended, is of the other surface, or its owner has left. */
export async function findSession(ctx: Context, tokenHash: Buffer, surface: Surface): Promise<SessionRow | null> {
  const row = await ctx.db
    .selectFrom('accounts.session as session')
    .innerJoin('accounts.account as account', 'account.id', 'session.accountId')
    .select(['session.id as sessionId', 'session.seenAt', 'session.provedAt', 'session.expiresAt'])
    .select(['account.id', 'account.email', 'account.name'])
    .where('session.tokenHash', '=', tokenHash)
    .where('session.surface', '=', surface)
    .where('account.leftAt', 'is', null)
    .executeTakeFirst();
  return row ?? null;
}

/** Neither idle for too long nor too old at this instant. */
export function isOpen({ seenAt, expiresAt }: SessionRow, surface: Surface, now: Temporal.Instant): boolean {
  return isLater(expiresAt, now) && isLater(seenAt, now.subtract(limits[surface].idle));
}

function isLater(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) > 0;
}

/** Keeps in mind that the session is in use. */
export async function markSeen(ctx: Context, session: SessionRow): Promise<void> {
  const now = ctx.now();
  if (Temporal.Instant.compare(session.seenAt, now.subtract(seenStep)) > 0) return;
  // First here: of many requests at the same moment one writes.
  session.seenAt = now;
  await ctx.db.updateTable('accounts.session').set({ seenAt: now }).where('id', '=', session.sessionId).execute();
}
