/** What somebody asks about: a whole day of a zone, or one instant. */
export type Moment = {
  readonly from: Temporal.Instant;
  /** The first instant after the day; `null` for an instant. */
  readonly until: Temporal.Instant | null;
};

/**
 * @param text `YYYY-MM-DD`, or RFC 3339 with `Z` or an offset.
 * @param zone IANA name; a day is as long there as the clocks made it, 23 to 25 hours.
 * @returns `null` for anything else.
 */
export function readMoment(text: string, zone: string): Moment | null {
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
      const day = Temporal.PlainDate.from(text, { overflow: 'reject' });
      return { from: day.toZonedDateTime(zone).toInstant(), until: day.add({ days: 1 }).toZonedDateTime(zone).toInstant() };
    }
    if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.test(text)) return null;
    return { from: Temporal.Instant.from(text), until: null };
  } catch {
    return null;
  }
}
