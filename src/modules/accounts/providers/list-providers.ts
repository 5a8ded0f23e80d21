import { type Context, holds, PermissionMissing } from '#kernel/context';
import type { Audience } from '../tables.ts';

/** What a sign-in page shows of a provider. */
export type ProviderLink = { readonly id: string; readonly name: string };

/** Providers through which staff, or users, sign in now. Asks no permission: the sign-in page is everybody's. */
export async function listProviders(ctx: Context, audience: Audience): Promise<ProviderLink[]> {
  return ctx.db
    .selectFrom('accounts.provider')
    .select(['id', 'name'])
    .where('audience', '=', audience)
    .where('disabledAt', 'is', null)
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
}

/** A provider as those who connect them see it. The secret is never among it. */
export type Provider = {
  readonly id: string;
  readonly audience: Audience;
  readonly issuer: string;
  readonly clientId: string;
  readonly hasSecret: boolean;
  readonly name: string;
  readonly scopes: string;
  readonly addressesVerified: boolean;
  readonly everyoneIsStaff: boolean;
  readonly createdAt: Temporal.Instant;
  readonly disabledAt: Temporal.Instant | null;
  /** Accounts that sign in through it. */
  readonly people: number;
};

/** All providers, disabled ones last. Looking needs no fresh proof, only the permission that a change would. */
export async function readProviders(ctx: Context): Promise<Provider[]> {
  if (!holds(ctx.actor, 'accounts:connect')) throw new PermissionMissing('accounts:connect');
  const rows = await ctx.db
    .selectFrom('accounts.provider as provider')
    .selectAll('provider')
    .select((eb) =>
      eb
        .selectFrom('accounts.identity')
        .whereRef('accounts.identity.providerId', '=', 'provider.id')
        .select(eb.fn.countAll<number>().as('n'))
        .as('people'),
    )
    .orderBy((eb) => eb('provider.disabledAt', 'is not', null))
    .orderBy('provider.createdAt')
    .execute();
  return rows.map(({ clientSecret, people, ...provider }) => ({
    ...provider,
    hasSecret: clientSecret !== null,
    people: people ?? 0,
  }));
}
