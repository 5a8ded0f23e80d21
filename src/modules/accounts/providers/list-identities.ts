import type { Context } from '#kernel/context';

export type OwnIdentity = {
  readonly providerId: string;
  readonly name: string;
  readonly linkedAt: Temporal.Instant;
  readonly usedAt: Temporal.Instant | null;
  readonly disabled: boolean;
};

/** Through which providers a person signs in. */
export async function listIdentities(ctx: Context, accountId: string): Promise<OwnIdentity[]> {
  ctx.require('self:read', { subject: accountId });
  const rows = await ctx.db
    .selectFrom('accounts.identity as identity')
    .innerJoin('accounts.provider as provider', 'provider.id', 'identity.providerId')
    .select(['identity.providerId', 'provider.name', 'identity.linkedAt', 'identity.usedAt', 'provider.disabledAt'])
    .where('identity.accountId', '=', accountId)
    .orderBy('identity.linkedAt')
    .execute();
  return rows.map(({ disabledAt, ...identity }) => ({ ...identity, disabled: disabledAt !== null }));
}
