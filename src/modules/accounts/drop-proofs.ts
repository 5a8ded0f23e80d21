import type { Context } from '#kernel/context';

/** Takes every passkey, app and recovery code from an account within the caller's act, which records why. */
export async function dropProofs(ctx: Context, accountId: string): Promise<void> {
  await ctx.db.deleteFrom('accounts.passkey').where('accountId', '=', accountId).execute();
  await ctx.db.deleteFrom('accounts.totp').where('accountId', '=', accountId).execute();
  await ctx.db.deleteFrom('accounts.recoveryCode').where('accountId', '=', accountId).execute();
}
