import { isId } from '#kernel/ids';
import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { anyAbove } from '../roles/ceiling.ts';
import { fold, type JsonObject } from './canonical.ts';
import { lockConnection } from './lock-connection.ts';
import { settleGrants } from './settle-grants.ts';

export type HandOverAccountRefusal =
  | 'accounts/above-own'
  | 'accounts/scim-account-managed'
  | 'accounts/scim-claim-not-found'
  | 'accounts/scim-owner-never'
  | 'accounts/scim-user-exists';

/**
 * Gives an account that exists to the connection that asked for it; from now on that alone says whether the person may sign in.
 * An owner's account is never given away: who holds the identity system could then close the last door to this installation.
 */
export async function handOverAccount(
  ctx: Context,
  { connectionId, accountId }: { connectionId: string; accountId: string },
): Promise<Outcome<null, HandOverAccountRefusal>> {
  ctx.require('accounts:manage');
  const claim =
    isId(accountId) && (await lockConnection(ctx, connectionId))
      ? await ctx.db
          .selectFrom('accounts.scimClaim as claim')
          .innerJoin('accounts.account as account', 'account.id', 'claim.accountId')
          .select(['claim.userName', 'claim.externalId', 'account.email', 'account.name', 'account.createdAt'])
          .where('claim.connectionId', '=', connectionId)
          .where('claim.accountId', '=', accountId)
          .where('account.leftAt', 'is', null)
          .forUpdate()
          .executeTakeFirst()
      : undefined;
  if (!claim) return refuse('accounts/scim-claim-not-found');
  const refusal = await standsAgainst(ctx, connectionId, accountId, fold(claim.userName.trim()));
  if (refusal) return refuse(refusal);
  // The directory could then shut them out, which the actor could not.
  if (await anyAbove(ctx, [accountId])) return refuse('accounts/above-own');
  const { userName, externalId, email, name } = claim;
  const attributes: JsonObject = {
    userName,
    ...(name === null ? {} : { displayName: name }),
    ...(email === null ? {} : { emails: [{ value: email, type: 'work', primary: true }] }),
  };
  const now = ctx.now();
  // A row of a connection that was closed, or of the same one before it was deleted there, makes way.
  await ctx.db.deleteFrom('accounts.scimMember').where('accountId', '=', accountId).execute();
  await ctx.db.deleteFrom('accounts.scimUser').where('accountId', '=', accountId).execute();
  await settleGrants(ctx, [accountId]);
  await ctx.db
    .insertInto('accounts.scimUser')
    .values({
      accountId,
      connectionId,
      userKey: fold(userName.trim()),
      externalId,
      attributes: JSON.stringify(attributes),
      deactivatedAt: null,
      createdAt: now,
      changedAt: now,
      removedAt: null,
    })
    .execute();
  await ctx.db.deleteFrom('accounts.scimClaim').where('accountId', '=', accountId).execute();
  await ctx.record({ type: 'staff.handed-over', subject: accountId, body: { connection: connectionId } });
  return done(null);
}

async function standsAgainst(
  ctx: Context,
  connectionId: string,
  accountId: string,
  userKey: string,
): Promise<HandOverAccountRefusal | null> {
  const owner = await ctx.db
    .selectFrom('accounts.assignment')
    .select('role')
    .where('accountId', '=', accountId)
    .where('role', '=', 'owner')
    .executeTakeFirst();
  if (owner) return 'accounts/scim-owner-never';
  const managed = await ctx.db
    .selectFrom('accounts.scimUser as user')
    .innerJoin('accounts.scimConnection as connection', 'connection.id', 'user.connectionId')
    .select('user.accountId')
    .where('user.accountId', '=', accountId)
    .where('user.removedAt', 'is', null)
    .where('connection.closedAt', 'is', null)
    .executeTakeFirst();
  if (managed) return 'accounts/scim-account-managed';
  const twin = await ctx.db
    .selectFrom('accounts.scimUser')
    .select('accountId')
    .where('connectionId', '=', connectionId)
    .where('userKey', '=', userKey)
    .where('removedAt', 'is', null)
    .executeTakeFirst();
  return twin ? 'accounts/scim-user-exists' : null;
}
