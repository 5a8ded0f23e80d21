import { sql } from 'kysely';
import { type Context, scopeOf, type Visibility } from '#kernel/context';
import { bodyOfEvent } from '#ledger';
import type { EndOfForce, Force, History } from './in-force.ts';
import type { ChangeClass } from './notice/notice-rule.ts';
import { isSlug } from './open-document.ts';

export type VersionRow = {
  readonly number: number;
  readonly title: string;
  /** Empty for an imported version, and where it was withheld. */
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
  readonly audience: string;
  readonly jurisdiction: string | null;
  /** `null` where nothing counted before, and for versions from before classes were asked for. */
  readonly changeClass: ChangeClass | null;
  /** Names of the rules by which its notice was judged. */
  readonly noticeRules: readonly string[];
  /** Why its notice was shorter than they ask; empty where the words were withheld, `null` where it was long enough. */
  readonly legalBasis: string | null;
  readonly signedCopyEventId: string | null;
  /** Size of the signed copy; `null` where there is none, or it was withheld. */
  readonly signedCopyBytes: number | null;
};

/** The end of a document without a successor. */
export type EndingRow = EndOfForce & {
  readonly recordedAt: Temporal.Instant;
  readonly endsZone: string;
  /** Empty where it was withheld. */
  readonly reason: string;
  readonly noticeRules: readonly string[];
  readonly legalBasis: string | null;
};

export type DocumentRow = {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly language: string;
  readonly visibility: Visibility;
  readonly visibleSince: Temporal.Instant;
  /** Whose it is; `null` for the whole organisation. */
  readonly departmentId: string | null;
  readonly department: string | null;
  /** How many people who wrote none of it must approve a version. */
  readonly approvers: number;
};

export type PolicyRecord = History<VersionRow, EndingRow> & { readonly document: DocumentRow };

/** Every document with its versions, newest first, without the texts. Staff see those of their departments, everybody else what is public. */
export async function listPolicies(ctx: Context): Promise<PolicyRecord[]> {
  const documents = await documentsQuery(ctx).orderBy('document.title').execute();
  const versions = (await versionsQuery(ctx).execute()).map(versionOf);
  const endings = (await endingsQuery(ctx).execute()).map(endingOf);
  return documents.map((document) => ({
    document,
    versions: versions.filter(({ documentId }) => documentId === document.id),
    endings: endings.filter(({ documentId }) => documentId === document.id),
  }));
}

export async function readPolicy(ctx: Context, slug: string): Promise<PolicyRecord | null> {
  // It comes from an address, where a byte may stand that PostgreSQL takes in no text.
  if (!isSlug(slug)) return null;
  const document = await documentsQuery(ctx).where('document.slug', '=', slug).executeTakeFirst();
  if (!document) return null;
  return {
    document,
    versions: (await versionsQuery(ctx).where('version.documentId', '=', document.id).execute()).map(versionOf),
    endings: (await endingsQuery(ctx).where('ending.documentId', '=', document.id).execute()).map(endingOf),
  };
}

/** What decides about force, without any words: for verbs, which have asked for their permission. */
export async function readHistory(ctx: Context, documentId: string): Promise<History<Force>> {
  const versions = await ctx.db
    .selectFrom('policies.version')
    .select(['number', 'origin', 'effectiveAt', 'claimedPublishedAt', 'withdrawnAt', 'audience', 'jurisdiction'])
    .where('documentId', '=', documentId)
    .execute();
  const endings = await ctx.db
    .selectFrom('policies.ending')
    .select(['lastVersion', 'endsAt'])
    .where('documentId', '=', documentId)
    .execute();
  return { versions, endings };
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
  scopeOf(ctx, 'policies:read');
  const row = await ctx.db
    .selectFrom('policies.draft as draft')
    .innerJoin('policies.document as document', 'document.id', 'draft.documentId')
    .selectAll('draft')
    .select('document.departmentId')
    .where('draft.documentId', '=', documentId)
    .executeTakeFirst();
  if (!row) return null;
  const { departmentId, ...draft } = row;
  ctx.require('policies:read', { department: departmentId });
  return draft;
}

