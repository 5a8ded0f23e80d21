import type { ChangeClass, NoticePeriod, NoticeRule } from './notice-rule.ts';

/** `rule`: the strictest of those that hold; `null` when none asks for time. */
export type NoticeJudgement =
  | { readonly ok: true; readonly rule: NoticeRule | null }
  | { readonly ok: false; readonly rule: NoticeRule; readonly earliest: Temporal.ZonedDateTime };

/**
 * Whether a change is told long enough before it takes effect. Of several rules the one with the latest earliest day decides.
 * @param zone IANA name of the zone in which the days of the period are counted.
 */
export function judgeNotice(
  rules: readonly NoticeRule[],
  change: ChangeClass,
  publishedAt: Temporal.Instant,
  effectiveAt: Temporal.Instant,
  zone: string,
): NoticeJudgement {
  const [strictest] = rules
    .filter((rule) => rule.periods[change].count > 0)
    .map((rule) => ({ rule, earliest: earliestEffect(rule.periods[change], publishedAt, zone) }))
    .toSorted((a, b) => Temporal.ZonedDateTime.compare(b.earliest, a.earliest) || (a.rule.id < b.rule.id ? -1 : 1));
  if (!strictest) return { ok: true, rule: null };
  const long = Temporal.Instant.compare(strictest.earliest.toInstant(), effectiveAt) <= 0;
  return long ? { ok: true, rule: strictest.rule } : { ok: false, ...strictest };
}

/**
 * The first instant after a period of notice. Whole days count: the day of the publication does not, and the period ends with the
 * last hour of its last day (Regulation (EEC, Euratom) 1182/71, Art. 3(1) and (2)). A month ends on the day with the same number,
 * or on its last one where it has none. Weekends and holidays are not moved, because the effect is set and not the notice.
 */
export function earliestEffect(period: NoticePeriod, publishedAt: Temporal.Instant, zone: string): Temporal.ZonedDateTime {
  const day = publishedAt.toZonedDateTimeISO(zone).toPlainDate();
  const last = day.add({ [period.unit]: period.count }, { overflow: 'constrain' });
  return last.add({ days: 1 }).toZonedDateTime(zone);
}
