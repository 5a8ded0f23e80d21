import { sql } from 'kysely';
import type { Context } from '#kernel/context';

/**
 * Roles of the organisation's own change one at a time. A lock on the row alone would not do: of two people who make a role of one name
 * at once neither finds a row, and the second would overwrite what they never judged. Reading goes on, and so does every sign-in.
 */
export async function changeRoles(ctx: Context): Promise<void> {
  await sql`lock table accounts.custom_role in share row exclusive mode`.execute(ctx.db);
}
