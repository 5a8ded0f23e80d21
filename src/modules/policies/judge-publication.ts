import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { bodyOfEvent } from '#ledger';
import { closeness, isAudience, isJurisdiction, type Scope } from './scope.ts';
import { inForce, scheduled } from './in-force.ts';
import { judgeShortening, type Shortening, type ShorteningRefusal } from './notice/judge-shortening.ts';
import type { ChangeClass } from './notice/notice-rule.ts';
import { readHistory } from './read-policies.ts';
import { rulesFor } from './notice/rules-for.ts';
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
  /** For whom it counts; `everyone` unless given. */
  readonly audience?: string;
  /** Where it counts: ISO 3166 or `EU`; empty, as unless given, for everywhere. */
  readonly jurisdiction?: string;
  /** What it means for the reader, as a person judged it; the strictest unless given. */
  readonly changeClass?: ChangeClass;
  /** Why the law lets the notice be shorter. Recorded in public, and only where the notice is too short without it. */
  readonly legalBasis?: string;
};

export type PublicationRefusal =
  | 'policies/summary-missing'
  | 'policies/summary-too-long'
  | 'policies/blank-left'
  | 'policies/text-unchanged'
  | 'policies/audience-unknown'
  | 'policies/jurisdiction-unknown'
  | ShorteningRefusal
  | TextRefusal
  | EffectiveTimeRefusal;

export type Judged = {
  readonly summary: string;
  readonly effective: EffectiveTime;
  readonly number: number;
  readonly scope: Scope;
  /** `null` where nothing counted for these people before. */
  readonly changeClass: ChangeClass | null;
  readonly noticeRules: readonly string[];
  /** The rule that decided about the notice; `null` when none asked for time. */
  readonly noticeRule: string | null;
  readonly shortening: Shortening | null;
};

/** Characters. */
export const longestSummary = 2000;

/** Whether a text may be published as the document's next version; writes nothing, so that the review page can ask too. */
export async function judgePublication(ctx: Context, publication: Publication): Promise<Outcome<Judged, PublicationRefusal>> {
  const text = readText(publication.text);
  if (!text.ok) return text;
  // What two editors left undecided stands as a blank too, and may stand in each of them.
  for (const said of [text.value, publication.summary, publication.legalBasis ?? '']) {
    const filled = refuseBlanks(said);
    if (!filled.ok) return filled;
  }
  const summary = publication.summary.trim();
  if (summary === '') return refuse('policies/summary-missing');
  if (summary.length > longestSummary) return refuse('policies/summary-too-long', { limit: longestSummary });
  const scope = { audience: publication.audience ?? 'everyone', jurisdiction: publication.jurisdiction?.trim() || null };
  if (!isAudience(scope.audience)) return refuse('policies/audience-unknown', { audience: scope.audience.slice(0, 80) });
  if (scope.jurisdiction !== null && !isJurisdiction(scope.jurisdiction))
    return refuse('policies/jurisdiction-unknown', { jurisdiction: scope.jurisdiction.slice(0, 80) });
  const effective = effectiveTime(publication.effectiveLocal, publication.zone, ctx.now());
  if (!effective.ok) return effective;
  const last = await lastText(ctx, publication.documentId);
  if (last?.text.equals(publication.text)) return refuse('policies/text-unchanged', { version: last.number });
  const history = await readHistory(ctx, publication.documentId);
  const number = Math.max(0, ...history.versions.map((version) => version.number)) + 1;
  // A text that nobody had before needs no notice of a change. One that is announced already counts as something they had.
  const countedBefore =
    inForce(history, scope, ctx.now()) !== null ||
    scheduled(history, ctx.now()).some((version) => closeness(version, scope) !== null);
  const changeClass = countedBefore ? (publication.changeClass ?? strictestClass(last?.text ?? null, publication.text)) : null;
  const rules = await rulesFor(ctx, publication.documentId, scope.audience);
  const noticed = judgeShortening(rules, changeClass, ctx.now(), effective.value, publication.legalBasis ?? '');
  if (!noticed.ok) return noticed;
  return done({ summary, effective: effective.value, number, scope, changeClass, ...noticed.value });
}

/** The bytes of the newest version; `null` when there is none, or it was withdrawn or its text withheld. */
async function lastText(ctx: Context, documentId: string): Promise<{ number: number; text: Buffer } | null> {
  const last = await ctx.db
    .selectFrom('policies.version')
    .select(['number', 'eventId', 'withdrawnAt'])
    .where('documentId', '=', documentId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  const text = last?.eventId && !last.withdrawnAt ? await bodyOfEvent(ctx.db, last.eventId) : null;
  return last && text ? { number: last.number, text } : null;
}

/** What nobody has judged counts as for the worse, as soon as anything but white space differs. */
function strictestClass(before: Buffer | null, after: Uint8Array): ChangeClass {
  return before !== null && wordsOf(before) === wordsOf(after) ? 'editorial' : 'adverse';
}

function wordsOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8').normalize('NFC').replaceAll(/\s+/g, ' ').trim();
}
