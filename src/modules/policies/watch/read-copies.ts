import { type Context, scopeOf } from '#kernel/context';
import { type CopyFinding, findingOf, type Standing } from './judge-look.ts';

export type WatchedCopy = Standing & {
  readonly url: string;
  readonly checkedAt: Temporal.Instant | null;
  readonly finding: CopyFinding | null;
};

/** The public copy of a document, if somebody said where it is. */
export async function readCopy(ctx: Context, documentId: string): Promise<WatchedCopy | null> {
  scopeOf(ctx, 'policies:read');
  const row = await copiesQuery(ctx).where('document.id', '=', documentId).executeTakeFirst();
  if (!row) return null;
  ctx.require('policies:read', { department: row.departmentId });
  return { ...row, finding: findingOf(row, ctx.now()) };
}

export type CopyTask = {
  readonly slug: string;
  readonly title: string;
  readonly finding: CopyFinding;
  readonly since: Temporal.Instant;
};

/** Copies that differ from what is in force, or could not be reached for a day, in the departments of whoever asks. */
export async function listCopyFindings(ctx: Context): Promise<CopyTask[]> {
  const scope = scopeOf(ctx, 'policies:read');
  const query = copiesQuery(ctx).where('copy.state', 'in', ['differs', 'unreachable']);
  const rows = await (scope === 'all' ? query : query.where('document.departmentId', 'in', scope)).execute();
  return rows.flatMap((row) => {
    const finding = findingOf(row, ctx.now());
    return finding === null ? [] : [{ slug: row.slug, title: row.title, finding, since: row.since }];
  });
}

function copiesQuery(ctx: Context) {
  return ctx.db
    .selectFrom('policies.publicCopy as copy')
    .innerJoin('policies.document as document', 'document.id', 'copy.documentId')
    .select(['copy.url', 'copy.state', 'copy.since', 'copy.version', 'copy.comparison', 'copy.reason', 'copy.checkedAt'])
    .select(['document.slug', 'document.title', 'document.departmentId']);
}
