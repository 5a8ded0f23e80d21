import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { observe } from '#ledger';
import { visitor } from '../../../../tests/support/ledger.ts';
import { accept, needs, refuseAll, staff, testVerbs } from '../../../../tests/support/verbs.ts';
import { declareReplyTime, establishOrganisation, readOrganisation } from '../index.ts';

const founder = staff('organisation:manage', 'accounts:manage');
const office = { businessHours: 8, weekdays: [5, 1, 2, 1], from: '08:30', to: '18:00', holidays: ['2026-12-25', '2026-01-01'] };
const declared = ['public organisation.reply-time-declared'];

async function established(t: { after(hook: () => Promise<void>): void }) {
  const ledger = await testVerbs(t, { logs: false });
  const input = {
    name: 'Example',
    publicUrl: 'https://trust.example.org',
    languages: ['en'],
    timeZone: 'Europe/Berlin',
    sector: 'retail',
    ownerEmail: 'ada@example.org',
    ownerPassphrase: 'a long enough passphrase',
    demo: false,
    token: null,
  };
  const recorded = ['public organisation.established', ...declared, 'private staff.joined'];
  await accept({ ledger, actor: founder, recorded }, establishOrganisation, input);
  return ledger;
}

suite('declare-reply-time', () => {
  test('a declared reply time stands in public, in order, and its calendar counts up only when it changed', async (t) => {
    const ledger = await established(t);
    const { calendar } = await accept({ ledger, actor: founder, recorded: declared }, declareReplyTime, office);
    assert.deepEqual(calendar, {
      version: '2',
      timeZone: 'Europe/Berlin',
      weekdays: [1, 2, 5],
      hours: { from: '08:30', to: '18:00' },
      holidays: ['2026-01-01', '2026-12-25'],
    });
    const faster = await accept({ ledger, actor: founder, recorded: declared }, declareReplyTime, {
      ...office,
      businessHours: 4,
    });
    assert.equal(faster.calendar.version, '2');
    const stored = await readOrganisation(observe(ledger, visitor));
    assert.deepEqual([stored?.replyHours, stored?.calendar], [4, calendar]);
  });

  test('what is no reply time is refused, and nothing changes', async (t) => {
    const ledger = await established(t);
    await accept({ ledger, actor: founder, recorded: declared }, declareReplyTime, office);
    await refuseAll({ ledger, actor: founder }, declareReplyTime, {
      'organisation/not-set-up': [],
      'organisation/reply-hours-not-valid': [
        ['none', { ...office, businessHours: 0 }, { most: 1000 }],
        ['half an hour', { ...office, businessHours: 0.5 }],
        ['no number', { ...office, businessHours: Number.NaN }],
        ['half a year', { ...office, businessHours: 1001 }],
      ],
      'organisation/working-hours-not-valid': [
        ['the end before the beginning', { ...office, from: '18:00', to: '08:30' }],
        ['an hour that no clock shows', { ...office, to: '24:00' }],
        ['words', { ...office, from: 'morning' }],
      ],
      'organisation/weekdays-not-valid': [
        ['none', { ...office, weekdays: [] }],
        ['an eighth', { ...office, weekdays: [8] }],
      ],
      'organisation/holiday-not-valid': [
        ['a day that does not exist', { ...office, holidays: ['2026-02-30'] }, { day: '2026-02-30' }],
        ['a sentence', { ...office, holidays: ['Christmas'] }],
      ],
      'organisation/reply-time-unchanged': [['the same again', office]],
    });
    await needs(ledger, 'organisation:manage', declareReplyTime, office);
  });

  test('before set-up there is nobody to declare it', async (t) => {
    const ledger = await testVerbs(t, { logs: false });
    await refuseAll({ ledger, actor: founder }, declareReplyTime, {
      'organisation/not-set-up': [['no organisation', office]],
      'organisation/reply-hours-not-valid': [],
      'organisation/working-hours-not-valid': [],
      'organisation/weekdays-not-valid': [],
      'organisation/holiday-not-valid': [],
      'organisation/reply-time-unchanged': [],
    });
  });
});
