import type { Context } from '#kernel/context';

/**
 * Within an act in which a provider said who somebody is, and they are let in by something else as well: takes the identity from the
 * closed account of a member of staff who left, so that they can come back as the new account that they are. Nobody comes back by
 * the provider alone. An account that a directory closed stays as it is, since the directory can take its owner back.
 */
export async function freeIdentity(
  ctx: Context,
  { providerId, subject }: { providerId: string; subject: string },
): Promise<void> {
  const freed = await ctx.db
    .deleteFrom('accounts.identity as identity')
    .using('accounts.account as account')
    .whereRef('account.id', '=', 'identity.accountId')
    .where('identity.providerId', '=', providerId)
    .where('identity.subject', '=', subject)
    .where('account.kind', '=', 'staff')
    .where('account.leftAt', 'is not', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('accounts.scimUser as user')
            .innerJoin('accounts.scimConnection as connection', 'connection.id', 'user.connectionId')
            .select('user.accountId')
            .whereRef('user.accountId', '=', 'account.id')
            .where('connection.closedAt', 'is', null)
            .where('user.removedAt', 'is', null),
        ),
      ),
    )
    .returning('account.id')
    .executeTakeFirst();
  if (freed) await ctx.record({ type: 'staff.provider-unlinked', subject: freed.id, body: { provider: providerId } });
}
