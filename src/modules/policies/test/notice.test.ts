import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { earliestEffect, judgeNotice } from '../notice/judge-notice.ts';
import { changeClasses, type NoticeRule, ruleName } from '../notice/notice-rule.ts';
import { currentRules, findRule, noticeRules } from '../notice/notice-rules.ts';

const at = (text: string) => Temporal.Instant.from(text);
const rule = (name: string): NoticeRule => {
  const found = findRule(name);
  assert(found, name);
  return found;
};

test('a period is whole days of the zone: the day of publication does not count, and the last day counts to its end', () => {
  const table: readonly [says: string, rule: string, published: string, zone: string, earliest: string][] = [
    ['30 days', 'default@1', '2026-11-02T09:00Z', 'Europe/Berlin', '2026-12-03T00:00:00+01:00[Europe/Berlin]'],
    [
      'its first minute counts as its last',
      'default@1',
      '2026-11-01T23:00Z',
      'Europe/Berlin',
      '2026-12-03T00:00:00+01:00[Europe/Berlin]',
    ],
    [
      'elsewhere it is still the day before',
      'default@1',
      '2026-11-02T03:00Z',
      'America/New_York',
      '2026-12-02T00:00:00-05:00[America/New_York]',
    ],
    [
      'over the hour that spring leaves out',
      'eu-p2b-3-2@1',
      '2026-03-20T12:00Z',
      'Europe/Berlin',
      '2026-04-05T00:00:00+02:00[Europe/Berlin]',
    ],
    [
      'over the hour that autumn has twice',
      'eu-p2b-3-2@1',
      '2026-10-20T12:00Z',
      'Europe/Berlin',
      '2026-11-05T00:00:00+01:00[Europe/Berlin]',
    ],
    [
      'a day without a midnight begins at one',
      'eu-p2b-3-2@1',
      '2026-08-21T12:00Z',
      'America/Santiago',
      '2026-09-06T01:00:00-03:00[America/Santiago]',
    ],
    ['two months', 'eu-psd2-54-1@1', '2026-11-02T09:00Z', 'Europe/Berlin', '2027-01-03T00:00:00+01:00[Europe/Berlin]'],
    [
      'a month without a 31st ends on its last day',
      'eu-psd2-54-1@1',
      '2026-12-31T12:00Z',
      'UTC',
      '2027-03-01T00:00:00+00:00[UTC]',
    ],
    ['and in a leap year a day later', 'eu-psd2-54-1@1', '2027-12-31T12:00Z', 'UTC', '2028-03-01T00:00:00+00:00[UTC]'],
    ['from the 29th of a leap year', 'eu-psd2-54-1@1', '2028-02-29T12:00Z', 'UTC', '2028-04-30T00:00:00+00:00[UTC]'],
  ];
  for (const [says, name, published, zone, earliest] of table) {
    assert.equal(earliestEffect(rule(name).periods.adverse, at(published), zone).toString(), earliest, says);
  }
});

test('one millisecond before the earliest instant is refused with the rule and the day, the instant itself is not', () => {
  const published = at('2026-11-02T09:00:00Z');
  const earliest = at('2026-12-02T23:00:00Z');
  const judge = (effective: Temporal.Instant) =>
    judgeNotice([rule('default@1')], 'adverse', published, effective, 'Europe/Berlin');
  const short = judge(earliest.subtract({ milliseconds: 1 }));
  assert(!short.ok);
  assert.deepEqual([short.rule.id, short.earliest.toPlainDate().toString()], ['default', '2026-12-03']);
  const long = judge(earliest);
  assert.equal(long.ok && long.rule?.id, 'default');
});

test('the strictest rule decides, in any order, and none asks for time where nothing changes its meaning', () => {
  const published = at('2026-11-02T09:00:00Z');
  fc.assert(
    fc.property(fc.shuffledSubarray([...noticeRules]), fc.constantFrom(...changeClasses), (rules, change) => {
      const judged = judgeNotice(rules, change, published, published, 'Europe/Berlin');
      if (change === 'editorial') return assert.equal(judged.ok && judged.rule, null);
      const ids = new Set(rules.map(({ id }) => id));
      const expected = ids.has('eu-psd2-54-1')
        ? 'eu-psd2-54-1'
        : change === 'adverse' && (ids.has('default') || ids.has('eu-dcd-19'))
          ? ids.has('default')
            ? 'default'
            : 'eu-dcd-19'
          : ids.has('eu-p2b-3-2')
            ? 'eu-p2b-3-2'
            : null;
      assert.equal(judged.rule?.id ?? null, expected);
      assert.equal(judged.ok, expected === null);
    }),
  );
});

test('waiting longer never makes a notice too short, and publishing later never makes the earliest day earlier', () => {
  const instant = fc
    .integer({ min: Date.UTC(2020, 0), max: Date.UTC(2032, 0) })
    .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));
  const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Apia', 'Africa/Casablanca');
  const period = fc.oneof(
    fc.integer({ min: 1, max: 90 }).map((count) => ({ unit: 'days', count }) as const),
    fc.integer({ min: 1, max: 12 }).map((count) => ({ unit: 'months', count }) as const),
  );
  fc.assert(
    fc.property(instant, instant, zone, period, (a, b, where, each) => {
      const [first, second] = Temporal.Instant.compare(a, b) <= 0 ? [a, b] : [b, a];
      const [early, late] = [earliestEffect(each, first, where), earliestEffect(each, second, where)];
      assert(Temporal.ZonedDateTime.compare(early, late) <= 0);
      const day = first.toZonedDateTimeISO(where).toPlainDate();
      const least = day.add({ [each.unit]: each.count });
      // Counted backwards from the effect, the period is kept too: that is how some laws put it.
      assert(Temporal.PlainDate.compare(early.toPlainDate(), least) > 0);
    }),
  );
});

test('each rule cites its source, says in both languages what it asks for, and keeps its name for ever', () => {
  assert.deepEqual(noticeRules.map(ruleName), ['default@1', 'eu-p2b-3-2@1', 'eu-psd2-54-1@1', 'eu-dcd-19@1', 'eu-dsa-14-2@1']);
  assert.equal(currentRules.length, new Set(noticeRules.map(({ id }) => id)).size);
  for (const each of noticeRules) {
    for (const words of [each.title, each.concerns, each.summary])
      assert(words.en !== '' && words.de !== '' && words.en !== words.de);
    assert.equal(each.source === null, each.article === null, each.id);
    assert(each.source === null || each.source.startsWith('https://eur-lex.europa.eu/eli/'), each.id);
    assert.equal(Temporal.PlainDate.from(each.checkedOn).toString(), each.checkedOn);
    assert.equal(each.periods.editorial.count, 0, 'an editorial version is easy under every rule');
  }
});
