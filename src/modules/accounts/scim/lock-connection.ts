import type { Context } from '#kernel/context';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** An id as it stands in an address: anything else is the id of nothing, and the database would answer it with an error. */
export function isRowId(text: string): boolean {
  return uuid.test(text);
}

/** Whether there is such a connection and it is open, held until the act ends. */
export async function lockConnection(ctx: Context, connectionId: string): Promise<boolean> {
  if (!isRowId(connectionId)) return false;
  const row = await ctx.db
    .selectFrom('accounts.scimConnection')
    .select('id')
    .where('id', '=', connectionId)
    .where('closedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}
