import type { Context } from '#kernel/context';

/** Whether nobody else who is here owns the installation: without an owner nobody could ever add one in the console. */
export async function isLastOwner(ctx: Context, accountId: string): Promise<boolean> {
  // Locked, so that two owners who leave at one moment do not both find the other still there.
  const owners = await ctx.db
    .selectFrom('accounts.assignment as assignment')
    .innerJoin('accounts.account as account', 'account.id', 'assignment.accountId')
    .select('account.id')
    .where('assignment.role', '=', 'owner')
    .where('account.leftAt', 'is', null)
    .orderBy('account.id')
    .forUpdate()
    .execute();
  return owners.length === 1 && owners[0]?.id === accountId;
}
