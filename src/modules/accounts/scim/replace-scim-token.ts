import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { findRole, holdsAll } from '../roles/find-role.ts';
import { lockConnection } from './lock-connection.ts';
import { makeToken } from './make-token.ts';

export type ReplaceScimTokenRefusal = 'accounts/scim-connection-not-found' | 'accounts/wider-than-own';

/** How long the token before still works, so that the other side can be changed without a gap. */
export const tokenOverlap = Temporal.Duration.from({ hours: 24 });

/** A new token for a connection. The one before ends after the overlap, one still older at once. */
export async function replaceScimToken(
  ctx: Context,
  { connectionId }: { connectionId: string },
): Promise<Outcome<{ token: string }, ReplaceScimTokenRefusal>> {
  ctx.require('accounts:connect');
  if (!(await lockConnection(ctx, connectionId))) return refuse('accounts/scim-connection-not-found');
  const gives = await ctx.db
    .selectFrom('accounts.scimGroup')
    .select(['role', 'departmentId'])
    .where('connectionId', '=', connectionId)
    .where('role', 'is not', null)
    .execute();
  // Whoever holds the token decides who is in a group, and so who has its role: that is an owner's to give.
  if (gives.length > 0) ctx.require('accounts:manage');
  for (const { role, departmentId } of gives) {
    const granted = role === null ? null : await findRole(ctx.db, role);
    if (granted && !holdsAll(ctx.actor, granted, departmentId)) return refuse('accounts/wider-than-own');
  }
  await ctx.db
    .deleteFrom('accounts.scimToken')
    .where('connectionId', '=', connectionId)
    .where('expiresAt', 'is not', null)
    .execute();
  await ctx.db
    .updateTable('accounts.scimToken')
    .set({ expiresAt: ctx.now().add(tokenOverlap) })
    .where('connectionId', '=', connectionId)
    .execute();
  const token = await makeToken(ctx, connectionId);
  await ctx.record({ type: 'scim.token-replaced', subject: connectionId, body: {} });
  return done({ token });
}
