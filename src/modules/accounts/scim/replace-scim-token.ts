import type { Context, Permission } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { askForGift, type Gift, giftDeed } from '../approvals/gift.ts';
import type { RequestApprovalRefusal } from '../approvals/request-approval.ts';
import { secondPersonMissing, type SecondPersonRefusal } from '../approvals/second-person-missing.ts';
import { anyAbove, type CeilingRefusal, holdsAll } from '../roles/ceiling.ts';
import { findRole } from '../roles/find-role.ts';
import { lockConnection } from './lock-connection.ts';
import { makeToken } from './make-token.ts';

type TokenRefusal = 'accounts/scim-connection-not-found' | CeilingRefusal;
export type ReplaceScimTokenRefusal = TokenRefusal | SecondPersonRefusal;

/** How long the token before still works, so that the other side can be changed without a gap. */
export const tokenOverlap = Temporal.Duration.from({ hours: 24 });

type One = { readonly connectionId: string };

/** A new token for a connection. The one before ends after the overlap, one still older at once. */
export async function replaceScimToken(
  ctx: Context,
  { connectionId }: One,
): Promise<Outcome<{ token: string }, ReplaceScimTokenRefusal>> {
  ctx.require('accounts:connect');
  const judged = await judge(ctx, connectionId);
  if (!judged.ok) return judged;
  const gift = judged.value;
  if (gift.granted.length > 0 && (await secondPersonMissing(ctx, await giftDeed(ctx, gift))))
    return refuse('accounts/second-person-needed');
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

/** Asks a second person to agree that somebody holds a new token of a connection whose groups give something. */
export async function askToReplaceToken(
  ctx: Context,
  { connectionId, reason }: One & { readonly reason: string },
): Promise<Outcome<{ approvalId: string }, TokenRefusal | RequestApprovalRefusal>> {
  ctx.require('accounts:connect');
  const judged = await judge(ctx, connectionId);
  if (!judged.ok) return judged;
  if (judged.value.granted.length === 0) return refuse('accounts/second-person-not-needed');
  const { name } = await ctx.db
    .selectFrom('accounts.scimConnection')
    .select('name')
    .where('id', '=', connectionId)
    .executeTakeFirstOrThrow();
  const words = { title: name, href: 'console/connections/scim', reason };
  return askForGift(ctx, judged.value, 'accounts:manage', words);
}

/** Whoever holds the token decides who is in a group, and so who has its role, and who of its people may still sign in. */
async function judge(ctx: Context, connectionId: string): Promise<Outcome<Gift, TokenRefusal>> {
  if (!(await lockConnection(ctx, connectionId))) return refuse('accounts/scim-connection-not-found');
  const gives = await ctx.db
    .selectFrom('accounts.scimGroup')
    .select(['id', 'role', 'departmentId'])
    .where('connectionId', '=', connectionId)
    .where('role', 'is not', null)
    .orderBy('id')
    .execute();
  if (gives.length > 0) ctx.require('accounts:manage');
  const granted = new Set<Permission>();
  for (const { role, departmentId } of gives) {
    const gift = role === null ? [] : ((await findRole(ctx.db, role)) ?? []);
    if (!holdsAll(ctx.actor, gift, departmentId)) return refuse('accounts/wider-than-own');
    for (const permission of gift) granted.add(permission);
  }
  const users = await ctx.db
    .selectFrom('accounts.scimUser')
    .select('accountId')
    .where('connectionId', '=', connectionId)
    .where('removedAt', 'is', null)
    .execute();
  const managed = users.map(({ accountId }) => accountId);
  if (await anyAbove(ctx, managed)) return refuse('accounts/above-own');
  const terms = gives.flatMap(({ id, role, departmentId }) => [id, role, departmentId]);
  return done({ object: `scim-token/${connectionId}`, terms, granted: [...granted] });
}
