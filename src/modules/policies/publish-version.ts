import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { rowId } from '#kernel/ids';
import { moveVisibility, visibilityOf } from '#ledger';
import { effectiveTime, type EffectiveTimeRefusal } from './effective-time.ts';
import { findBlanks } from './templates/fill-template.ts';
import { readText, type TextRefusal } from './text/read-text.ts';

export type Publication = {
  readonly documentId: string;
  /** The exact bytes that are promised; what is hashed, stored and served. */
  readonly text: Uint8Array;
  /** What changes for the reader, in plain words. */
  readonly summary: string;
  /** See `effectiveTime`; empty means at once. */
  readonly effectiveLocal: string;
  /** IANA name of the organisation's zone. */
  readonly zone: string;
};

export type PublishRefusal =
  | 'policies/document-not-found'
  | 'policies/summary-missing'
  | 'policies/summary-too-long'
  | 'policies/blank-left'
  | 'policies/text-unchanged'
  | TextRefusal
  | EffectiveTimeRefusal;

/**
 * Publishes the next version of a document. A document in rehearsal becomes public by its first version.
 * Text and summary are separate statements, so that the hash of the text is the hash of exactly what people download.
 */
export async function publishVersion(
  ctx: Context,
  publication: Publication,
): Promise<Outcome<{ number: number }, PublishRefusal>> {
  ctx.require('policies:publish');
  const { documentId } = publication;
  const text = readText(publication.text);
  if (!text.ok) return text;
  const [blank] = findBlanks(text.value);
  if (blank) return refuse('policies/blank-left', { blank: blank.name, line: blank.line });
  const summary = publication.summary.trim();
  if (summary === '') return refuse('policies/summary-missing');
  if (summary.length > 2000) return refuse('policies/summary-too-long', { limit: 2000 });
  const now = ctx.now();
  const effective = effectiveTime(publication.effectiveLocal, publication.zone, now);
  if (!effective.ok) return effective;
  const document = await ctx.db
    .selectFrom('policies.document')
    .selectAll()
    .where('id', '=', documentId)
    .forUpdate()
    .executeTakeFirst();
  if (!document) return refuse('policies/document-not-found');
  const last = await ctx.db
    .selectFrom('policies.version')
    .select(['number', 'text', 'withdrawnAt'])
    .where('documentId', '=', documentId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (last && !last.withdrawnAt && last.text.equals(publication.text))
    return refuse('policies/text-unchanged', { version: last.number });

  if ((await visibilityOf(ctx.db, documentId)) === 'rehearsal') await moveVisibility(ctx, documentId, 'public');
  const number = (last?.number ?? 0) + 1;
  const { at, local, zone } = effective.value;
  const eventId = await ctx.record({
    type: 'policy.version-published',
    object: documentId,
    fields: {
      slug: document.slug,
      version: number,
      language: document.language,
      audience: 'everyone',
      jurisdiction: null,
      origin: 'published',
      effectiveAt: at.toString({ fractionalSecondDigits: 3 }),
      effectiveLocal: local,
      effectiveZone: zone,
    },
    body: { bytes: publication.text, mediaType: 'text/markdown; charset=utf-8' },
  });
  await ctx.record({
    type: 'policy.summary-published',
    object: documentId,
    fields: { version: number, language: document.language },
    body: { bytes: Buffer.from(summary), mediaType: 'text/plain; charset=utf-8' },
  });
  await ctx.db
    .insertInto('policies.version')
    .values({
      id: rowId(now),
      documentId,
      number,
      text: publication.text,
      summary,
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
      withdrawnReason: null,
      createdAt: now,
    })
    .execute();
  await ctx.db.deleteFrom('policies.draft').where('documentId', '=', documentId).execute();
  return done({ number });
}