function documentsQuery(ctx: Context) {
  const query = ctx.db
    .selectFrom('policies.document as document')
    .innerJoin('ledger.object as object', 'object.id', 'document.id')
    .leftJoin('accounts.department as department', 'department.id', 'document.departmentId')
    .select([
      'document.id',
      'document.slug',
      'document.title',
      'document.language',
      'object.visibility',
      'object.since as visibleSince',
      'document.departmentId',
      'document.approvers',
      'department.name as department',
    ]);
  const { kind } = ctx.actor;
  if (kind === 'visitor' || kind === 'guest' || kind === 'user') return query.where('object.visibility', '=', 'public');
  const scope = scopeOf(ctx, 'policies:read');
  return scope === 'all' ? query : query.where('document.departmentId', 'in', scope);
}

function versionsQuery(ctx: Context) {
  return ctx.db
    .selectFrom('policies.version as version')
    .leftJoin('ledger.body as summary', 'summary.eventId', 'version.summaryEventId')
    .leftJoin('ledger.body as reason', 'reason.eventId', 'version.withdrawalEventId')
    .select([
      'version.documentId',
      'version.number',
      'version.title',
      'version.origin',
      'version.publishedAt',
      'version.effectiveAt',
    ])
    .select([
      'version.effectiveZone',
      'version.claimedPublishedAt',
      'version.withdrawnAt',
      'version.gitCommit',
      'version.gitPath',
    ])
    .leftJoin('ledger.body as basis', 'basis.eventId', 'version.shorteningEventId')
    .select([
      'version.audience',
      'version.jurisdiction',
      'version.changeClass',
      'version.noticeRules',
      'version.shorteningEventId',
    ])
    .leftJoin('ledger.body as copy', 'copy.eventId', 'version.signedCopyEventId')
    .select(['version.signedCopyEventId', sql<number | null>`octet_length(copy.bytes)`.as('signedCopyBytes')])
    .select(['version.eventId', 'summary.bytes as summaryBytes', 'reason.bytes as reasonBytes', 'basis.bytes as basisBytes'])
    .orderBy('version.number', 'desc');
}

type StoredVersion = Awaited<ReturnType<ReturnType<typeof versionsQuery>['executeTakeFirstOrThrow']>>;

function versionOf({
  summaryBytes,
  reasonBytes,
  basisBytes,
  shorteningEventId,
  ...version
}: StoredVersion): VersionRow & { readonly documentId: string } {
  return {
    ...version,
    summary: summaryBytes?.toString('utf8') ?? '',
    withdrawnReason: reasonBytes?.toString('utf8') ?? null,
    legalBasis: shorteningEventId === null ? null : (basisBytes?.toString('utf8') ?? ''),
  };
}

function endingsQuery(ctx: Context) {
  return ctx.db
    .selectFrom('policies.ending as ending')
    .leftJoin('ledger.body as reason', 'reason.eventId', 'ending.eventId')
    .leftJoin('ledger.body as basis', 'basis.eventId', 'ending.shorteningEventId')
    .select(['ending.documentId', 'ending.lastVersion', 'ending.recordedAt', 'ending.endsAt', 'ending.endsZone'])
    .select(['ending.noticeRules', 'ending.shorteningEventId', 'reason.bytes as reasonBytes', 'basis.bytes as basisBytes'])
    .orderBy('ending.lastVersion', 'desc');
}

type StoredEnding = Awaited<ReturnType<ReturnType<typeof endingsQuery>['executeTakeFirstOrThrow']>>;

function endingOf({
  reasonBytes,
  basisBytes,
  shorteningEventId,
  ...ending
}: StoredEnding): EndingRow & { readonly documentId: string } {
  return {
    ...ending,
    reason: reasonBytes?.toString('utf8') ?? '',
    legalBasis: shorteningEventId === null ? null : (basisBytes?.toString('utf8') ?? ''),
  };
}
