import { secondPersonMissing, type SecondPersonRefusal } from '#accounts';
import { type Context, scopeOf } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { rowId } from '#kernel/ids';
import { moveVisibility, visibilityOf } from '#ledger';
import { recordShortening } from './notice/record-shortening.ts';
import { judgePublication, type Publication, type PublicationRefusal } from './judge-publication.ts';
import { publicationDeed } from './publication-deed.ts';
import { readReview } from './review/approvals.ts';
import { publishSignedCopy } from './signed-copy/publish-signed-copy.ts';

export type PublishRefusal =
  | 'policies/document-not-found'
  | 'policies/approvals-missing'
  | PublicationRefusal
  | SecondPersonRefusal;

/**
 * Publishes the next version of a document. A document in rehearsal becomes public by its first version.
 * Text and summary are separate statements, so that the hash of the text is the hash of exactly what people download.
 */
export async function publishVersion(
  ctx: Context,
  publication: Publication,
): Promise<Outcome<{ number: number }, PublishRefusal>> {
  scopeOf(ctx, 'policies:publish');
  const { documentId } = publication;
  const now = ctx.now();
  const document = await ctx.db
    .selectFrom('policies.document')
    .selectAll()
    .where('id', '=', documentId)
    .forUpdate()
    .executeTakeFirst();
  if (!document) return refuse('policies/document-not-found');
  ctx.require('policies:publish', { department: document.departmentId });
  const judged = await judgePublication(ctx, publication);
  if (!judged.ok) return judged;
  const { summary, number, effective, scope, changeClass, noticeRules, shortening } = judged.value;
  const deed = await publicationDeed(ctx, publication, judged.value, document.departmentId);
  const review = await readReview(ctx, documentId, deed.digest);
  if (ctx.actor.kind !== 'system' && review.state !== 'not-needed' && review.state !== 'approved')
    return refuse('policies/approvals-missing', { needed: review.needed });
  if (await secondPersonMissing(ctx, deed)) return refuse('accounts/second-person-needed');

  if ((await visibilityOf(ctx.db, documentId)) === 'rehearsal') await moveVisibility(ctx, documentId, 'public');
  const { at, local, zone } = effective;
  const eventId = await ctx.record({
    type: 'policy.version-published',
    object: documentId,
    fields: {
      slug: document.slug,
      version: number,
      language: document.language,
      ...scope,
      origin: 'published',
      effectiveAt: at.toString({ fractionalSecondDigits: 3 }),
      effectiveLocal: local,
      effectiveZone: zone,
      changeClass,
      noticeRules,
    },
    body: { bytes: publication.text, mediaType: 'text/markdown; charset=utf-8' },
  });
  const summaryEventId = await ctx.record({
    type: 'policy.summary-published',
    object: documentId,
    fields: { version: number, language: document.language },
    body: { bytes: Buffer.from(summary), mediaType: 'text/plain; charset=utf-8' },
  });
  const signedCopyEventId = await publishSignedCopy(ctx, { documentId, number, language: document.language });
  const shorteningEventId =
    shortening && (await recordShortening(ctx, documentId, { of: 'version', version: number }, effective, shortening));
  await ctx.db
    .insertInto('policies.version')
    .values({
      id: rowId(now),
      documentId,
      number,
      summaryEventId,
      title: document.title,
      origin: 'published',
      publishedAt: now,
      effectiveAt: at,
      effectiveLocal: local,
      effectiveZone: zone,
      claimedPublishedAt: null,
      gitCommit: null,
      gitPath: null,
      eventId,
      withdrawnAt: null,
      withdrawalEventId: null,
      ...scope,
      changeClass,
      noticeRules: [...noticeRules],
      shorteningEventId,
      signedCopyEventId,
      createdAt: now,
    })
    .execute();
  await ctx.db.deleteFrom('policies.draftAuthor').where('documentId', '=', documentId).execute();
  await ctx.db.deleteFrom('policies.draft').where('documentId', '=', documentId).execute();
  return done({ number });
}
