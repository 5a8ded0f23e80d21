import { type Context, scopeOf } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { isVersionNumber } from './read-policies.ts';

export type Withdrawal = { readonly documentId: string; readonly number: number; readonly reason: string };
export type WithdrawRefusal =
  | 'policies/version-not-found'
  | 'policies/already-in-force'
  | 'policies/reason-missing'
  | 'policies/already-withdrawn';

/** Takes a scheduled version back before it takes effect, with a public reason. */
export async function withdrawVersion(
  ctx: Context,
  { documentId, number, reason }: Withdrawal,
): Promise<Outcome<null, WithdrawRefusal>> {
  scopeOf(ctx, 'policies:publish');
  const why = reason.trim();
  if (why.length < 10) return refuse('policies/reason-missing');
  if (!isVersionNumber(number)) return refuse('policies/version-not-found');
  const version = await ctx.db
    .selectFrom('policies.version as version')
    .innerJoin('policies.document as document', 'document.id', 'version.documentId')
    .select(['version.id', 'version.effectiveAt', 'version.withdrawnAt', 'document.departmentId'])
    .where('version.documentId', '=', documentId)
    .where('version.number', '=', number)
    .forUpdate()
    .executeTakeFirst();
  if (!version) return refuse('policies/version-not-found');
  ctx.require('policies:publish', { department: version.departmentId });
  if (version.withdrawnAt) return refuse('policies/already-withdrawn');
  // People may already rely on a text in force; changing course then is a new version with its own notice.
  if (!version.effectiveAt || Temporal.Instant.compare(version.effectiveAt, ctx.now()) <= 0)
    return refuse('policies/already-in-force');
  const withdrawalEventId = await ctx.record({
    type: 'policy.version-withdrawn',
    object: documentId,
    fields: { version: number },
    body: { bytes: Buffer.from(why), mediaType: 'text/plain; charset=utf-8' },
  });
  await ctx.db
    .updateTable('policies.version')
    .set({ withdrawnAt: ctx.now(), withdrawalEventId })
    .where('id', '=', version.id)
    .execute();
  return done(null);
}
