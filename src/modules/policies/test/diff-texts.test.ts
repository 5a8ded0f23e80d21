import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { splitClauses } from '../text/clauses.ts';
import { diffTexts, type ClauseComparison, type Comparison } from '../text/diff-texts.ts';
import { foldComparison } from '../text/fold-comparison.ts';
import { normalise } from '../text/normalise.ts';

const marked = ({ parts }: ClauseComparison) =>
  parts.map(({ kind, text }) => (kind === 'same' ? text : kind === 'inserted' ? `{+${text}+}` : `[-${text}-]`)).join('');
const shown = (before: string, after: string, language = 'en') =>
  diffTexts(before, after, language)
    .clauses.filter(({ kind }) => kind !== 'same')
    .map(marked);

const rows: { says: string; before: string; after: string; language?: string; shows: string[] }[] = [
  { says: 'an unchanged text', before: '# A\n\nOne. Two.', after: '# A\n\nOne. Two.', shows: [] },
  {
    says: 'white space, emphasis, link target and list marker',
    before: 'A  [b](c)\nd\n\n* e',
    after: '**A** [b](x) d\n\n- *e*',
    shows: [],
  },
  { says: 'a paragraph made a list item', before: 'We keep orders.', after: '- We keep orders.', shows: [] },
  {
    says: 'a changed number',
    before: 'We keep orders for 30 days.',
    after: 'We keep orders for 60 days.',
    shows: ['We keep orders for [-30-]{+60+} days.'],
  },
  {
    says: 'a sentence put in',
    before: 'One fact. Three facts.',
    after: 'One fact. Two facts matter here. Three facts.',
    shows: ['One fact. {+Two facts matter here. +}Three facts.'],
  },
  {
    says: 'the last sentence taken out',
    before: 'One fact. Another matter.',
    after: 'One fact.',
    shows: ['One fact. [-Another matter.-]'],
  },
  {
    says: 'a paragraph put in and one taken out',
    before: 'Alpha beta.\n\nGamma delta.',
    after: 'Gamma delta.\n\nEpsilon zeta.',
    shows: ['[-Alpha beta.-]', '{+Epsilon zeta.+}'],
  },
  {
    says: 'a paragraph written anew',
    before: 'Alpha beta gamma.',
    after: 'Nothing like it at all.',
    shows: ['[-Alpha beta gamma.-]', '{+Nothing like it at all.+}'],
  },
  {
    says: 'a row changed',
    before: '|A|B|\n|-|-|\n|Foo Inc|Host in Spain|',
    after: '|A|B|\n|-|-|\n|Foo Inc|Host in Chile|',
    shows: ['Foo Inc | Host in [-Spain-]{+Chile+}'],
  },
  {
    says: 'a heading that became a paragraph',
    before: '## Our data rules',
    after: 'Our data rules',
    shows: ['[-Our data rules-]', '{+Our data rules+}'],
  },
  { says: 'a heading reworded', before: '## Your rights', after: '## Your many rights', shows: ['Your {+many +}rights'] },
  {
    says: 'crumbs between changes joined',
    before: 'You can see a red car in the big old town.',
    after: 'You can see a blue bus in the big old town.',
    shows: ['You can see a [-red car-]{+blue bus+} in the big old town.'],
  },
  {
    says: 'Chinese words',
    before: '我们保存您的订单三十天。',
    after: '我们保存您的订单六十天。',
    language: 'zh',
    shows: ['我们保存您的订单[-三十-]{+六十+}天。'],
  },
];
for (const { says, before, after, language, shows } of rows) {
  test(`compares: ${says}`, () => assert.deepEqual(shown(before, after, language), shows));
}

const words = fc.constantFrom(
  'we',
  'keep',
  'your',
  'data',
  'for',
  '30',
  'days.',
  'You',
  'may',
  'ask.',
  'No.',
  '**never**',
  '你好。',
  '`x`',
);
const paragraph = fc.array(words, { minLength: 1, maxLength: 12 }).map((list) => list.join(' '));
const block = fc.tuple(fc.constantFrom('', '## ', '- ', '> ', '    '), paragraph).map(([mark, text]) => mark + text);
const document = fc.array(block, { maxLength: 12 });
/** A document and another made of it, so that much stays the same. */
const twoDocuments = fc.tuple(document, document, fc.array(fc.boolean(), { maxLength: 12 })).map(([one, other, choice]) => {
  const mixed = one.flatMap((text, index) => (choice[index] ? [text] : other.slice(index, index + 1)));
  return [one.join('\n\n'), mixed.join('\n\n')] as const;
});

