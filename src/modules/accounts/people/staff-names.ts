import type { Context } from '#kernel/context';

/** What staff are called, by account, also of those who left. For pages whose readers may know who did what. */
export async function staffNames({ db }: Context, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('accounts.account')
    .select(['id', 'name', 'email'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map(({ id, name, email }) => [id, name ?? email ?? id]));
}
