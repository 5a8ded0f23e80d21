import type { Context } from '#kernel/context';
import { type Outcome, done } from '#kernel/outcome';
import type { JsonObject } from './canonical.ts';
import { holderOf } from './check-user.ts';
import { connectionOf } from './connection-of.ts';
import { readResource } from './read-resource.ts';
import { userType } from './schema.ts';
import { addressIn } from './user-resource.ts';

/**
 * Keeps that the connection asked for an account that somebody else holds, for an owner to decide about. An act of its own, after
 * the refused one, of which nothing stays.
 */
export async function noteScimClaim(ctx: Context, { sent }: { sent: JsonObject }): Promise<Outcome<null, never>> {
  const connectionId = connectionOf(ctx);
  const read = readResource(sent, userType);
  const address = read.ok ? addressIn(read.value) : null;
  const accountId = address === null ? null : await holderOf(ctx, address);
  if (!read.ok || accountId === null) return done(null);
  const { userName, externalId } = read.value;
  if (typeof userName !== 'string') return done(null);
  const told = {
    userName,
    externalId: typeof externalId === 'string' ? externalId : null,
    askedAt: ctx.now(),
  };
  await ctx.db
    .insertInto('accounts.scimClaim')
    .values({ connectionId, accountId, ...told })
    .onConflict((conflict) => conflict.columns(['connectionId', 'accountId']).doUpdateSet(told))
    .execute();
  return done(null);
}
