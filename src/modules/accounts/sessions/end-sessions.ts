import type { Context } from '#kernel/context';

/** Ends the sessions of an account within the caller's act, which records why. @returns how many there were. */
export async function endSessions(ctx: Context, accountId: string, { except }: { except?: string } = {}): Promise<number> {
  // Somebody between the passphrase and the second step would be in a moment later.
  await ctx.db.deleteFrom('accounts.halfSession').where('accountId', '=', accountId).execute();
  let query = ctx.db.deleteFrom('accounts.session').where('accountId', '=', accountId);
  if (except !== undefined) query = query.where('id', '!=', except);
  return (await query.returning('id').execute()).length;
}
