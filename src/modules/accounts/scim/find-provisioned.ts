import type { Context } from '#kernel/context';

/** What the directory that goes with a provider says of one of its subjects. */
export type Provisioned = {
  /** `null`: no directory goes with this provider. */
  readonly connectionId: string | null;
  /** Whose account it is; `null` when the directory names nobody, or somebody who may not be entered in this way. */
  readonly accountId: string | null;
};

/**
 * The account whose externalId is this subject, to the letter, in the directory that goes with the provider. Nothing else leads to one,
 * and an account that has an identity there keeps that: a directory that was taken over could otherwise give anybody's to somebody else.
 * An owner's is never found, because no directory may make owners.
 */
export async function findProvisioned(
  ctx: Context,
  { providerId, subject }: { providerId: string; subject: string },
): Promise<Provisioned> {
  const connection = await ctx.db
    .selectFrom('accounts.scimConnection')
    .select('id')
    .where('providerId', '=', providerId)
    .where('closedAt', 'is', null)
    .executeTakeFirst();
  if (!connection) return { connectionId: null, accountId: null };
  const people = await ctx.db
    .selectFrom('accounts.scimUser as user')
    .innerJoin('accounts.account as account', 'account.id', 'user.accountId')
    .select('user.accountId')
    .where('user.connectionId', '=', connection.id)
    .where('user.externalId', '=', subject)
    .where('user.removedAt', 'is', null)
    .where('user.deactivatedAt', 'is', null)
    .where('account.leftAt', 'is', null)
    // Waits for whoever closes the account at this moment, and looks again.
    .forUpdate()
    .execute();
  const [person] = people;
  // Nothing keeps a directory from giving two people one externalId.
  const found = people.length === 1 && person && (await mayBeEntered(ctx, person.accountId, providerId));
  return { connectionId: connection.id, accountId: found ? person.accountId : null };
}

async function mayBeEntered(ctx: Context, accountId: string, providerId: string): Promise<boolean> {
  const owner = await ctx.db
    .selectFrom('accounts.assignment')
    .select('role')
    .where('accountId', '=', accountId)
    .where('role', '=', 'owner')
    .executeTakeFirst();
  const linked = await ctx.db
    .selectFrom('accounts.identity')
    .select('subject')
    .where('accountId', '=', accountId)
    .where('providerId', '=', providerId)
    .executeTakeFirst();
  return !owner && !linked;
}
