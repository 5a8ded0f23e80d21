import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { actingStaff } from './acting-staff.ts';
import { checkEntry, type ProviderEntry, type ProviderEntryRefusal, secretPlace } from './provider-entry.ts';

export type ProviderChange = ProviderEntry & {
  readonly id: string;
  /** Empty: the present one stays. */
  readonly clientSecret: string;
};
export type ChangeProviderRefusal = ProviderEntryRefusal | 'accounts/provider-unknown';

/** Id, audience and issuer stay for ever: with another issuer every subject would be somebody else. */
export async function changeProvider(ctx: Context, change: ProviderChange): Promise<Outcome<null, ChangeProviderRefusal>> {
  ctx.require('accounts:connect');
  const subject = actingStaff(ctx);
  const { id, clientSecret } = change;
  const entry = checkEntry(change);
  if (!entry.ok) return entry;
  const present = await ctx.db
    .selectFrom('accounts.provider')
    .select('audience')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!present) return refuse('accounts/provider-unknown');
  const { name, clientId, scopes, addressesVerified } = entry.value;
  const everyoneIsStaff = present.audience === 'staff' && entry.value.everyoneIsStaff;
  await ctx.db
    .updateTable('accounts.provider')
    .set({
      name,
      clientId,
      scopes,
      addressesVerified,
      everyoneIsStaff,
      ...(clientSecret === '' ? {} : { clientSecret: ctx.secrets.seal(secretPlace(id), Buffer.from(clientSecret)) }),
    })
    .where('id', '=', id)
    .execute();
  const body = { provider: id, name, clientId, scopes, addressesVerified, everyoneIsStaff, newSecret: clientSecret !== '' };
  await ctx.record({ type: 'staff.provider-changed', subject, body });
  return done(null);
}
