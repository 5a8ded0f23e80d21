import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { type EditClass, classOf } from '../text/change-classes.ts';
import { diffTexts } from '../text/diff-texts.ts';
import { fingerprintOf, returnsTo } from '../text/fingerprint.ts';

const numRuns = process.env['TROTH_DEEP'] === '1' ? 5_000 : 150;

const rows: readonly (readonly [says: string, before: string, after: string, ...classes: EditClass[]])[] = [
  ['nothing', 'We keep it.', 'We keep it.'],
  ['a blank line', 'One.\n\nTwo.', 'One.\n\n\nTwo.\n', 'whitespace'],
  ['a kind of space', 'We keep it.', 'We\u00A0keep\u200B it.', 'whitespace'],
  ['front matter', '---\na: b\n---\nOne.', '---\na: c\n---\nOne.', 'markup'],
  ['a comment', 'One.', '<!-- x -->\nOne.', 'markup'],
  ['emphasis', 'We *keep* it.', 'We **keep** it.', 'markup'],
  ['a list marker', '- One\n- Two', '* One\n* Two', 'markup'],
  ['the level of a heading', '## One', '### One', 'markup'],
  ['where a link leads', 'See [this](https://a.example).', 'See [this](https://b.example).', 'link-target'],
  ['an address that is read', 'See https://a.example/x today.', 'See https://a.example/y today.', 'link-target'],
  ['quotation marks', 'The "Service" runs.', 'The “Service” runs.', 'punctuation'],
  ['a comma', 'We keep, and use it.', 'We keep and use it.', 'punctuation'],
  ['the day of the text', 'Effective date: May 1, 2025', 'Effective date: 2 June 2026', 'date'],
  ['der Tag des Textes', 'Stand: 1. Mai 2025', 'Stand: 2.6.2026', 'date'],
  [
    'a day that decides',
    'Claims that began before May 1, 2025 go to the court in Bonn.',
    'Claims that began before May 1, 2026 go to the court in Bonn.',
    'wording',
  ],
  [
    'items in another order',
    '- One fine day\n- Two fine days\n- Three fine days',
    '- Three fine days\n- One fine day\n- Two fine days',
    'reorder',
  ],
  ['a number before a heading', 'A.\n\n## 3. Refunds', 'A.\n\n## 2. Refunds', 'reorder'],
  [
    'a paragraph cut in two',
    'We keep all of your data. We use all of your data.',
    'We keep all of your data.\n\nWe use all of your data.',
    'reorder',
  ],
  ['a decimal point', 'It costs 1.5 crowns.', 'It costs 15 crowns.', 'wording'],
  ['a raised figure', 'It is 10² wide.', 'It is 102 wide.', 'wording'],
  ['a minus', 'It may be -5 there.', 'It may be 5 there.', 'wording'],
  ['a hyphen', 'You must re-sign now.', 'You must resign now.', 'wording'],
  ['a mark in a table', '|a|b|\n|-|-|\n|Ads|✓|', '|a|b|\n|-|-|\n|Ads|✗|', 'wording'],
  ['a word', 'We keep it.', 'We sell it.', 'wording'],
  [
    'an item under another heading',
    '## What we share\n\n- Your full name\n\n## What we never share\n\nNothing else at all.',
    '## What we share\n\n## What we never share\n\nNothing else at all.\n\n- Your full name',
    'reorder',
    'wording',
  ],
];
for (const [says, before, after, ...classes] of rows)
  test(`${says} is ${classes.join(' and ') || 'no change'}`, () =>
    assert.deepEqual(diffTexts(before, after, 'en').classes, classes));

const word = fc.constantFrom(
  'we',
  'keep',
  'all',
  'data',
  'for',
  '30',
  'days',
  'never',
  'with',
  'consent',
  'Kunde',
  'straße',
  'user’s',
);
const sentence = fc.array(word, { minLength: 4, maxLength: 12 }).map((words) => `${words.join(' ')}.`);
const paragraph = fc.array(sentence, { minLength: 1, maxLength: 3 }).map((list) => list.join(' '));
const document = fc.array(paragraph, { minLength: 1, maxLength: 10 });

