import { type Context, scopeOf } from '#kernel/context';
import type { PullReason } from './judge-pulled.ts';
import type { PullState } from './pull-tables.ts';

export type PullRecord = {
  readonly url: string;
  readonly branch: string | null;
  readonly path: string | null;
  readonly state: PullState;
  readonly since: Temporal.Instant;
  readonly checkedAt: Temporal.Instant | null;
  readonly gitCommit: string | null;
  /** Why the last look found nothing, even while an older text still waits. */
  readonly reason: PullReason | null;
  readonly waitingText: string | null;
};

/** Where a document's text is written, if somebody said so. */
export async function readPull(ctx: Context, documentId: string): Promise<PullRecord | null> {
  scopeOf(ctx, 'policies:read');
  const row = await ctx.db
    .selectFrom('policies.pull as pull')
    .innerJoin('policies.document as document', 'document.id', 'pull.documentId')
    .select(['pull.url', 'pull.branch', 'pull.path', 'pull.state', 'pull.since', 'pull.checkedAt', 'pull.gitCommit'])
    .select(['pull.reason', 'pull.waitingText', 'document.departmentId'])
    .where('document.id', '=', documentId)
    .executeTakeFirst();
  if (!row) return null;
  const { departmentId, ...pull } = row;
  ctx.require('policies:read', { department: departmentId });
  return pull;
}
