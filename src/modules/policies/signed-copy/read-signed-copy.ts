import { sql } from 'kysely';
import { type Context, scopeOf } from '#kernel/context';

export type DraftedCopy = { readonly hash: string; readonly bytes: number; readonly attachedAt: Temporal.Instant };

/** The signed copy beside a draft, without its bytes; `null` when there is none. */
export async function readSignedCopy(ctx: Context, documentId: string): Promise<DraftedCopy | null> {
  scopeOf(ctx, 'policies:read');
  const row = await ctx.db
    .selectFrom('policies.signedCopy as copy')
    .innerJoin('policies.document as document', 'document.id', 'copy.documentId')
    .select(['copy.hash', 'copy.attachedAt', 'document.departmentId', sql<number>`octet_length(copy.bytes)`.as('bytes')])
    .where('copy.documentId', '=', documentId)
    .executeTakeFirst();
  if (!row) return null;
  ctx.require('policies:read', { department: row.departmentId });
  return { hash: row.hash.toString('hex'), bytes: row.bytes, attachedAt: row.attachedAt };
}

/** Its bytes, for those who look at the draft before it is public. */
export async function readSignedBytes(ctx: Context, documentId: string): Promise<Buffer | null> {
  if (!(await readSignedCopy(ctx, documentId))) return null;
  const row = await ctx.db
    .selectFrom('policies.signedCopy')
    .select('bytes')
    .where('documentId', '=', documentId)
    .executeTakeFirst();
  return row?.bytes ?? null;
}