test('the class of an unchanged text is none', () => {
  fc.assert(
    fc.property(document, (paragraphs) => {
      const source = paragraphs.join('\n\n');
      const { classes, noise, wording, clauses } = diffTexts(source, source, 'en');
      assert.deepEqual([classes, noise, wording], [[], 0, 0]);
      assert(clauses.every((clause) => clause.findings.length === 0 && clause.sentences.length === 0));
    }),
    { numRuns },
  );
});

/** Edits that leave every word and number as it was. */
const noises: Readonly<Record<string, (text: string) => string>> = {
  space: (text) => text.replaceAll(' ', '  '),
  nbsp: (text) => text.replaceAll(' ', '\u00A0'),
  invisible: (text) => text.replaceAll('data', 'da\u00ADta'),
  quotes: (text) => text.replaceAll('’', "'"),
  quoted: (text) => text.replaceAll('keep', '“keep”'),
  emphasis: (text) => text.replaceAll('data', '**data**'),
  link: (text) => text.replaceAll('days', '[days](https://x.example/1)'),
  commas: (text) => text.replaceAll(' we', ', we'),
  lines: (text) => text.replaceAll(' all ', '\nall '),
  item: (text) => `- ${text}`,
};

test('an edit that leaves every word is never wording, and nothing is seen in it', () => {
  fc.assert(
    fc.property(document, fc.subarray(Object.keys(noises), { minLength: 1 }), (paragraphs, names) => {
      const after = paragraphs.map((text) => names.reduce((edited, name) => noises[name]?.(edited) ?? edited, text));
      const { classes, clauses } = diffTexts(paragraphs.join('\n\n'), after.join('\n\n'), 'en');
      assert(!classes.includes('wording'), `${classes.join()} ${JSON.stringify(after)}`);
      assert(clauses.every(({ findings }) => findings.length === 0));
    }),
    { numRuns },
  );
});

test('clauses in another order are moved, none came, went or changed', () => {
  // Numbered, so that each clause is one of a kind.
  const numbered = document.map((paragraphs) => paragraphs.map((text, index) => `Clause ${index} of all: ${text}`));
  fc.assert(
    fc.property(
      numbered.chain((paragraphs) =>
        fc.tuple(fc.constant(paragraphs), fc.shuffledSubarray(paragraphs, { minLength: paragraphs.length })),
      ),
      ([before, after]) => {
        const { inserted, deleted, changed, classes } = diffTexts(before.join('\n\n'), after.join('\n\n'), 'en');
        assert.deepEqual([inserted, deleted, changed], [0, 0, 0]);
        assert.deepEqual(classes, before.every((text, index) => text === after[index]) ? [] : ['reorder']);
      },
    ),
    { numRuns },
  );
});

test('one sentence has the same class whichever text is the older', () => {
  fc.assert(
    fc.property(sentence, sentence, (left, right) => assert.deepEqual(classOf(left, right), classOf(right, left))),
    { numRuns },
  );
});

test('a text that says what an earlier version said, but not the one before, returns to it', () => {
  const versions = ['# A\n\nWe keep it.', '# A\n\nWe sell it.', '# A\n\nWe keep  **it**.'].map(fingerprintOf);
  const earlier = versions.map((fingerprint, index) => ({ number: index + 1, fingerprint }));
  assert.equal(returnsTo(versions[2] ?? '', earlier.slice(0, 2)), 1);
  assert.equal(returnsTo(versions[1] ?? '', earlier.slice(0, 1)), null);
  assert.equal(returnsTo(versions[0] ?? '', earlier.slice(0, 1)), null);
});

test('20,000 clauses are compared within seconds, and the rest that no detector read is counted', () => {
  const make = (days: number) =>
    Array.from(
      { length: 20_000 },
      (_, i) => `Clause ${i} keeps data for ${i % 5 === 0 ? days : 5} days${' and so on'.repeat(20)}.`,
    ).join('\n\n');
  const start = process.cpuUsage();
  const { changed, unread, wording } = diffTexts(make(30), make(60), 'en');
  const { user, system } = process.cpuUsage(start);
  assert.deepEqual([changed, wording], [4_000, 4_000]);
  assert(unread > 0 && unread < 4_000, String(unread));
  assert((user + system) / 1e6 < 10);
});