const side = ({ clauses }: Comparison, left: 'inserted' | 'deleted') =>
  clauses
    .filter(({ kind }) => kind !== left)
    .map(({ parts }) =>
      parts
        .flatMap(({ kind, text }) => (kind === left ? [] : [text]))
        .join('')
        .trimEnd(),
    );
const texts = (source: string) => splitClauses(source).map(({ text }) => text);

test('what stayed and what was put in is the new text, what stayed and what was taken out the old one', () => {
  fc.assert(
    fc.property(twoDocuments, ([before, after]) => {
      const comparison = diffTexts(before, after, 'en');
      assert.deepEqual(side(comparison, 'deleted'), texts(after));
      // What `normalise` makes one is not marked, and a clause that moved stands where it went.
      assert.deepEqual(side(comparison, 'inserted').map(normalise).toSorted(), texts(before).map(normalise).toSorted());
      const ids = comparison.clauses.map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length);
    }),
    { numRuns: 300, examples: [[['    你好。\n\n    we', '你好。 we']]] },
  );
});

test('a text compared with itself shows no change', () => {
  fc.assert(
    fc.property(document, (blocks) => {
      const source = blocks.join('\n\n');
      const { clauses, inserted, deleted, changed } = diffTexts(source, source, 'en');
      assert.deepEqual([inserted, deleted, changed], [0, 0, 0]);
      assert.ok(clauses.every(({ kind }) => kind === 'same'));
    }),
  );
});

test('the counts are those of the clauses, and every change has a part that changed', () => {
  fc.assert(
    fc.property(twoDocuments, ([before, after]) => {
      const { clauses, ...counts } = diffTexts(before, after, 'en');
      for (const kind of ['inserted', 'deleted', 'changed', 'moved'] as const)
        assert.equal(clauses.filter((clause) => clause.kind === kind).length, counts[kind]);
      for (const { kind, parts } of clauses)
        assert.equal(
          kind === 'same' || kind === 'moved',
          parts.every((part) => part.kind === 'same'),
        );
    }),
  );
});

test('folding shows each change with its neighbours and its heading, and loses no clause', () => {
  fc.assert(
    fc.property(twoDocuments, ([before, after]) => {
      const comparison = diffTexts(before, after, 'en');
      const runs = foldComparison(comparison);
      assert.deepEqual(
        runs.flatMap(({ clauses }) => clauses),
        comparison.clauses,
      );
      runs.forEach((run, index) => assert.notEqual(run.kind, runs[index + 1]?.kind));
      const folded = runs.filter(({ kind }) => kind === 'folded').flatMap(({ clauses }) => clauses);
      assert.ok(folded.every(({ kind }) => kind === 'same'));
    }),
  );
  const long = '## A,b,c,d,e,f,g,## H,i,j,k,l,m,n'.split(',').map((text) => (text.length === 1 ? `${text} stays.` : text));
  const after = long.with(10, 'now new.');
  const runs = foldComparison(diffTexts(long.join('\n\n'), after.join('\n\n'), 'en'));
  assert.deepEqual(
    runs.map(({ kind, clauses }) => [kind, clauses.length]),
    [
      ['folded', 7],
      ['shown', 1],
      ['folded', 1],
      ['shown', 4],
      ['folded', 2],
    ],
  );
});

const megabytes: { says: string; make: (seed: number) => string }[] = [
  {
    says: 'paragraphs all different',
    make: (seed) =>
      Array.from({ length: 50_000 }, (_, i) => `Paragraph ${i * seed} says ${'something '.repeat(8)}.`).join('\n\n'),
  },
  { says: 'one endless paragraph', make: (seed) => `word${seed} goes on. `.repeat(300_000) },
  { says: 'lines of one letter', make: (seed) => `${String.fromCharCode(97 + seed)}\n\n`.repeat(1_600_000) },
];
for (const { says, make } of megabytes) {
  test(`5 MB of ${says} are compared within seconds`, () => {
    const start = process.cpuUsage();
    diffTexts(make(2), make(3), 'en');
    const used = process.cpuUsage(start);
    const seconds = (used.user + used.system) / 1e6;
    assert.ok(seconds < 10, `${seconds} s`);
  });
}
