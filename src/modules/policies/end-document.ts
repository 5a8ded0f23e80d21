import { type Context, instantText, scopeOf } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { visibilityOf } from '#ledger';
import { effectiveTime, type EffectiveTimeRefusal } from './effective-time.ts';
import { endingAfter, scheduled } from './in-force.ts';
import { judgeShortening, type ShorteningRefusal } from './notice/judge-shortening.ts';
import { recordShortening } from './notice/record-shortening.ts';
import { rulesFor } from './notice/rules-for.ts';
import { readHistory } from './read-policies.ts';

export type Ending = {
  readonly documentId: string;
  /** See `effectiveTime`; empty means at once. */
  readonly endsLocal: string;
  readonly zone: string;
  /** Public. */
  readonly reason: string;
  /** See `Publication`. */
  readonly legalBasis?: string;
};

export type EndDocumentRefusal =
  | 'policies/document-not-found'
  | 'policies/reason-missing'
  | 'policies/nothing-to-end'
  | 'policies/already-ending'
  | 'policies/version-coming'
  | EffectiveTimeRefusal
  | ShorteningRefusal;

/**
 * Announces that a document ends without a successor. It counts until that instant and stays readable afterwards. For the rules
 * of notice it is a change for the worse. A version published later begins the document anew.
 */
export async function endDocument(
  ctx: Context,
  { documentId, endsLocal, zone, ...input }: Ending,
): Promise<Outcome<{ endsAt: Temporal.Instant }, EndDocumentRefusal>> {
  scopeOf(ctx, 'policies:publish');
  const document = await ctx.db
    .selectFrom('policies.document')
    .select(['slug', 'departmentId'])
    .where('id', '=', documentId)
    .forUpdate()
    .executeTakeFirst();
  if (!document) return refuse('policies/document-not-found');
  ctx.require('policies:publish', { department: document.departmentId });
  const reason = input.reason.trim();
  if (reason.length < 10) return refuse('policies/reason-missing');
  const history = await readHistory(ctx, documentId);
  const lastVersion = Math.max(0, ...history.versions.map(({ number }) => number));
  const endedUpTo = Math.max(0, ...history.endings.map((ending) => ending.lastVersion));
  if (endingAfter(history, ctx.now())) return refuse('policies/already-ending');
  // What is not public has nobody who could rely on it, and its end would be recorded where nobody reads it.
  const seen = (await visibilityOf(ctx.db, documentId)) === 'public';
  const counting = history.versions.some(({ number, withdrawnAt }) => number > endedUpTo && !withdrawnAt);
  if (!seen || !counting) return refuse('policies/nothing-to-end');
  const effective = effectiveTime(endsLocal, zone, ctx.now());
  if (!effective.ok) return effective;
  const { at, local } = effective.value;
  const coming = scheduled(history, at)[0] ?? scheduled(history, ctx.now()).find(({ effectiveAt }) => effectiveAt?.equals(at));
  if (coming) return refuse('policies/version-coming', { version: coming.number });
  const rules = await rulesFor(ctx, documentId, 'everyone');
  const noticed = judgeShortening(rules, 'adverse', ctx.now(), effective.value, input.legalBasis ?? '');
  if (!noticed.ok) return noticed;
  const { noticeRules, shortening } = noticed.value;
  const eventId = await ctx.record({
    type: 'policy.document-ended',
    object: documentId,
    fields: {
      slug: document.slug,
      lastVersion,
      effectiveAt: instantText(at),
      effectiveLocal: local,
      effectiveZone: zone,
      noticeRules,
    },
    body: { bytes: Buffer.from(reason), mediaType: 'text/plain; charset=utf-8' },
  });
  const what = { of: 'ending', version: lastVersion } as const;
  const shorteningEventId = shortening && (await recordShortening(ctx, documentId, what, effective.value, shortening));
  await ctx.db
    .insertInto('policies.ending')
    .values({
      documentId,
      lastVersion,
      recordedAt: ctx.now(),
      endsAt: at,
      endsZone: zone,
      eventId,
      noticeRules: [...noticeRules],
      shorteningEventId,
    })
    .execute();
  return done({ endsAt: at });
}
