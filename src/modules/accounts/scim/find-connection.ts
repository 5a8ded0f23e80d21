import type { Actor, Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { connectionActor } from './connection-of.ts';

// Written at most once a minute: an identity system sends thousands of requests in one run.
const usedStep = Temporal.Duration.from({ minutes: 1 });

/** The connection whose token this is, as somebody who may act; `null` for a token of none, one that ended or was revoked. */
export async function findConnection(ctx: Context, { token }: { token: string }): Promise<Actor | null> {
  // No permission: whoever holds 256 random bits has shown who they are.
  const now = ctx.now();
  const tokenHash = sha256(token);
  const row = await ctx.db
    .selectFrom('accounts.scimToken as token')
    .innerJoin('accounts.scimConnection as connection', 'connection.id', 'token.connectionId')
    .select(['connection.id', 'token.lastUsedAt'])
    .where('token.tokenHash', '=', tokenHash)
    .where('connection.closedAt', 'is', null)
    .where((eb) => eb.or([eb('token.expiresAt', 'is', null), eb('token.expiresAt', '>', now)]))
    .executeTakeFirst();
  if (!row) return null;
  if (row.lastUsedAt === null || Temporal.Instant.compare(row.lastUsedAt, now.subtract(usedStep)) <= 0)
    await ctx.db.updateTable('accounts.scimToken').set({ lastUsedAt: now }).where('tokenHash', '=', tokenHash).execute();
  return connectionActor(row.id);
}
