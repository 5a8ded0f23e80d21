import type { Context, Visibility } from '#kernel/context';
import { objectId } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import type { Database } from '#kernel/sql';

/** A new object that statements can be made about. */
export async function openObject(ctx: Context, visibility: Visibility): Promise<string> {
  const id = objectId();
  await ctx.db.insertInto('ledger.object').values({ id, visibility, since: ctx.now() }).execute();
  return id;
}

/** @throws Error for an object that was never opened. */
export async function visibilityOf(db: Database, object: string): Promise<Visibility> {
  const row = await db.selectFrom('ledger.object').select('visibility').where('id', '=', object).forShare().executeTakeFirst();
  if (!row) throw new Error(`object ${object} was never opened`);
  return row.visibility;
}

/** Moves an object between staff, customers and everyone. Both entering and leaving the public are public statements. */
export async function moveVisibility(
  ctx: Context,
  object: string,
  to: Visibility,
): Promise<Outcome<{ from: Visibility }, 'ledger/visibility-unchanged'>> {
  const { visibility: from } = await ctx.db
    .selectFrom('ledger.object')
    .select('visibility')
    .where('id', '=', object)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (from === to) return refuse('ledger/visibility-unchanged', { visibility: to });
  const move = { type: 'visibility.changed', object, fields: { from, to } };
  // Recorded while the more open of the two applies, so that no move to or from the public happens in silence.
  if (from !== 'rehearsal') await ctx.record(move);
  await ctx.db.updateTable('ledger.object').set({ visibility: to, since: ctx.now() }).where('id', '=', object).execute();
  if (from === 'rehearsal') await ctx.record(move);
  return done({ from });
}
