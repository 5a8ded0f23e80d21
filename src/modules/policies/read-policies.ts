import type { Context, Visibility } from '#kernel/context';
import { bodyOfEvent } from '#ledger';

export type VersionRow = {
  readonly number: number;
  readonly title: string;
  readonly summary: string;
  readonly origin: 'published' | 'imported';
  readonly publishedAt: Temporal.Instant | null;
  readonly effectiveAt: Temporal.Instant | null;
  readonly effectiveZone: string | null;
  readonly claimedPublishedAt: Temporal.Instant | null;
  readonly withdrawnAt: Temporal.Instant | null;
  readonly withdrawnReason: string | null;
  readonly gitCommit: string | null;
  readonly gitPath: string | null;
  readonly eventId: string | null;
};

export type DocumentRow = {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly language: string;
  readonly visibility: Visibility;
  readonly visibleSince: Temporal.Instant;
};

export type PolicyRecord = { readonly document: DocumentRow; readonly versions: readonly VersionRow[] };

/** Every document with its versions, newest first, without the texts. Visitors are shown only what is public. */
export async function listPolicies(ctx: Context): Promise<PolicyRecord[]> {
  const documents = await documentsQuery(ctx).orderBy('document.title').execute();
  const versions = await versionsQuery(ctx).execute();
  return documents.map((document) => ({ document, versions: versions.filter(({ documentId }) => documentId === document.id) }));
}

export async function readPolicy(ctx: Context, slug: string): Promise<PolicyRecord | null> {
  // From an address anything can come; PostgreSQL answers a NUL with an error.
  if (!/^[a-z0-9-]+$/.test(slug)) return null;
  const document = await documentsQuery(ctx).where('document.slug', '=', slug).executeTakeFirst();
  if (!document) return null;
  return { document, versions: await versionsQuery(ctx).where('documentId', '=', document.id).execute() };
}

/** Numbers come from forms and addresses; PostgreSQL answers a fraction, or one beyond its integer, with an error. */
export function isVersionNumber(number: number): boolean {
  return Number.isInteger(number) && number > 0 && number < 2 ** 31;
}

/** The exact bytes of a version, which only the log's body store holds: withheld there is withheld everywhere (`null`). */
export async function readVersionText(ctx: Context, documentId: string, number: number): Promise<Buffer | null> {
  if (!isVersionNumber(number)) return null;
  const row = await ctx.db
    .selectFrom('policies.version')
    .select('eventId')
    .where('documentId', '=', documentId)
    .where('number', '=', number)
    .executeTakeFirst();
  return row?.eventId ? bodyOfEvent(ctx.db, row.eventId) : null;
}

export async function readDraft(ctx: Context, documentId: string) {
  ctx.require('policies:read');
  return (await ctx.db.selectFrom('policies.draft').selectAll().where('documentId', '=', documentId).executeTakeFirst()) ?? null;
}

function documentsQuery(ctx: Context) {
  const query = ctx.db
    .selectFrom('policies.document as document')
    .innerJoin('ledger.object as object', 'object.id', 'document.id')
    .select([
      'document.id',
      'document.slug',
      'document.title',
      'document.language',
      'object.visibility',
      'object.since as visibleSince',
    ]);
  return ctx.actor.kind === 'visitor' ? query.where('object.visibility', '=', 'public') : query;
}

function versionsQuery(ctx: Context) {
  return ctx.db
    .selectFrom('policies.version')
    .select(['documentId', 'number', 'title', 'summary', 'origin', 'publishedAt', 'effectiveAt', 'effectiveZone'])
    .select(['claimedPublishedAt', 'withdrawnAt', 'withdrawnReason', 'gitCommit', 'gitPath', 'eventId'])
    .orderBy('number', 'desc');
}
