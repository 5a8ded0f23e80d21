import type { Deed } from '#accounts';
import { type Context, instantText } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import type { Judged, Publication } from './judge-publication.ts';

/** What a second person agrees to: this draft as it stands, its signed copy, for this moment. A saved draft is another one, even with the same words. */
export async function publicationDeed(
  ctx: Context,
  { documentId, text, effectiveLocal }: Publication,
  { summary, effective, number, scope, changeClass, shortening }: Judged,
  department: string | null,
): Promise<Deed> {
  const draft = await ctx.db
    .selectFrom('policies.draft')
    .select('revision')
    .where('documentId', '=', documentId)
    .executeTakeFirst();
  // "At once" moves with the clock, so it stands for itself.
  const when = effectiveLocal.trim() === '' ? 'at once' : instantText(effective.at);
  const agreed = [number, draft?.revision ?? 0, sha256(text).toString('hex'), summary, when, scope.audience, scope.jurisdiction];
  const copy = await ctx.db
    .selectFrom('policies.signedCopy')
    .select('hash')
    .where('documentId', '=', documentId)
    .executeTakeFirst();
  const signed = copy ? [copy.hash.toString('hex')] : [];
  const noticed = [changeClass, shortening && shortening.legalBasis];
  return {
    permission: 'policies:publish',
    object: documentId,
    digest: sha256(JSON.stringify([...agreed, ...noticed, ...signed])),
    department,
  };
}
