import { type Context, scopeOf } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { documentToWrite } from '../elsewhere/document-to-write.ts';
import { touchDraft } from './touch-draft.ts';

export type AttachSignedCopyRefusal =
  | 'policies/document-not-found'
  | 'policies/draft-missing'
  | 'policies/signed-copy-not-pdf'
  | 'policies/signed-copy-too-large';

export const largestSignedCopy = 10_000_000;

/**
 * Puts the PDF that was signed beside the draft, to the byte; one that was there before is replaced. Nothing in it is read: what it
 * says is for people to compare. The draft gets a new revision, so that nobody agrees to a copy they were not shown.
 */
export async function attachSignedCopy(
  ctx: Context,
  { documentId, bytes }: { readonly documentId: string; readonly bytes: Uint8Array },
): Promise<Outcome<{ revision: number }, AttachSignedCopyRefusal>> {
  scopeOf(ctx, 'policies:write');
  if (!(await documentToWrite(ctx, documentId))) return refuse('policies/document-not-found');
  if (bytes.length > largestSignedCopy)
    return refuse('policies/signed-copy-too-large', { bytes: bytes.length, limit: largestSignedCopy });
  if (!isWholePdf(bytes)) return refuse('policies/signed-copy-not-pdf');
  const revision = await touchDraft(ctx, documentId);
  if (revision === null) return refuse('policies/draft-missing');
  const copy = { bytes: Buffer.from(bytes), hash: sha256(bytes), attachedAt: ctx.now() };
  await ctx.db
    .insertInto('policies.signedCopy')
    .values({ documentId, ...copy })
    .onConflict((conflict) => conflict.column('documentId').doUpdateSet(copy))
    .execute();
  return done({ revision });
}

/** ISO 32000-2, 7.5: the header stands first, the marker of the end last. A transfer that broke off has no end. */
function isWholePdf(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.subarray(0, 5).toString('latin1') === '%PDF-' && buffer.includes('%%EOF');
}
