import { isId } from '#kernel/ids';
import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { endSessions } from '../sessions/end-sessions.ts';
import { connectionOf } from './connection-of.ts';
import { isLastOwner } from './is-last-owner.ts';
import { settleGrants } from './settle-grants.ts';
import { usersOf } from './user-resource.ts';

export type RemoveScimUserRefusal = 'accounts/scim-last-owner' | 'accounts/scim-not-found';

/**
 * DELETE: the person leaves for good. The record of what they did stays; name and address are free for somebody new, who gets
 * an account of their own and nothing of this one.
 */
export async function removeScimUser(ctx: Context, { id }: { id: string }): Promise<Outcome<null, RemoveScimUserRefusal>> {
  const connectionId = connectionOf(ctx);
  const user = isId(id)
    ? await usersOf(ctx, connectionId).where('user.accountId', '=', id).forUpdate().executeTakeFirst()
    : undefined;
  if (!user) return refuse('accounts/scim-not-found');
  if (user.leftAt === null && (await isLastOwner(ctx, id))) return refuse('accounts/scim-last-owner');
  const now = ctx.now();
  await ctx.db
    .updateTable('accounts.account')
    .set({ email: null, leftAt: user.leftAt ?? now })
    .where('id', '=', id)
    .execute();
  await ctx.db
    .updateTable('accounts.scimUser')
    .set({ removedAt: now, changedAt: now, attributes: '{}', deactivatedAt: user.deactivatedAt ?? now })
    .where('accountId', '=', id)
    .execute();
  // The directory may make the same person anew, who is then known there again and gets nothing of this account.
  await ctx.db
    .deleteFrom('accounts.identity')
    .where('accountId', '=', id)
    .where('providerId', '=', (eb) =>
      eb.selectFrom('accounts.scimConnection').select('providerId').where('accounts.scimConnection.id', '=', connectionId),
    )
    .execute();
  await ctx.db.deleteFrom('accounts.scimMember').where('accountId', '=', id).execute();
  await settleGrants(ctx, [id]);
  await endSessions(ctx, id);
  if (user.leftAt === null)
    await ctx.record({ type: 'staff.left', subject: id, body: { by: 'scim', connection: connectionId, removed: true } });
  return done(null);
}
