import { type Context, scopeOf } from '#kernel/context';
import { bodyOfEvent, entriesOf } from '#ledger';

/** The newest edition of one language of one version. */
export type Translation = {
  readonly number: number;
  readonly language: string;
  readonly edition: number;
  readonly title: string;
  readonly publishedAt: Temporal.Instant;
  /** Index in the public record; `null` for about a second after publishing. */
  readonly entry: number | null;
  /** Fingerprint as in the log entry, in hexadecimal. */
  readonly hash: string;
  readonly eventId: string;
  readonly summaryEventId: string | null;
};

/** What there is of a document in other languages: the newest edition of each language and version, the newest version first. */
export async function listTranslations(ctx: Context, documentId: string): Promise<Translation[]> {
  const rows = await ctx.db
    .selectFrom('policies.translation')
    .select(['number', 'language', 'edition', 'title', 'publishedAt', 'eventId', 'summaryEventId'])
    .distinctOn(['number', 'language'])
    .where('documentId', '=', documentId)
    .orderBy('number', 'desc')
    .orderBy('language')
    .orderBy('edition', 'desc')
    .execute();
  const entries = await entriesOf(
    ctx.db,
    rows.map(({ eventId }) => eventId),
  );
  return rows.map((row) => {
    const entry = entries.get(row.eventId);
    return { ...row, entry: entry?.index ?? null, hash: entry?.bodyHash ?? '' };
  });
}

/** Which versions can be read in which languages, by document: for lists of addresses. */
export async function translatedVersions(
  ctx: Context,
): Promise<ReadonlyMap<string, readonly { readonly number: number; readonly language: string }[]>> {
  const rows = await ctx.db
    .selectFrom('policies.translation')
    .select(['documentId', 'number', 'language'])
    .distinct()
    .orderBy('number')
    .orderBy('language')
    .execute();
  return Map.groupBy(rows, ({ documentId }) => documentId);
}

/** The exact bytes; `null` where they were withheld. */
export async function readTranslationText(ctx: Context, { eventId }: Translation): Promise<Buffer | null> {
  return bodyOfEvent(ctx.db, eventId);
}

export async function readTranslationSummary(ctx: Context, { summaryEventId }: Translation): Promise<string | null> {
  const bytes = summaryEventId === null ? null : await bodyOfEvent(ctx.db, summaryEventId);
  return bytes?.toString('utf8') ?? null;
}

export async function readTranslationDraft(ctx: Context, documentId: string, language: string) {
  scopeOf(ctx, 'policies:read');
  const row = await ctx.db
    .selectFrom('policies.translationDraft as draft')
    .innerJoin('policies.document as document', 'document.id', 'draft.documentId')
    .selectAll('draft')
    .select('document.departmentId')
    .where('draft.documentId', '=', documentId)
    .where('draft.language', '=', language)
    .executeTakeFirst();
  if (!row) return null;
  const { departmentId, ...draft } = row;
  ctx.require('policies:read', { department: departmentId });
  return draft;
}
