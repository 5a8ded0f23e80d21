import type { Context } from '#kernel/context';
import type { AskingRule } from './asking.ts';
import { type Force, inForce } from '../in-force.ts';
import { everyone } from '../scope.ts';

export type AskedVersion = Force & {
  readonly eventId: string | null;
  readonly summaryEventId: string | null;
};

/** A document with what decides about asking. */
export type AskedDocument = {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly language: string;
  readonly isPublic: boolean;
  readonly rule: AskingRule;
  /** Newest first. */
  readonly versions: readonly AskedVersion[];
  /** In force; `null` also where the document is not public (any more): nobody is asked about it then. */
  readonly current: AskedVersion | null;
};

/**
 * Documents by title: all of which acceptance was ever set up, or the one that is named. No permission: a program that records
 * acceptances need not be one that reads drafts, and whoever calls shows what is not public only to people who answered about it.
 */
export async function askedDocuments(ctx: Context, named?: { slug: string } | { id: string }): Promise<AskedDocument[]> {
  let query = ctx.db
    .selectFrom('policies.document as document')
    .innerJoin('ledger.object as object', 'object.id', 'document.id')
    .leftJoin('policies.acceptanceSetting as setting', 'setting.documentId', 'document.id')
    .select(['document.id', 'document.slug', 'document.title', 'document.language', 'setting.asked', 'setting.again'])
    .select('object.visibility')
    .orderBy('document.title');
  if (!named) query = query.where('setting.documentId', 'is not', null);
  else if ('slug' in named) query = query.where('document.slug', '=', named.slug);
  else query = query.where('document.id', '=', named.id);
  const documents = await query.execute();
  const ids = documents.map(({ id }) => id);
  if (ids.length === 0) return [];
  const versions = await versionsOf(ctx, ids);
  const endings = await ctx.db
    .selectFrom('policies.ending')
    .select(['documentId', 'lastVersion', 'endsAt'])
    .where('documentId', 'in', ids)
    .execute();
  const calls = await ctx.db
    .selectFrom('policies.acceptanceCall')
    .select(['documentId', 'version'])
    .where('documentId', 'in', ids)
    .execute();
  return documents.map(({ asked, again, visibility, ...document }) => {
    const isPublic = visibility === 'public';
    const own = versions.filter(({ documentId }) => documentId === document.id);
    const ended = endings.filter(({ documentId }) => documentId === document.id);
    return {
      ...document,
      isPublic,
      rule: {
        asked: asked ?? false,
        again: again ?? 'each-change',
        calls: calls.flatMap((call) => (call.documentId === document.id ? [call.version] : [])),
      },
      versions: own,
      current: (isPublic && inForce({ versions: own, endings: ended }, everyone, ctx.now())?.version) || null,
    };
  });
}

function versionsOf(ctx: Context, documentIds: readonly string[]) {
  return ctx.db
    .selectFrom('policies.version')
    .select(['documentId', 'number', 'origin', 'effectiveAt', 'claimedPublishedAt', 'withdrawnAt', 'eventId', 'summaryEventId'])
    .select(['audience', 'jurisdiction'])
    .where('documentId', 'in', documentIds)
    .orderBy('number', 'desc')
    .execute();
}
