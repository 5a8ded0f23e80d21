import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifyBundle } from '@troth/tlog';
import { explainForce } from '../explain-force.ts';
import { localDay } from '../local-day.ts';
import { verifyText } from '../verify-text.ts';
import * as sample from './sample-log.ts';

test('a day is as long as its zone made it, the same as by the calendar of the server', () => {
  const zones = [
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'America/Santiago',
    'Asia/Kolkata',
    'Pacific/Apia',
    'Pacific/Kiritimati',
  ];
  const days = ['2026-01-01', '2026-03-08', '2026-03-29', '2026-09-06', '2026-10-25', '2026-12-31', '2028-02-29', '1999-12-31'];
  for (const zone of zones) {
    for (const date of days) {
      const day = Temporal.PlainDate.from(date);
      assert.deepEqual(
        localDay(date, zone),
        {
          start: day.toZonedDateTime(zone).epochMilliseconds,
          end: day.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds,
        },
        `${date} in ${zone}`,
      );
    }
  }
});

test('what is no day, or no zone, is none', () => {
  for (const date of ['', '2026-02-30', '2026-2-1', '26-02-01', '2026-02-01T00:00', 'tomorrow'])
    assert.equal(localDay(date, 'UTC'), null);
  assert.equal(localDay('2026-02-01', 'Mars/Olympus'), null);
});

test('a file that does not hold, and one about something else, answers for no day', async () => {
  const t = verifyText('en', 'UTC');
  const bundle = await sample.statementBundle();
  const explain = (policy = sample.policy) => explainForce(verifyBundle(bundle, policy, { now: sample.now }), bundle, t);
  // The sample's versions carry no date of effect.
  assert.equal(explain(), null);
  assert.equal(explain(sample.strangersPolicy), null);
  const receipt = await sample.receiptBundle();
  assert.equal(explainForce(verifyBundle(receipt, sample.policy, { now: sample.now }), receipt, t), null);
});
