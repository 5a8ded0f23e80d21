import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { endedBy, endingAfter, type EndOfForce, type Force, inForce, inForceDuring, nextTurn } from '../in-force.ts';
import { readMoment } from '../moment.ts';
import { closeness, everyone, isJurisdiction, type Scope } from '../scope.ts';

const at = (text: string) => Temporal.Instant.from(text);
const [january, march, may, july] = ['2026-01-01', '2026-03-01', '2026-05-01', '2026-07-01'].map((day) => at(`${day}T00:00:00Z`));
assert(january && march && may && july);

const version = (number: number, effectiveAt: Temporal.Instant, change: Partial<Force> = {}): Force => ({
  number,
  origin: 'published',
  effectiveAt,
  claimedPublishedAt: null,
  withdrawnAt: null,
  ...everyone,
  ...change,
});
const numberAt = (versions: readonly Force[], endings: readonly EndOfForce[], asked: Scope, instant: Temporal.Instant) =>
  inForce({ versions, endings }, asked, instant)?.version.number ?? null;

test('the closest text holds: first by audience, then by place, then by number', () => {
  const versions = [
    version(1, january, { audience: 'customers', jurisdiction: 'DE' }),
    version(2, january, { audience: 'customers', jurisdiction: 'EU' }),
    version(3, january, { audience: 'customers' }),
    version(4, january, { jurisdiction: 'DE-BY' }),
    version(5, january, { jurisdiction: 'DE' }),
    version(6, january),
  ];
  const table: readonly [audience: string, jurisdiction: string | null, number: number][] = [
    ['everyone', null, 6],
    ['everyone', 'US', 6],
    ['everyone', 'FR', 6],
    ['everyone', 'DE', 5],
    ['everyone', 'DE-BE', 5],
    ['everyone', 'DE-BY', 4],
    ['customers', null, 3],
    ['customers', 'US-CA', 3],
    ['customers', 'EU', 2],
    ['customers', 'FR', 2],
    ['customers', 'GB', 3],
    ['customers', 'DE', 1],
    ['customers', 'DE-BY', 1],
    ['staff', 'DE-BY', 4],
  ];
  for (const [audience, jurisdiction, number] of table)
    assert.equal(numberAt(versions, [], { audience, jurisdiction }, march), number, `${audience} in ${jurisdiction}`);
  assert.equal(numberAt([version(1, january, { jurisdiction: 'DE' })], [], everyone, march), null, 'nowhere said is not Germany');
  assert.equal(
    numberAt([version(1, january, { audience: 'staff' })], [], everyone, march),
    null,
    'a text for staff is not for all',
  );
});

test('an ended document has nothing in force from its very instant, until a later version begins it anew', () => {
  const endings = [{ lastVersion: 2, endsAt: may }];
  const two = [version(1, january), version(2, march)];
  const before = may.subtract({ milliseconds: 1 });
  assert.deepEqual([numberAt(two, endings, everyone, before), numberAt(two, endings, everyone, may)], [2, null]);
  assert.equal(endingAfter({ versions: two, endings }, before)?.lastVersion, 2);
  assert.equal(endingAfter({ versions: two, endings }, may), null);
  assert.deepEqual(
    [endedBy({ versions: two, endings }, before), endedBy({ versions: two, endings }, may)?.lastVersion],
    [null, 2],
  );
  const anew = [...two, version(3, july)];
  assert.deepEqual([numberAt(anew, endings, everyone, may), numberAt(anew, endings, everyone, july)], [null, 3]);
  assert.deepEqual(
    [endedBy({ versions: anew, endings }, may)?.lastVersion, endedBy({ versions: anew, endings }, july)],
    [2, null],
  );
  const sooner = [...two, version(3, march)];
  assert.equal(
    endingAfter({ versions: sooner, endings }, march),
    null,
    'a version published after the notice goes on without an end',
  );
  assert.deepEqual(nextTurn({ versions: two, endings }, march), may);
});

test('a day says each change in it, and is as long as the clocks made it', () => {
  const history = (first: string, second: string) => ({ versions: [version(1, at(first)), version(2, at(second))], endings: [] });
  const during = (day: string, zone: string, versions: ReturnType<typeof history>) => {
    const moment = readMoment(day, zone);
    assert(moment?.until);
    return inForceDuring(versions, everyone, moment.from, moment.until).map(
      ({ from, answer }) => `${from.toString()} ${answer?.version.number ?? '-'}`,
    );
  };
  const noon = history('2026-01-01T00:00Z', '2026-11-03T11:30:00Z');
  assert.deepEqual(during('2026-11-03', 'Europe/Berlin', noon), ['2026-11-02T23:00:00Z 1', '2026-11-03T11:30:00Z 2']);
  assert.deepEqual(during('2026-11-02', 'Europe/Berlin', noon), ['2026-11-01T23:00:00Z 1']);
  const midnight = history('2026-01-01T00:00Z', '2026-11-02T23:00:00Z');
  assert.deepEqual(during('2026-11-03', 'Europe/Berlin', midnight), ['2026-11-02T23:00:00Z 2'], 'from midnight is the whole day');
  assert.deepEqual(during('2026-11-02', 'Europe/Berlin', midnight), ['2026-11-01T23:00:00Z 1'], 'and not the day before');
  const spring = history('2026-03-29T00:59:59.999Z', '2026-03-29T01:00:00Z');
  assert.deepEqual(during('2026-03-29', 'Europe/Berlin', spring), [
    '2026-03-28T23:00:00Z -',
    '2026-03-29T00:59:59.999Z 1',
    '2026-03-29T01:00:00Z 2',
  ]);
  // Half past two comes twice; each is an instant of its own.
  const autumn = history('2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z');
  assert.deepEqual(during('2026-10-25', 'Europe/Berlin', autumn).length, 3);
  const hours = (day: string) => {
    const moment = readMoment(day, 'Europe/Berlin');
    return moment?.until && moment.until.since(moment.from).total('hours');
  };
  assert.deepEqual([hours('2026-03-29'), hours('2026-10-25'), hours('2026-11-03')], [23, 25, 24]);
});

