import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { actingStaff } from './acting-staff.ts';
import type { DisableProviderRefusal } from './disable-provider.ts';

/** Lets people in through a disabled provider again; who they are there was kept. */
export async function enableProvider(ctx: Context, { id }: { id: string }): Promise<Outcome<null, DisableProviderRefusal>> {
  ctx.require('accounts:connect');
  const subject = actingStaff(ctx);
  const provider = await ctx.db
    .updateTable('accounts.provider')
    .set({ disabledAt: null })
    .where('id', '=', id)
    .where('disabledAt', 'is not', null)
    .returning('id')
    .executeTakeFirst();
  if (!provider) return refuse('accounts/provider-unknown');
  await ctx.record({ type: 'staff.provider-enabled', subject, body: { provider: id } });
  return done(null);
}
