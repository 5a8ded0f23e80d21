import { type Context, scopeOf } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { isVersionNumber } from '../read-policies.ts';
import { recordByStaff } from './set-acceptance.ts';

export type AcceptanceCall = { readonly documentId: string; readonly version: number };
export type CallAcceptanceRefusal =
  | 'policies/document-not-found'
  | 'policies/version-not-found'
  | 'policies/already-withdrawn'
  | 'policies/already-called';

/** Says that from this version on everybody is asked again. It cannot be unsaid: some have been asked by then. */
export async function callAcceptance(
  ctx: Context,
  { documentId, version: number }: AcceptanceCall,
): Promise<Outcome<null, CallAcceptanceRefusal>> {
  scopeOf(ctx, 'policies:publish');
  const document = await ctx.db
    .selectFrom('policies.document')
    .select('departmentId')
    .where('id', '=', documentId)
    .executeTakeFirst();
  if (!document) return refuse('policies/document-not-found');
  ctx.require('policies:publish', { department: document.departmentId });
  if (!isVersionNumber(number)) return refuse('policies/version-not-found');
  const version = await ctx.db
    .selectFrom('policies.version')
    .select('withdrawnAt')
    .where('documentId', '=', documentId)
    .where('number', '=', number)
    .executeTakeFirst();
  if (!version) return refuse('policies/version-not-found');
  if (version.withdrawnAt) return refuse('policies/already-withdrawn');
  const written = await ctx.db
    .insertInto('policies.acceptanceCall')
    .values({ documentId, version: number, calledAt: ctx.now() })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (written.numInsertedOrUpdatedRows !== 1n) return refuse('policies/already-called');
  await recordByStaff(ctx, 'staff.acceptance-called', { document: documentId, version: number });
  return done(null);
}
