import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import type { Calendar } from './calendar.ts';
import { readOrganisation } from './establish-organisation.ts';

export type ReplyTime = {
  /** Business hours within which a question is answered. */
  readonly businessHours: number;
  /** ISO weekdays, 1 = Monday. */
  readonly weekdays: readonly number[];
  /** `HH:MM` in the organisation's time zone, the same on every working day. */
  readonly from: string;
  readonly to: string;
  /** ISO dates on which nobody works. */
  readonly holidays: readonly string[];
};

export type ReplyTimeRefusal =
  | 'organisation/not-set-up'
  | 'organisation/reply-hours-not-valid'
  | 'organisation/working-hours-not-valid'
  | 'organisation/weekdays-not-valid'
  | 'organisation/holiday-not-valid'
  | 'organisation/reply-time-unchanged';

const mostHours = 1000;

/**
 * Declares, in public, how fast questions are answered and when the organisation works. Questions already asked keep the deadline
 * they were given: a promise is not weakened behind the back of whom it was made to.
 */
export async function declareReplyTime(
  ctx: Context,
  time: ReplyTime,
): Promise<Outcome<{ calendar: Calendar }, ReplyTimeRefusal>> {
  ctx.require('organisation:manage');
  const refused = judge(time);
  if (refused) return refused;
  await ctx.db.selectFrom('organisation.organisation').select('single').forUpdate().execute();
  const organisation = await readOrganisation(ctx);
  if (!organisation) return refuse('organisation/not-set-up');
  const { businessHours, from, to } = time;
  const weekdays = [...new Set(time.weekdays)].toSorted((a, b) => a - b);
  const holidays = [...new Set(time.holidays)].toSorted((a, b) => (a < b ? -1 : 1));
  const { version, ...before } = organisation.calendar;
  const after = { timeZone: organisation.timeZone, weekdays, hours: { from, to }, holidays };
  const sameCalendar = JSON.stringify(inOrder(before)) === JSON.stringify(inOrder(after));
  if (sameCalendar && organisation.replyHours === businessHours) return refuse('organisation/reply-time-unchanged');
  const calendar: Calendar = { version: sameCalendar ? version : String(Number(version) + 1), ...after };
  await ctx.db
    .updateTable('organisation.organisation')
    .set({ replyHours: businessHours, calendar: JSON.stringify(calendar) })
    .execute();
  await ctx.record({
    type: 'organisation.reply-time-declared',
    object: organisation.object,
    fields: { businessHours, calendarVersion: calendar.version, weekdays: weekdays.map(String), from, to, holidays },
  });
  return done({ calendar });
}

function judge({ businessHours, weekdays, from, to, holidays }: ReplyTime) {
  if (!Number.isInteger(businessHours) || businessHours < 1 || businessHours > mostHours) {
    return refuse('organisation/reply-hours-not-valid', { most: mostHours });
  }
  const clock = /^([01]\d|2[0-3]):[0-5]\d$/;
  if (!clock.test(from) || !clock.test(to) || from >= to) return refuse('organisation/working-hours-not-valid');
  if (weekdays.length === 0 || weekdays.some((day) => !Number.isInteger(day) || day < 1 || day > 7)) {
    return refuse('organisation/weekdays-not-valid');
  }
  const wrong = holidays.find((day) => !isDate(day));
  return wrong === undefined ? null : refuse('organisation/holiday-not-valid', { day: wrong.slice(0, 20) });
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}

/** jsonb keeps no order of members. */
function inOrder({ timeZone, weekdays, hours, holidays }: Omit<Calendar, 'version'>): unknown[] {
  return [timeZone, weekdays, hours.from, hours.to, holidays];
}
