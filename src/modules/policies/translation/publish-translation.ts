import { type Context, scopeOf } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { bodyOfEvent, visibilityOf } from '#ledger';
import { longestSummary } from '../judge-publication.ts';
import { isVersionNumber } from '../read-policies.ts';
import { refuseBlanks } from '../templates/fill-template.ts';
import { readText, type TextRefusal } from '../text/read-text.ts';
import { isLanguage } from './save-translation.ts';

export type NewTranslation = {
  readonly documentId: string;
  /** The version it translates, which need not be the newest. */
  readonly number: number;
  readonly language: string;
  readonly title: string;
  /** The exact bytes that are promised to say the same. */
  readonly text: Uint8Array;
  /** The version's summary in this language; may be empty where the version has none. */
  readonly summary: string;
};
export type PublishTranslationRefusal =
  | 'policies/document-not-found'
  | 'policies/document-hidden'
  | 'policies/version-not-found'
  | 'policies/already-withdrawn'
  | 'policies/language-not-valid'
  | 'policies/language-is-original'
  | 'policies/title-missing'
  | 'policies/summary-missing'
  | 'policies/summary-too-long'
  | 'policies/blank-left'
  | 'policies/translation-unchanged'
  | TextRefusal;

/** Publishes what a version says in another language: an entry of its own, later than the version, that says which one it translates. */
export async function publishTranslation(
  ctx: Context,
  { documentId, number, language, title, text, summary }: NewTranslation,
): Promise<Outcome<{ edition: number }, PublishTranslationRefusal>> {
  scopeOf(ctx, 'policies:publish');
  const document = await ctx.db
    .selectFrom('policies.document')
    .select(['departmentId', 'language', 'slug'])
    .where('id', '=', documentId)
    .forUpdate()
    .executeTakeFirst();
  if (!document) return refuse('policies/document-not-found');
  ctx.require('policies:publish', { department: document.departmentId });
  if (!isLanguage(language)) return refuse('policies/language-not-valid');
  if (language === document.language) return refuse('policies/language-is-original');
  const version = isVersionNumber(number)
    ? await ctx.db
        .selectFrom('policies.version')
        .select(['withdrawnAt', 'summaryEventId'])
        .where('documentId', '=', documentId)
        .where('number', '=', number)
        .executeTakeFirst()
    : undefined;
  if (!version) return refuse('policies/version-not-found');
  if (version.withdrawnAt) return refuse('policies/already-withdrawn');
  const read = readText(text);
  if (!read.ok) return read;
  const filled = refuseBlanks(read.value);
  if (!filled.ok) return filled;
  const named = title.trim();
  if (named === '' || named.length > 200) return refuse('policies/title-missing');
  const said = summary.trim();
  // Who reads only this language must not get less than the others.
  if (said === '' && version.summaryEventId !== null) return refuse('policies/summary-missing');
  if (said.length > longestSummary) return refuse('policies/summary-too-long', { limit: longestSummary });
  // Its entry would lie in the private record, where nobody could check it.
  if ((await visibilityOf(ctx.db, documentId)) === 'rehearsal') return refuse('policies/document-hidden');
  const last = await lastEdition(ctx, documentId, number, language);
  if (last && last.title === named && last.summary === said && last.text?.equals(text))
    return refuse('policies/translation-unchanged', { edition: last.edition });

  const edition = (last?.edition ?? 0) + 1;
  const about = { slug: document.slug, version: number, language, edition };
  const body = { bytes: text, mediaType: 'text/markdown; charset=utf-8' };
  const eventId = await ctx.record({ type: 'policy.translation-published', object: documentId, fields: about, body });
  const summaryEventId =
    said === ''
      ? null
      : await ctx.record({
          type: 'policy.summary-published',
          object: documentId,
          fields: { version: number, language },
          body: { bytes: Buffer.from(said), mediaType: 'text/plain; charset=utf-8' },
        });
  await ctx.db
    .insertInto('policies.translation')
    .values({ documentId, number, language, edition, title: named, eventId, summaryEventId, publishedAt: ctx.now() })
    .execute();
  await ctx.db
    .deleteFrom('policies.translationDraft')
    .where('documentId', '=', documentId)
    .where('language', '=', language)
    .execute();
  return done({ edition });
}

async function lastEdition(ctx: Context, documentId: string, number: number, language: string) {
  const row = await ctx.db
    .selectFrom('policies.translation')
    .select(['edition', 'title', 'eventId', 'summaryEventId'])
    .where('documentId', '=', documentId)
    .where('number', '=', number)
    .where('language', '=', language)
    .orderBy('edition', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  const summary = row.summaryEventId ? await bodyOfEvent(ctx.db, row.summaryEventId) : null;
  const { edition, title } = row;
  return { edition, title, text: await bodyOfEvent(ctx.db, row.eventId), summary: summary?.toString('utf8') ?? '' };
}
