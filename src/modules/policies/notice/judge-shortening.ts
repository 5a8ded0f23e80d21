import { type Outcome, done, refuse } from '#kernel/outcome';
import type { EffectiveTime } from '../effective-time.ts';
import { judgeNotice } from './judge-notice.ts';
import { type ChangeClass, type NoticeRule, ruleName } from './notice-rule.ts';

/** A notice shorter than a rule asks, and the legal basis for it in somebody's words. */
export type Shortening = {
  readonly rule: string;
  /** The first day that the rule would have allowed, `YYYY-MM-DD` in the zone of the effect. */
  readonly earliest: string;
  readonly legalBasis: string;
};
export type ShorteningRefusal = 'policies/notice-too-short' | 'policies/legal-basis-too-short' | 'policies/legal-basis-too-long';

type Noticed = {
  readonly noticeRules: readonly string[];
  readonly noticeRule: string | null;
  readonly shortening: Shortening | null;
};

const shortestBasis = 20;
const longestBasis = 2000;

/**
 * Whether a publication or an ending is told long enough before, or says why it need not be.
 * @param change `null` where nothing changes for anybody, so that there is nothing to tell.
 */
export function judgeShortening(
  rules: readonly NoticeRule[],
  change: ChangeClass | null,
  publishedAt: Temporal.Instant,
  effective: EffectiveTime,
  legalBasis: string,
): Outcome<Noticed, ShorteningRefusal> {
  const noticeRules = rules.map(ruleName);
  if (change === null) return done({ noticeRules, noticeRule: null, shortening: null });
  const judged = judgeNotice(rules, change, publishedAt, effective.at, effective.zone);
  if (judged.ok) return done({ noticeRules, noticeRule: judged.rule && ruleName(judged.rule), shortening: null });
  const rule = ruleName(judged.rule);
  const earliest = judged.earliest.toPlainDate().toString();
  const basis = legalBasis.trim();
  if (basis === '') return refuse('policies/notice-too-short', { rule, earliest });
  if (basis.length < shortestBasis) return refuse('policies/legal-basis-too-short', { least: shortestBasis });
  if (basis.length > longestBasis) return refuse('policies/legal-basis-too-long', { limit: longestBasis });
  return done({ noticeRules, noticeRule: rule, shortening: { rule, earliest, legalBasis: basis } });
}
