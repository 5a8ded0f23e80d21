import type { Context } from '#kernel/context';
import { objectId } from '#kernel/ids';
import type { Selectable } from 'kysely';
import type { Tables } from '#kernel/sql';

export type DecisionRow = Selectable<Tables['policies.decision']>;

/** Under which subject a person's decisions are recorded; `null` while there are none. */
export async function acceptorOf(ctx: Context, accountId: string): Promise<string | null> {
  const row = await ctx.db
    .selectFrom('policies.acceptor')
    .select('subjectId')
    .where('accountId', '=', accountId)
    .executeTakeFirst();
  return row?.subjectId ?? null;
}

/**
 * The same, made at the first decision and locked: of two decisions of one person at once the second sees the first.
 * @returns `null` for an account that was erased meanwhile: nothing about it begins again.
 */
export async function lockAcceptor(ctx: Context, accountId: string): Promise<string | null> {
  const account = await ctx.db
    .selectFrom('accounts.account')
    .select('id')
    .where('id', '=', accountId)
    .forKeyShare()
    .executeTakeFirst();
  if (!account) return null;
  await ctx.db
    .insertInto('policies.acceptor')
    .values({ subjectId: objectId(), accountId })
    .onConflict((conflict) => conflict.column('accountId').doNothing())
    .execute();
  const row = await ctx.db
    .selectFrom('policies.acceptor')
    .select('subjectId')
    .where('accountId', '=', accountId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return row.subjectId;
}

/** Everything that a person decided, oldest first, about one document or all. */
export async function decisionsOf(ctx: Context, subjectId: string | null, documentId?: string): Promise<DecisionRow[]> {
  if (subjectId === null) return [];
  let query = ctx.db.selectFrom('policies.decision').selectAll().where('subjectId', '=', subjectId);
  if (documentId !== undefined) query = query.where('documentId', '=', documentId);
  return query.orderBy('at').orderBy('n').execute();
}
