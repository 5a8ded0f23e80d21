import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { bodyOfEvent } from '#ledger';
import { effectiveTime, type EffectiveTime, type EffectiveTimeRefusal } from './effective-time.ts';
import { refuseBlanks } from './templates/fill-template.ts';
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

export type PublicationRefusal =
  | 'policies/summary-missing'
  | 'policies/summary-too-long'
  | 'policies/blank-left'
  | 'policies/text-unchanged'
  | TextRefusal
  | EffectiveTimeRefusal;

export type Judged = { readonly summary: string; readonly effective: EffectiveTime; readonly number: number };

const longestSummary = 2000;

/** Whether a text may be published as the document's next version; writes nothing, so that the review page can ask too. */
export async function judgePublication(ctx: Context, publication: Publication): Promise<Outcome<Judged, PublicationRefusal>> {
  const text = readText(publication.text);
  if (!text.ok) return text;
  const filled = refuseBlanks(text.value);
  if (!filled.ok) return filled;
  const summary = publication.summary.trim();
  if (summary === '') return refuse('policies/summary-missing');
  if (summary.length > longestSummary) return refuse('policies/summary-too-long', { limit: longestSummary });
  const effective = effectiveTime(publication.effectiveLocal, publication.zone, ctx.now());
  if (!effective.ok) return effective;
  const last = await ctx.db
    .selectFrom('policies.version')
    .select(['number', 'eventId', 'withdrawnAt'])
    .where('documentId', '=', publication.documentId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  const before = last?.eventId && !last.withdrawnAt ? await bodyOfEvent(ctx.db, last.eventId) : null;
  if (last && before?.equals(publication.text)) return refuse('policies/text-unchanged', { version: last.number });
  return done({ summary, effective: effective.value, number: (last?.number ?? 0) + 1 });
}
