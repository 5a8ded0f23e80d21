import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { lockConnection } from './lock-connection.ts';

export type NameScimProviderRefusal =
  | 'accounts/provider-unknown'
  | 'accounts/scim-connection-not-found'
  | 'accounts/scim-provider-taken';

/**
 * Says at which provider the people of a directory sign in, so that a subject there is an externalId here. `null`: at none, as before;
 * who was recognised already stays so. Asks for what mapping a group asks for: whoever the provider calls by an id gets that account.
 */
export async function nameScimProvider(
  ctx: Context,
  { connectionId, providerId }: { connectionId: string; providerId: string | null },
): Promise<Outcome<null, NameScimProviderRefusal>> {
  ctx.require('accounts:manage');
  // Held as sign-ins hold it: none of them sees half of this, and of two directories one comes first.
  const provider =
    providerId === null
      ? null
      : await ctx.db
          .selectFrom('accounts.provider')
          .select('id')
          .where('id', '=', providerId)
          .where('audience', '=', 'staff')
          .where('disabledAt', 'is', null)
          .forUpdate()
          .executeTakeFirst();
  if (provider === undefined) return refuse('accounts/provider-unknown');
  if (!(await lockConnection(ctx, connectionId))) return refuse('accounts/scim-connection-not-found');
  const other = await ctx.db
    .selectFrom('accounts.scimConnection')
    .select('id')
    .where('providerId', '=', providerId)
    .where('id', '!=', connectionId)
    .executeTakeFirst();
  if (other) return refuse('accounts/scim-provider-taken');
  await ctx.db.updateTable('accounts.scimConnection').set({ providerId }).where('id', '=', connectionId).execute();
  await ctx.record({ type: 'scim.provider-named', subject: connectionId, body: { provider: providerId } });
  return done(null);
}
