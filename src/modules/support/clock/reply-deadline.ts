import { workingDays, type Calendar } from './calendar.ts';

/** The reply time an organisation declares; a whole number, at least 1. */
export type ReplyTime = { businessHours: number } | { businessDays: number };
export type Question = { askedAt: Temporal.Instant; within: ReplyTime; calendar: Calendar };

const minuteMs = 60_000;

/**
 * The last instant at which a reply is in time.
 *
 * Business hours run only while the organisation works, in real time: on the day clocks change an hour is still sixty minutes.
 * Business days end at closing; the day of the question does not count, whatever the hour (as in Regulation 1182/71, Art. 3(1)).
 * @throws RangeError when the reply time is no whole number of at least 1, or the calendar has no working days.
 */
export function replyDeadline({ askedAt, within, calendar }: Question): Temporal.Instant {
  return 'businessHours' in within
    ? afterWorkingMinutes(askedAt, wholeNumber(within.businessHours) * 60, calendar)
    : workingDayAfter(askedAt, wholeNumber(within.businessDays), calendar).closes;
}

/**
 * From when on an open question is due soon: when a quarter of the hours is left, or the last day begins.
 * Always after the question and before the deadline.
 */
export function dueSoonAt({ askedAt, within, calendar }: Question): Temporal.Instant {
  return 'businessHours' in within
    ? afterWorkingMinutes(askedAt, wholeNumber(within.businessHours) * 45, calendar)
    : workingDayAfter(askedAt, wholeNumber(within.businessDays), calendar).opens;
}

function wholeNumber(value: number): number {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new RangeError(`a reply time is a whole number of at least 1, not ${value}`);
  return value;
}

function afterWorkingMinutes(askedAt: Temporal.Instant, minutes: number, calendar: Calendar): Temporal.Instant {
  let left = minutes * minuteMs;
  for (const { opens, closes } of workingDays(calendar, askedAt)) {
    const from = Math.max(opens.epochMilliseconds, askedAt.epochMilliseconds);
    const open = closes.epochMilliseconds - from;
    // Time that runs out exactly at closing runs out on that evening, not on the next morning.
    if (open >= left) return Temporal.Instant.fromEpochMilliseconds(from + left);
    if (open > 0) left -= open;
  }
  throw new RangeError('unreachable: working days never end');
}

function workingDayAfter(askedAt: Temporal.Instant, days: number, calendar: Calendar) {
  const asked = askedAt.toZonedDateTimeISO(calendar.timeZone).toPlainDate();
  let left = days;
  for (const day of workingDays(calendar, askedAt)) {
    if (Temporal.PlainDate.compare(day.date, asked) > 0) left--;
    if (left === 0) return day;
  }
  throw new RangeError('unreachable: working days never end');
}
