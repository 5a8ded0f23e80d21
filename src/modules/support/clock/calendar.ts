/**
 * When an organisation works. A calendar never changes: a new one has a new version, so that a deadline can be computed again
 * later.
 */
export type Calendar = {
  version: string;
  /** IANA name. */
  timeZone: string;
  /** ISO weekdays, 1 is Monday and 7 is Sunday; at least one. */
  weekdays: readonly number[];
  /** Wall-clock times, `HH:MM`; `from` is before `to`, the same on every working day. */
  hours: { from: string; to: string };
  /** ISO dates on which nobody works. */
  holidays: readonly string[];
};

/** The working time of one day, from opening to closing. Closing is the last instant that still belongs to it. */
export type WorkingDay = { date: Temporal.PlainDate; opens: Temporal.Instant; closes: Temporal.Instant };

/** Ten years without a working day mean that the calendar is wrong, not that a reply is due in ten years. */
const longestClosure = 3_660;

/**
 * The working days on and after the local date of an instant. A day whose hours fall into a clock change has fewer or more
 * hours of real time, or none and is left out.
 * @throws RangeError on a calendar without weekdays, with hours that end before they begin, or closed for ten years.
 */
export function* workingDays(calendar: Calendar, start: Temporal.Instant): Generator<WorkingDay, never> {
  const from = Temporal.PlainTime.from(calendar.hours.from);
  const to = Temporal.PlainTime.from(calendar.hours.to);
  if (Temporal.PlainTime.compare(from, to) >= 0) throw new RangeError('working hours must end after they begin');
  const weekdays = new Set(calendar.weekdays);
  const holidays = new Set(calendar.holidays);
  let date = start.toZonedDateTimeISO(calendar.timeZone).toPlainDate();
  for (let closed = 0; closed < longestClosure; date = date.add({ days: 1 })) {
    closed++;
    if (!weekdays.has(date.dayOfWeek) || holidays.has(date.toString())) continue;
    const opens = date.toZonedDateTime({ timeZone: calendar.timeZone, plainTime: from }).toInstant();
    const closes = date.toZonedDateTime({ timeZone: calendar.timeZone, plainTime: to }).toInstant();
    if (Temporal.Instant.compare(opens, closes) >= 0) continue;
    closed = 0;
    yield { date, opens, closes };
  }
  throw new RangeError(
    `calendar ${calendar.version} has no working day for ten years after ${date.subtract({ days: longestClosure }).toString()}`,
  );
}