test('a moment is a real day or an instant with its offset, and nothing else', () => {
  for (const text of [
    '2026-02-30',
    '2026-1-1',
    '2026-11-03T11:30',
    '2026-11-03T25:00Z',
    '-000001-01-01',
    'yesterday',
    '',
    '2026-11-03Z',
  ])
    assert.equal(readMoment(text, 'UTC'), null, text);
  assert.deepEqual(readMoment('2026-11-03T12:30+01:00', 'UTC'), { from: at('2026-11-03T11:30:00Z'), until: null });
  assert.deepEqual(['DE', 'US-CA', 'EU', 'GB'].map(isJurisdiction), [true, true, true, true]);
  assert.deepEqual(['de', 'ZZ', 'QQ', 'EU-DE', 'DE-', 'DE-ABCD', 'Germany', ''].map(isJurisdiction), Array(8).fill(false));
});

const place = fc.constantFrom(null, 'EU', 'DE', 'DE-BY', 'FR', 'US', 'US-CA');
const scope = fc.record({ audience: fc.constantFrom('everyone', 'customers', 'staff'), jurisdiction: place });
const instant = fc.integer({ min: 0, max: 40 }).map((days) => january.add({ hours: days * 24 }));
const history = fc
  .array(fc.record({ scope, at: instant, withdrawn: fc.boolean(), imported: fc.boolean() }), { maxLength: 8 })
  .map((all) =>
    all.map(({ scope: own, at: since, withdrawn, imported }, i) =>
      version(
        i + 1,
        since,
        imported
          ? { origin: 'imported', effectiveAt: null, claimedPublishedAt: since }
          : { withdrawnAt: withdrawn ? january : null, ...own },
      ),
    ),
  );
const endings = fc.array(fc.record({ lastVersion: fc.integer({ min: 1, max: 8 }), endsAt: instant }), { maxLength: 2 });

test('the order of the entries never matters', () => {
  fc.assert(
    fc.property(history, endings, scope, instant, fc.infiniteStream(fc.nat()), (versions, ends, asked, now, noise) => {
      const shuffled = versions.toSorted(() => ((noise.next().value ?? 0) % 2 === 0 ? 1 : -1)).toReversed();
      assert.equal(numberAt(shuffled, ends.toReversed(), asked, now), numberAt(versions, ends, asked, now));
    }),
  );
});

test('what is in force took effect, was not withdrawn, has not ended, is for who asks, and nothing closer or newer was passed over', () => {
  fc.assert(
    fc.property(history, endings, scope, instant, (versions, ends, asked, now) => {
      const found = inForce({ versions, endings: ends }, asked, now);
      const counts = ({ withdrawnAt, effectiveAt, claimedPublishedAt, number, ...own }: Force) => {
        const since = effectiveAt ?? claimedPublishedAt;
        const ended = ends.some((end) => end.lastVersion >= number && Temporal.Instant.compare(end.endsAt, now) <= 0);
        return (
          !withdrawnAt && since !== null && Temporal.Instant.compare(since, now) <= 0 && !ended && closeness(own, asked) !== null
        );
      };
      const able = versions.filter(counts);
      if (!found) return assert.deepEqual(able, []);
      assert(able.includes(found.version));
      assert.equal(
        found.claimed,
        able.every(({ origin }) => origin === 'imported'),
      );
      const passedOver = able.filter(
        (other) =>
          other.origin === found.version.origin &&
          (Number(closeness(other, asked)) > Number(closeness(found.version, asked)) ||
            (closeness(other, asked) === closeness(found.version, asked) && other.number > found.version.number)),
      );
      assert.deepEqual(passedOver, []);
    }),
  );
});

test('between two turns the answer is one', () => {
  fc.assert(
    fc.property(history, endings, scope, instant, (versions, ends, asked, now) => {
      const next = nextTurn({ versions, endings: ends }, now);
      const later = next ? next.subtract({ nanoseconds: 1 }) : now.add({ hours: 100_000 });
      assert.equal(numberAt(versions, ends, asked, later), numberAt(versions, ends, asked, now));
    }),
  );
});
