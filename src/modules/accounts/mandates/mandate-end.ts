import { type Outcome, done, refuse } from '#kernel/outcome';
import { longestMandateYears } from './mandate.ts';

export type MandateEndRefusal = 'accounts/mandate-end-not-valid' | 'accounts/mandate-too-long' | 'accounts/of-age';

export type WantedEnd = {
  /** The last day, as `2027-06-30`. */
  readonly until: string;
  /** IANA name of the zone in which that day ends. */
  readonly zone: string;
  /** Of a child, as `2012-03-04`: a parent's mandate ends with the day before its 18th birthday. Else `null`. */
  readonly bornOn: string | null;
};

/** The instant at which a mandate ends: the end of its last day, at most two years away. */
export function mandateEnd(
  { until, zone, bornOn }: WantedEnd,
  now: Temporal.Instant,
): Outcome<Temporal.Instant, MandateEndRefusal> {
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  const last = dateIn(until);
  if (!last || Temporal.PlainDate.compare(last, today) < 0) return refuse('accounts/mandate-end-not-valid');
  let latest = today.add({ years: longestMandateYears });
  if (bornOn !== null) {
    const birthday = dateIn(bornOn)?.add({ years: 18 });
    if (!birthday || Temporal.PlainDate.compare(birthday, today) <= 0) return refuse('accounts/of-age');
    const dayBefore = birthday.subtract({ days: 1 });
    if (Temporal.PlainDate.compare(dayBefore, latest) < 0) latest = dayBefore;
  }
  if (Temporal.PlainDate.compare(last, latest) > 0) return refuse('accounts/mandate-too-long', { latest: latest.toString() });
  return done(last.add({ days: 1 }).toZonedDateTime(zone).toInstant());
}

/** A calendar day of four-digit years, or `null`: what a form sends may be anything. */
export function dateIn(text: string): Temporal.PlainDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return null;
  }
}
