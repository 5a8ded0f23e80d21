import { type Outcome, done, refuse } from '#kernel/outcome';

export type EffectiveTime = { readonly at: Temporal.Instant; readonly local: string; readonly zone: string };
export type EffectiveTimeRefusal = 'policies/effective-not-valid' | 'policies/effective-in-past';

/**
 * When a version takes force: a local date and time in the organisation's zone, because a notice names a day, not an instant.
 * @param local `YYYY-MM-DD` (start of that day) or `YYYY-MM-DDTHH:mm`; empty for "now".
 */
export function effectiveTime(
  local: string,
  zone: string,
  publishedAt: Temporal.Instant,
): Outcome<EffectiveTime, EffectiveTimeRefusal> {
  const text = local.trim();
  if (text === '') return done({ at: publishedAt, local: localText(publishedAt, zone), zone });
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$/.test(text)) return refuse('policies/effective-not-valid');
  let at: Temporal.Instant;
  try {
    // A time that the clocks skip in spring is read as the moment after the gap; one that happens twice as the first.
    at = Temporal.PlainDateTime.from(text).toZonedDateTime(zone, { disambiguation: 'compatible' }).toInstant();
  } catch {
    return refuse('policies/effective-not-valid');
  }
  if (Temporal.Instant.compare(at, publishedAt) < 0) {
    return refuse('policies/effective-in-past', { earliest: localText(publishedAt, zone) });
  }
  return done({ at, local: localText(at, zone), zone });
}

function localText(at: Temporal.Instant, zone: string): string {
  return at.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
}
