import assert from 'node:assert/strict';
import { test } from 'node:test';
import { effectiveTime } from '../effective-time.ts';
import { type Force, inForce, scheduled } from '../in-force.ts';
import { everyone } from '../scope.ts';
import { slugFor } from '../open-document.ts';
import { titleOf } from '../title-of.ts';

const at = (text: string) => Temporal.Instant.from(text);
const published = at('2026-03-01T09:00:00Z');

test('an effective time is a local date or date-time of the zone, never in the past', () => {
  const table: readonly [says: string, local: string, zone: string, answer: string, shown?: string][] = [
    ['empty means at once', '', 'Europe/Berlin', '2026-03-01T09:00:00Z', '2026-03-01T10:00'],
    ['spaces are empty', '  ', 'Europe/Berlin', '2026-03-01T09:00:00Z', '2026-03-01T10:00'],
    ['a date is its first moment', '2026-03-02', 'Europe/Berlin', '2026-03-01T23:00:00Z', '2026-03-02T00:00'],
    ['the same date begins later elsewhere', '2026-03-02', 'America/New_York', '2026-03-02T05:00:00Z', '2026-03-02T00:00'],
    ['the moment of publishing itself', '2026-03-01T10:00', 'Europe/Berlin', '2026-03-01T09:00:00Z', '2026-03-01T10:00'],
    [
      'a time skipped in spring is after the gap',
      '2026-03-29T02:30',
      'Europe/Berlin',
      '2026-03-29T01:30:00Z',
      '2026-03-29T03:30',
    ],
    ['a time that comes twice is the first', '2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-25T02:30'],
    ['a day without a midnight begins later', '2026-09-06', 'America/Santiago', '2026-09-06T04:00:00Z', '2026-09-06T01:00'],
    ['a leap day', '2028-02-29', 'UTC', '2028-02-29T00:00:00Z', '2028-02-29T00:00'],
    ['a minute ago', '2026-03-01T09:59', 'Europe/Berlin', 'policies/effective-in-past'],
    ['this morning', '2026-03-01', 'Europe/Berlin', 'policies/effective-in-past'],
    ['no such day', '2026-02-29', 'UTC', 'policies/effective-not-valid'],
    ['no such month', '2026-13-01', 'UTC', 'policies/effective-not-valid'],
    ['no such hour', '2026-04-01T24:00', 'UTC', 'policies/effective-not-valid'],
    ['an instant is not local', '2026-04-01T10:00Z', 'UTC', 'policies/effective-not-valid'],
    ['words', 'next Monday', 'UTC', 'policies/effective-not-valid'],
    ['another order', '01.04.2026', 'UTC', 'policies/effective-not-valid'],
    ['an unfinished date', '2026-04', 'UTC', 'policies/effective-not-valid'],
  ];
  for (const [says, local, zone, answer, shown] of table) {
    const time = effectiveTime(local, zone, published);
    assert.deepEqual(
      time.ok ? [time.value.at.toString(), time.value.local, time.value.zone] : [time.refusal],
      shown === undefined ? [answer] : [answer, shown, zone],
      says,
    );
  }
  const past = effectiveTime('2026-02-01', 'Europe/Berlin', published);
  assert.deepEqual(past.ok || past.facts, { earliest: '2026-03-01T10:00' });
});

const version = (number: number, force: Partial<Force>): Force => ({
  number,
  origin: 'published',
  effectiveAt: null,
  claimedPublishedAt: null,
  withdrawnAt: null,
  ...everyone,
  ...force,
});
const [january, march, may] = [at('2026-01-01T00:00:00Z'), at('2026-03-01T00:00:00Z'), at('2026-05-01T00:00:00Z')];
const imported = (number: number, claimedPublishedAt: Temporal.Instant) =>
  version(number, { origin: 'imported', claimedPublishedAt });

test('in force is the highest number that took effect and was not withdrawn; without one, what a repository claims', () => {
  const april = at('2026-04-01T00:00:00Z');
  const now = (versions: readonly Force[], instant = april) => {
    const found = inForce({ versions, endings: [] }, everyone, instant);
    return found && `${found.version.number}${found.claimed ? ' claimed' : ''}`;
  };
  const two = [version(1, { effectiveAt: january }), version(2, { effectiveAt: may })];
  assert.equal(now([]), null);
  assert.equal(now(two), '1');
  assert.equal(now(two, may), '2', 'from its very instant');
  assert.equal(now(two, may.subtract({ milliseconds: 1 })), '1');
  assert.equal(now(two, january.subtract({ milliseconds: 1 })), null);
  assert.equal(
    now([version(1, { effectiveAt: march }), version(2, { effectiveAt: january })]),
    '2',
    'the number decides, not the date',
  );
  assert.equal(now([version(1, { effectiveAt: january }), version(2, { effectiveAt: march, withdrawnAt: january })]), '1');
  assert.equal(now([imported(1, january), imported(2, march)]), '2 claimed');
  assert.equal(now([imported(1, january), imported(2, may)]), '1 claimed');
  assert.equal(
    now([imported(1, january), version(2, { effectiveAt: may })]),
    '1 claimed',
    'until the first of our own takes force',
  );
  assert.equal(now([imported(5, march), version(6, { effectiveAt: march })]), '6');
});

test('scheduled is what takes effect later, soonest first, without what was withdrawn', () => {
  const versions = [
    version(1, { effectiveAt: january }),
    version(2, { effectiveAt: may }),
    version(3, { effectiveAt: march }),
    version(4, { effectiveAt: may, withdrawnAt: january }),
    imported(5, may),
  ];
  const numbers = (instant: Temporal.Instant) => scheduled({ versions, endings: [] }, instant).map(({ number }) => number);
  assert.deepEqual(numbers(january), [3, 2]);
  assert.deepEqual(numbers(march), [2], 'not any more at its very instant');
  assert.deepEqual(numbers(may), []);
});

test('a title becomes a slug of small letters, digits and single hyphens', () => {
  const table: readonly [title: string, slug: string][] = [
    ['Privacy Policy', 'privacy-policy'],
    ['  Terms & Conditions (2026) ', 'terms-conditions-2026'],
    ['Datenschutzerkl\u00e4rung f\u00fcr B\u00f6rse und Ma\u00df', 'datenschutzerklaerung-fuer-boerse-und-mass'],
    ['Politique de confidentialit\u00e9', 'politique-de-confidentialite'],
    ['\u0423\u0441\u043b\u043e\u0432\u0438\u044f', ''],
    ['---', ''],
    [`${'a'.repeat(79)} b`, 'a'.repeat(79)],
  ];
  for (const [title, slug] of table) assert.equal(slugFor(title), slug, title);
});

test('a document names itself by its front matter, else by its first heading', () => {
  const table: readonly [source: string, title: string | null][] = [
    ['---\ntitle: Cookie policy\n---\n# Another', 'Cookie policy'],
    ['---\r\ntitle: "Cookie: policy"\r\n---\r\ntext', 'Cookie: policy'],
    ["\uFEFF---\ntitle: 'Quoted'\n---\n", 'Quoted'],
    ['---\nauthor: x\n---\n\n# Heading #\n', 'Heading'],
    ['intro\n\n# Heading\r\n', 'Heading'],
    ['## Second level only', null],
    ['text', null],
    ['---\ntitle:\n---\n', null],
    [`# ${'x'.repeat(300)}`, 'x'.repeat(200)],
  ];
  for (const [source, title] of table) assert.equal(titleOf(source), title, source.slice(0, 40));
});
