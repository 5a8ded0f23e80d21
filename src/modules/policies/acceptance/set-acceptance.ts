import { type Context, scopeOf } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { type Again, agains } from './asking.ts';

export type AcceptanceSetting = { readonly documentId: string; readonly asked: boolean; readonly again: string };
export type SetAcceptanceRefusal = 'policies/document-not-found' | 'policies/again-not-valid';

/** Whether people are asked to accept a document, and when again. */
export async function setAcceptance(
  ctx: Context,
  { documentId, asked, again: chosen }: AcceptanceSetting,
): Promise<Outcome<null, SetAcceptanceRefusal>> {
  scopeOf(ctx, 'policies:publish');
  const document = await ctx.db
    .selectFrom('policies.document')
    .select('departmentId')
    .where('id', '=', documentId)
    .forUpdate()
    .executeTakeFirst();
  if (!document) return refuse('policies/document-not-found');
  ctx.require('policies:publish', { department: document.departmentId });
  const again: Again | undefined = agains.find((one) => one === chosen);
  if (!again) return refuse('policies/again-not-valid');
  const row = { asked, again, changedAt: ctx.now() };
  await ctx.db
    .insertInto('policies.acceptanceSetting')
    .values({ documentId, ...row })
    .onConflict((conflict) => conflict.column('documentId').doUpdateSet(row))
    .execute();
  await recordByStaff(ctx, 'staff.acceptance-set', { document: documentId, asked, again });
  return done(null);
}

/** Under whoever did it: what the organisation asks stands in public on the page that asks. */
export async function recordByStaff(ctx: Context, type: string, body: Readonly<Record<string, string | number | boolean>>) {
  if (ctx.actor.kind === 'staff') await ctx.record({ type, subject: ctx.actor.id, body });
}
