import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { actingStaff } from './acting-staff.ts';

export type DisableProviderRefusal = 'accounts/provider-unknown';

/** Nobody signs in through it any more, and whoever did is signed out, all at once. Accounts and what they are linked to stay. */
export async function disableProvider(
  ctx: Context,
  { id }: { id: string },
): Promise<Outcome<{ sessionsEnded: number }, DisableProviderRefusal>> {
  ctx.require('accounts:connect');
  const subject = actingStaff(ctx);
  // Waits for sign-ins that hold the row, so that none of them opens a session that this does not see.
  const provider = await ctx.db
    .updateTable('accounts.provider')
    .set({ disabledAt: ctx.now() })
    .where('id', '=', id)
    .where('disabledAt', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!provider) return refuse('accounts/provider-unknown');
  await ctx.db.deleteFrom('accounts.signInFlow').where('providerId', '=', id).execute();
  const ended = await ctx.db.deleteFrom('accounts.session').where('providerId', '=', id).returning('id').execute();
  const sessionsEnded = ended.length;
  await ctx.record({ type: 'staff.provider-disabled', subject, body: { provider: id, sessionsEnded } });
  return done({ sessionsEnded });
}
