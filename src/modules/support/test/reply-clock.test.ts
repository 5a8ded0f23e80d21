import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Calendar } from '../clock/calendar.ts';
import { dueSoonAt, replyDeadline, type ReplyTime } from '../clock/reply-deadline.ts';
import { nextTransition, replyState } from '../clock/reply-state.ts';

const office: Calendar = {
  version: '1',
  timeZone: 'Europe/Berlin',
  weekdays: [1, 2, 3, 4, 5],
  hours: { from: '09:00', to: '17:00' },
  holidays: ['2026-12-24', '2026-12-25'],
};
const nights: Calendar = { ...office, weekdays: [1, 2, 3, 4, 5, 6, 7], hours: { from: '01:00', to: '05:00' } };
const gap: Calendar = { ...nights, hours: { from: '02:00', to: '03:00' } };

const instant = (local: string, zone = 'Europe/Berlin') => Temporal.ZonedDateTime.from(`${local}[${zone}]`).toInstant();
const hours = (businessHours: number): ReplyTime => ({ businessHours });
const days = (businessDays: number): ReplyTime => ({ businessDays });

// Worked out by hand. 2026-11-20 is a Friday, 2028-02-29 a Tuesday; clocks in Berlin change on 2026-03-29 and 2026-10-25.
const rows: { says: string; asked: string; within: ReplyTime; calendar?: Calendar; deadline: string }[] = [
  { says: 'hours within one day', asked: '2026-11-20T10:00', within: hours(4), deadline: '2026-11-20T14:00' },
  { says: 'hours up to closing end at closing', asked: '2026-11-20T10:00', within: hours(7), deadline: '2026-11-20T17:00' },
  { says: 'hours over a weekend', asked: '2026-11-20T15:30', within: hours(4), deadline: '2026-11-23T11:30' },
  { says: 'asked at night, counted from opening', asked: '2026-11-18T23:59', within: hours(1), deadline: '2026-11-19T10:00' },
  {
    says: 'asked at closing, counted from the next opening',
    asked: '2026-11-18T17:00',
    within: hours(1),
    deadline: '2026-11-19T10:00',
  },
  { says: 'hours over two holidays and a weekend', asked: '2026-12-23T16:00', within: hours(2), deadline: '2026-12-28T10:00' },
  { says: 'two full days of hours', asked: '2026-11-16T09:00', within: hours(16), deadline: '2026-11-17T17:00' },
  { says: 'one day', asked: '2026-11-18T10:00', within: days(1), deadline: '2026-11-19T17:00' },
  { says: 'one day, asked late in the evening', asked: '2026-11-18T23:00', within: days(1), deadline: '2026-11-19T17:00' },
  { says: 'one day over a weekend', asked: '2026-11-20T08:00', within: days(1), deadline: '2026-11-23T17:00' },
  { says: 'one day, asked on a Saturday', asked: '2026-11-21T12:00', within: days(1), deadline: '2026-11-23T17:00' },
  { says: 'three days over holidays', asked: '2026-12-22T12:00', within: days(3), deadline: '2026-12-29T17:00' },
  { says: 'a leap day counts', asked: '2028-02-28T12:00', within: days(2), deadline: '2028-03-01T17:00' },
  { says: 'hours over a leap day', asked: '2028-02-28T16:00', within: hours(10), deadline: '2028-03-01T10:00' },
  { says: 'hours over the change to summer time', asked: '2026-03-27T16:00', within: hours(2), deadline: '2026-03-30T10:00' },
  {
    says: 'in the night of 23 hours, four hours need more than the night',
    asked: '2026-03-29T00:00',
    within: hours(4),
    calendar: nights,
    deadline: '2026-03-30T02:00',
  },
  {
    says: 'in the night of 25 hours, four hours end an hour early',
    asked: '2026-10-25T00:00',
    within: hours(4),
    calendar: nights,
    deadline: '2026-10-25T04:00',
  },
  {
    says: 'an hour that the change leaves out is no working hour',
    asked: '2026-03-29T00:00',
    within: hours(1),
    calendar: gap,
    deadline: '2026-03-30T03:00',
  },
];
for (const { says, asked, within, calendar = office, deadline } of rows) {
  test(`deadline: ${says}`, () => {
    assert.equal(String(replyDeadline({ askedAt: instant(asked), within, calendar })), String(instant(deadline)));
  });
}

test('the date is that of the calendar, not of UTC', () => {
  const calendar: Calendar = { ...office, timeZone: 'Pacific/Auckland', holidays: [] };
  // Thursday 22:00 in UTC is Friday 11:00 in Auckland (+13).
  const askedAt = Temporal.Instant.from('2026-11-19T22:00:00Z');
  assert.equal(
    String(replyDeadline({ askedAt, within: days(1), calendar })),
    String(instant('2026-11-23T17:00', 'Pacific/Auckland')),
  );
});

test('a reply time or a calendar that means nothing is refused', () => {
  const askedAt = instant('2026-11-20T10:00');
  for (const within of [hours(0), hours(-1), hours(1.5), days(Number.NaN), days(Infinity)])
    assert.throws(() => replyDeadline({ askedAt, within, calendar: office }), RangeError);
  const never: Calendar[] = [
    { ...office, weekdays: [] },
    { ...office, hours: { from: '17:00', to: '09:00' } },
    { ...gap, hours: { from: '09:00', to: '09:00' } },
  ];
  for (const calendar of never) assert.throws(() => replyDeadline({ askedAt, within: hours(1), calendar }), RangeError);
});

const anyInstant = fc
  .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 11, 31) })
  .map((milliseconds) => Temporal.Instant.fromEpochMilliseconds(milliseconds));
