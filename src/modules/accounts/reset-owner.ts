import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { hashPassphrase, shortestPassphrase } from './passphrase.ts';

export type ResetOwnerRefusal = 'accounts/passphrase-too-short' | 'accounts/no-owner';

/** A lost passphrase is replaced on the machine itself; every open session of the owner ends with it. */
export async function resetOwner(
  ctx: Context,
  { passphrase }: { passphrase: string },
): Promise<Outcome<{ email: string }, ResetOwnerRefusal>> {
  ctx.require('accounts:manage');
  if (passphrase.length < shortestPassphrase) return refuse('accounts/passphrase-too-short', { shortest: shortestPassphrase });
  const owner = await ctx.db
    .selectFrom('accounts.staff')
    .select(['id', 'email'])
    .where('role', '=', 'owner')
    .forUpdate()
    .executeTakeFirst();
  if (!owner) return refuse('accounts/no-owner');
  await ctx.db
    .updateTable('accounts.staff')
    .set({ passphraseHash: await hashPassphrase(passphrase) })
    .where('id', '=', owner.id)
    .execute();
  await ctx.db.deleteFrom('accounts.session').where('staffId', '=', owner.id).execute();
  await ctx.record({ type: 'staff.passphrase-reset', subject: owner.id, body: { by: 'operator on the machine' } });
  return done({ email: owner.email });
}
