import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../../tests/support/database.ts';
import { temporaryFolder } from '../../../tests/support/ledger.ts';
import { makeRepository } from '../../modules/policies/test/git-repository.ts';
import { askTroth } from './ask-troth.ts';

const set = ['--organisation', 'Harbour', '--owner', 'ada@harbour.example', '--public-url', 'https://trust.harbour.example'];

test('without a policy or --all, with both, or with a number that is none, it says what it needs', async () => {
  for (const args of [
    [],
    ['list'],
    ['changes'],
    ['changes', '--all', 'privacy'],
    ['changes', 'privacy', 'x'],
    ['changes', 'a', '1', 'b'],
  ]) {
    const { code, said } = await askTroth(['policies', ...args]);
    assert.equal(code, 2, args.join(' '));
    assert.match(said.join('\n'), /Say what to do|Name a policy|not the number|too many/);
  }
});

test('every change of an imported history stands in one table, and one change in full with what was seen', async (t) => {
  const environment = {
    DATABASE_URL: (await testDatabase(t)).url,
    TROTH_DATA: await temporaryFolder(t),
    PATH: process.env['PATH'] ?? '',
  };
  assert.equal((await askTroth(['init', ...set], { environment, input: 'four unrelated words here\n' })).code, 0);
  const ask = (...args: string[]) => askTroth(['policies', 'changes', ...args], { environment });
  assert.deepEqual((await ask('--all')).printed, ['No policy has a second version yet.']);

  const { directory, write, commit } = makeRepository(t);
  const first = '# Privacy\n\nWe keep your orders for 30 days.\n';
  for (const [index, text] of [first, first.replace('30', '90'), first, first.replace('We keep', 'We *keep*')].entries()) {
    write('privacy.md', text);
    commit(`version ${index + 1}`);
  }
  assert.equal((await askTroth(['import', 'policies', '--git', directory], { environment })).code, 0);

  const table = [
    'policy   versions  wording  other  classes                 seen',
    'privacy  1 to 2          1      0  wording                 retention 1',
    'privacy  2 to 3          1      0  return to 1, wording    retention 1',
    'privacy  3 to 4          0      1  markup',
  ];
  const squeezed = (lines: readonly string[]) => lines.map((line) => line.replace(/ {2,}/g, '  '));
  assert.deepEqual(squeezed((await ask('--all')).printed), squeezed(table));
  assert.deepEqual(squeezed((await ask('privacy')).printed), squeezed(table));
  assert.deepEqual((await ask('privacy', '2')).printed, [
    'Version 1 to 2: wording.',
    '1 clause changed in wording, 0 otherwise.',
    '',
    'changed in "Privacy"',
    '  - We keep your orders for 30 days.',
    '  + We keep your orders for 90 days.',
    '  ! retention: "30 days" to "90 days" (longer)',
  ]);

  for (const [args, sentence] of [
    [['privaci'], /no policy "privaci"\. Did you mean "privacy"\?/],
    [['privacy', '1'], /is the first/],
    [['privacy', '9'], /no version 9; its newest is 4/],
  ] as const) {
    const { code, said } = await ask(...args);
    assert.equal(code, 1);
    assert.match(said.join(), sentence);
  }
});