const anyTime = fc.oneof(fc.integer({ min: 1, max: 60 }).map(hours), fc.integer({ min: 1, max: 20 }).map(days));
const twoDigits = (value: number) => String(value).padStart(2, '0');
const anyCalendar: fc.Arbitrary<Calendar> = fc.record({
  version: fc.constant('1'),
  timeZone: fc.constantFrom(
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'Africa/Casablanca',
    'UTC',
  ),
  weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
  hours: fc
    .tuple(fc.integer({ min: 0, max: 22 }), fc.integer({ min: 0, max: 59 }))
    .chain(([hour, minute]) =>
      fc
        .integer({ min: hour + 1, max: 23 })
        .map((to) => ({ from: `${twoDigits(hour)}:${twoDigits(minute)}`, to: `${twoDigits(to)}:${twoDigits(minute)}` })),
    ),
  holidays: fc.array(fc.constantFrom('2026-03-30', '2026-10-26', '2027-01-01', '2028-02-29', '2028-03-01')),
});
const scaled = (within: ReplyTime, by: number): ReplyTime =>
  'businessHours' in within ? hours(within.businessHours + by) : days(within.businessDays + by);

test('the deadline is after the question, in working time, and later for more time or a later question', () => {
  fc.assert(
    fc.property(
      anyInstant,
      anyTime,
      anyCalendar,
      fc.integer({ min: 0, max: 400_000_000 }),
      (askedAt, within, calendar, later) => {
        const deadline = replyDeadline({ askedAt, within, calendar });
        assert.ok(Temporal.Instant.compare(deadline, askedAt) > 0);
        const local = deadline.toZonedDateTimeISO(calendar.timeZone);
        assert.ok(calendar.weekdays.includes(local.dayOfWeek) && !calendar.holidays.includes(local.toPlainDate().toString()));
        // Where clocks jump over opening or closing, the working time ends where the jump ends.
        if (local.hoursInDay === 24) {
          assert.ok(
            Temporal.PlainTime.compare(local, calendar.hours.from) > 0 &&
              Temporal.PlainTime.compare(local, calendar.hours.to) <= 0,
          );
        }
        assert.ok(Temporal.Instant.compare(replyDeadline({ askedAt, within: scaled(within, 1), calendar }), deadline) > 0);
        assert.ok(
          Temporal.Instant.compare(
            replyDeadline({ askedAt: askedAt.add({ milliseconds: later }), within, calendar }),
            deadline,
          ) >= 0,
        );
        const dueSoon = dueSoonAt({ askedAt, within, calendar });
        assert.ok(Temporal.Instant.compare(dueSoon, askedAt) > 0 && Temporal.Instant.compare(dueSoon, deadline) < 0);
      },
    ),
    { numRuns: 300 },
  );
});

test('the hours between question and deadline that lie in working time are exactly those declared', () => {
  fc.assert(
    fc.property(anyInstant, fc.integer({ min: 1, max: 12 }), (askedAt, businessHours) => {
      const deadline = replyDeadline({ askedAt, within: { businessHours }, calendar: office }).epochMilliseconds;
      // Counted minute by minute, a second way to the same figure; the first and last minute are parts of one.
      let worked = 0;
      for (let at = askedAt.epochMilliseconds; at < deadline; at += 60_000) {
        const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('Europe/Berlin');
        const open =
          local.hour >= 9 && local.hour < 17 && local.dayOfWeek <= 5 && !office.holidays.includes(local.toPlainDate().toString());
        if (open) worked++;
      }
      assert.ok(Math.abs(worked - businessHours * 60) <= 1, `${worked} minutes`);
    }),
    { numRuns: 12 },
  );
});

test('states follow one another at their instants', () => {
  const askedAt = instant('2026-11-18T09:00');
  const state = (now: string, answered?: string) =>
    replyState({
      askedAt,
      within: hours(8),
      calendar: office,
      now: instant(now),
      answeredAt: answered === undefined ? null : instant(answered),
    });
  assert.equal(state('2026-11-18T14:59:59.999'), 'open');
  assert.equal(state('2026-11-18T15:00'), 'due soon');
  assert.equal(state('2026-11-18T17:00'), 'due soon');
  assert.equal(state('2026-11-18T17:00:00.001'), 'late');
  assert.equal(state('2026-12-01T09:00', '2026-11-18T17:00'), 'answered in time');
  assert.equal(state('2026-12-01T09:00', '2026-11-18T17:00:00.001'), 'answered late');
});

test('the state stays until the next transition and is another one there', () => {
  fc.assert(
    fc.property(
      anyInstant,
      anyTime,
      anyCalendar,
      fc.integer({ min: 0, max: 2_000_000_000 }),
      (askedAt, within, calendar, passed) => {
        const reply = { askedAt, within, calendar, answeredAt: null };
        const now = askedAt.add({ milliseconds: passed });
        const next = nextTransition({ ...reply, now });
        const state = replyState({ ...reply, now });
        if (next === null) return assert.equal(state, 'late');
        assert.ok(Temporal.Instant.compare(next, now) > 0);
        assert.equal(replyState({ ...reply, now: next.subtract({ milliseconds: 1 }) }), state);
        assert.notEqual(replyState({ ...reply, now: next }), state);
      },
    ),
    { numRuns: 300 },
  );
  const answered = { askedAt: instant('2026-11-18T09:00'), within: hours(8), calendar: office, now: instant('2026-11-18T10:00') };
  assert.equal(nextTransition({ ...answered, answeredAt: answered.now }), null);
});
