const hour = 3_600_000;

/**
 * The instants at which a day of the calendar begins and ends in a zone, in milliseconds since 1970. Found by halving over the
 * browser's own time zones: not every browser has Temporal, and a checker must not carry a second table of zones.
 * @param date `YYYY-MM-DD`.
 * @returns `null` when there is no such day or zone.
 */
export function localDay(date: string, zone: string): { readonly start: number; readonly end: number } | null {
  const noon = Date.parse(`${date}T12:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(noon) || new Date(noon).toISOString().slice(0, 10) !== date) return null;
  try {
    const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    const dayOf = (at: number) => Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value] as const));
    const reached = (at: number, day: string) => {
      const { year = '', month = '', day: of = '' } = dayOf(at);
      return `${year.padStart(4, '0')}-${month}-${of}` >= day;
    };
    const next = new Date(noon + 24 * hour).toISOString().slice(0, 10);
    // No zone is further from UTC than 14 hours; a day of the calendar begins within 26 hours of its noon in UTC.
    const start = firstOf((at) => reached(at, date), noon - 30 * hour, noon + 30 * hour);
    return { start, end: firstOf((at) => reached(at, next), start, noon + 60 * hour) };
  } catch {
    return null;
  }
}

/** The first of the milliseconds for which it holds, between one for which it does not and one for which it does. */
function firstOf(holds: (at: number) => boolean, no: number, yes: number): number {
  let [below, above] = [no, yes];
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    if (holds(middle)) above = middle;
    else below = middle;
  }
  return above;
}
