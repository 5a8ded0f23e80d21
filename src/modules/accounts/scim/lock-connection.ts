import { isId } from '#kernel/ids';
import type { Context } from '#kernel/context';

/** Whether there is such a connection and it is open, held until the act ends. */
export async function lockConnection(ctx: Context, connectionId: string): Promise<boolean> {
  if (!isId(connectionId)) return false;
  const row = await ctx.db
    .selectFrom('accounts.scimConnection')
    .select('id')
    .where('id', '=', connectionId)
    .where('closedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}
