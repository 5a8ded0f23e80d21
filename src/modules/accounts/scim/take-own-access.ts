import type { Context } from '#kernel/context';
import { dropProofs } from '../drop-proofs.ts';
import { settleGrants } from './settle-grants.ts';

/**
 * Leaves an account with what its directory says: roles given by hand, passphrase, passkeys, app and recovery codes are gone. Within the
 * act that lets somebody back in, who may be somebody else by now, or hold a device that was to be useless.
 */
export async function takeOwnAccess(ctx: Context, accountId: string): Promise<void> {
  const taken = await ctx.db
    .deleteFrom('accounts.assignment')
    .where('accountId', '=', accountId)
    .where('viaScim', '=', false)
    .returning(['role', 'departmentId'])
    .execute();
  for (const { role, departmentId } of taken)
    await ctx.record({ type: 'staff.role-taken', subject: accountId, body: { role, department: departmentId, by: 'scim' } });
  await dropProofs(ctx, accountId);
  await ctx.db
    .updateTable('accounts.account')
    .set({ passphraseHash: null, passphraseSetAt: null })
    .where('id', '=', accountId)
    .execute();
  // What a group gives besides had no row of its own while somebody had given it by hand.
  await settleGrants(ctx, [accountId]);
}
