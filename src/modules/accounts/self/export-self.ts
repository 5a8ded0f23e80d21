import type { Context } from '#kernel/context';
import { readSubject } from '#ledger';

/**
 * Everything this module holds about a person, as data: to be read by them, or taken elsewhere.
 * Hashes and sealed secrets are named and left out: they tell nothing about the person and would open doors.
 */
export async function exportSelf(ctx: Context, { accountId }: { accountId: string }): Promise<Record<string, unknown>> {
  ctx.require('self:read', { subject: accountId });
  const account = await ctx.db
    .selectFrom('accounts.account')
    .select(['id', 'kind', 'email', 'name', 'createdAt'])
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
  const sessions = await ctx.db
    .selectFrom('accounts.session')
    .select(['method', 'createdAt', 'seenAt', 'expiresAt', 'device', 'network'])
    .where('accountId', '=', accountId)
    .orderBy('createdAt')
    .execute();
  const signIns = await ctx.db
    .selectFrom('accounts.signIn')
    .select(['at', 'method', 'outcome', 'device', 'network'])
    .where('accountId', '=', accountId)
    .orderBy('at')
    .execute();
  const preferences = await ctx.db
    .selectFrom('accounts.preference')
    .select(['name', 'value', 'chosenAt'])
    .where('accountId', '=', accountId)
    .orderBy('name')
    .execute();
  const { entries } = await readSubject(ctx, accountId);
  const events = entries.map(({ n, index, canonical }) => ({
    n,
    privateLogEntry: index,
    event: JSON.parse(Buffer.from(canonical).toString('utf8')) as unknown,
  }));
  return { account, preferences, sessions, signIns, events, leftOut: ['hashes of session tokens'] };
}
