import { needsSecondPerson } from '#accounts';
import { type Context, instantText, scopeOf } from '#kernel/context';
import { rowId } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { moveVisibility, visibilityOf } from '#ledger';
import { insertDocument, type InsertRefusal } from './open-document.ts';
import { everyone } from './scope.ts';
import { readText, type TextRefusal } from './text/read-text.ts';
import { titleOf } from './title-of.ts';

export type ImportedVersion = {
  readonly slug: string;
  readonly path: string;
  readonly commit: string;
  /** Committer date: what the repository claims, not what we saw. */
  readonly committedAt: Temporal.Instant;
  readonly bytes: Uint8Array;
  readonly language: string;
};

export type ImportRefusal = 'policies/published-here-since' | 'policies/import-takes-two' | TextRefusal | InsertRefusal;
export type Imported = { readonly state: 'added' | 'known' };

/**
 * Brings in one version from a repository's history. The same (document, commit, path) a second time changes nothing, so an import
 * that died is simply run again. An import publishes, so nobody imports alone what takes two people to publish: not even the machine,
 * or the rule would end at its prompt. After a version of our own, the past is closed: history is not inserted behind people's backs.
 */
export async function importVersion(ctx: Context, input: ImportedVersion): Promise<Outcome<Imported, ImportRefusal>> {
  scopeOf(ctx, 'policies:import');
  const text = readText(input.bytes);
  if (!text.ok) return text;
  const title = titleOf(text.value) ?? input.slug;
  const existing = await ctx.db
    .selectFrom('policies.document')
    .select(['id', 'title', 'departmentId'])
    .where('slug', '=', input.slug)
    .forUpdate()
    .executeTakeFirst();
  ctx.require('policies:import', { department: existing?.departmentId ?? null });
  if (existing) {
    const known = await ctx.db
      .selectFrom('policies.version')
      .select('id')
      .where('documentId', '=', existing.id)
      .where('gitCommit', '=', input.commit)
      .where('gitPath', '=', input.path)
      .executeTakeFirst();
    if (known) return done({ state: 'known' });
  }
  if (await needsSecondPerson(ctx, 'policies:publish')) return refuse('policies/import-takes-two');
  let documentId = existing?.id;
  if (documentId === undefined) {
    const opened = await insertDocument(ctx, { slug: input.slug, title, language: input.language }, 'public');
    if (!opened.ok) return opened;
    ({ documentId } = opened.value);
  }
  const last = await ctx.db
    .selectFrom('policies.version')
    .select(['number', 'origin'])
    .where('documentId', '=', documentId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (last?.origin === 'published') return refuse('policies/published-here-since', { slug: input.slug, version: last.number });
  const number = (last?.number ?? 0) + 1;
  // As by a version of our own. In rehearsal only a hash of the text would be recorded, and the text itself kept nowhere.
  if ((await visibilityOf(ctx.db, documentId)) === 'rehearsal') await moveVisibility(ctx, documentId, 'public');
  const eventId = await ctx.record({
    type: 'policy.version-imported',
    object: documentId,
    fields: {
      slug: input.slug,
      version: number,
      language: input.language,
      ...everyone,
      origin: 'imported',
      claimedPublishedAt: instantText(input.committedAt),
      commit: input.commit,
      path: input.path,
    },
    body: { bytes: input.bytes, mediaType: 'text/markdown; charset=utf-8' },
  });
  await ctx.db
    .insertInto('policies.version')
    .values({
      id: rowId(ctx.now()),
      documentId,
      number,
      summaryEventId: null,
      title,
      origin: 'imported',
      publishedAt: ctx.now(),
      effectiveAt: null,
      effectiveLocal: null,
      effectiveZone: null,
      claimedPublishedAt: input.committedAt,
      gitCommit: input.commit,
      gitPath: input.path,
      eventId,
      withdrawnAt: null,
      withdrawalEventId: null,
      ...everyone,
      changeClass: null,
      noticeRules: [],
      shorteningEventId: null,
      createdAt: ctx.now(),
    })
    .execute();
  if (existing && existing.title !== title)
    await ctx.db.updateTable('policies.document').set({ title }).where('id', '=', documentId).execute();
  return done({ state: 'added' });
}
