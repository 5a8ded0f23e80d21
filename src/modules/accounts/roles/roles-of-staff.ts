import type { Context } from '#kernel/context';

/** The roles of each member of staff as they stand now, leavers' included while they are assigned. */
export async function rolesOfStaff(ctx: Context): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await ctx.db
    .selectFrom('accounts.assignment')
    .select(['accountId', 'role'])
    .distinct()
    .orderBy('accountId')
    .orderBy('role')
    .execute();
  const roles = Map.groupBy(rows, ({ accountId }) => accountId);
  return new Map([...roles].map(([id, held]) => [id, held.map(({ role }) => role)]));
}
