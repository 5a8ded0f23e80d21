import type { Database } from '#kernel/sql';

/** Whether nobody else could let people in. The rows stay locked, or two owners could at once remove each other. */
export async function isLastOwner(db: Database, accountId: string): Promise<boolean> {
  const owners = await db
    .selectFrom('accounts.assignment as assignment')
    .innerJoin('accounts.account as account', 'account.id', 'assignment.accountId')
    .select('assignment.accountId')
    .where('assignment.role', '=', 'owner')
    .where('account.leftAt', 'is', null)
    .orderBy('assignment.accountId')
    .forUpdate('assignment')
    .execute();
  return owners.length === 1 && owners[0]?.accountId === accountId;
}
