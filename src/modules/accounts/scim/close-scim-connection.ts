import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { lockConnection } from './lock-connection.ts';

export type CloseScimConnectionRefusal = 'accounts/scim-connection-not-found';

/** Ends a connection and its tokens at once. Its accounts stay as they are, to be kept in the console or handed to another. */
export async function closeScimConnection(
  ctx: Context,
  { connectionId }: { connectionId: string },
): Promise<Outcome<null, CloseScimConnectionRefusal>> {
  ctx.require('accounts:connect');
  if (!(await lockConnection(ctx, connectionId))) return refuse('accounts/scim-connection-not-found');
  await ctx.db
    .updateTable('accounts.scimConnection')
    .set({ closedAt: ctx.now(), providerId: null })
    .where('id', '=', connectionId)
    .execute();
  await ctx.db.deleteFrom('accounts.scimToken').where('connectionId', '=', connectionId).execute();
  await ctx.db.deleteFrom('accounts.scimClaim').where('connectionId', '=', connectionId).execute();
  await ctx.record({ type: 'scim.disconnected', subject: connectionId, body: {} });
  return done(null);
}
