import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { splitClauses } from '../text/clauses.ts';

const idsByText = (source: string) => new Map(splitClauses(source).map((clause) => [clause.text, clause.id]));

const sample = `# Terms

Welcome.

## A. Payment

You pay *monthly*.

- By card
- By invoice

  Within **30 days**.

### Refunds & returns

> We refund.

| Plan | Price |
|---|---|
| Pro | 10 € |

\`\`\`
code
\`\`\`
`;

test('each heading, paragraph, list item, quote, table row and code block is a clause of its section', () => {
  assert.deepEqual(
    splitClauses(sample).map(({ block, heading, depth, text }) => [block, heading, depth, text]),
    [
      ['heading', 'Terms', 1, 'Terms'],
      ['paragraph', 'Terms', 1, 'Welcome.'],
      ['heading', 'A. Payment', 2, 'A. Payment'],
      ['paragraph', 'A. Payment', 2, 'You pay monthly.'],
      ['list-item', 'A. Payment', 2, 'By card'],
      ['list-item', 'A. Payment', 2, 'By invoice'],
      ['list-item', 'A. Payment', 2, 'Within 30 days.'],
      ['heading', 'Refunds & returns', 3, 'Refunds & returns'],
      ['quote', 'Refunds & returns', 3, 'We refund.'],
      ['table-row', 'Refunds & returns', 3, 'Plan | Price'],
      ['table-row', 'Refunds & returns', 3, 'Pro | 10 €'],
      ['code', 'Refunds & returns', 3, 'code'],
    ],
  );
});

test('an id is the path of the section, and below a heading a hash of the text', () => {
  const ids = idsByText(sample);
  assert.equal(ids.get('Terms'), 'c-title');
  assert.equal(ids.get('Refunds & returns'), 'c-a-payment.refunds-returns');
  assert.match(ids.get('You pay monthly.') ?? '', /^c-a-payment~[0-9a-z]{8}$/);
});

// The expected value was worked out by a second implementation, in another language.
test('the hash of a text never changes between releases, since links and questions point to it', () => {
  assert.equal(idsByText('Welcome.').get('Welcome.'), 'c-~8phstcer');
});

test('an id outlives clauses that come, go and move, and markup that changes', () => {
  const before = idsByText(sample);
  const moved = sample
    .replace('- By card\n- By invoice', '- New\n- By invoice\n- By **card**')
    .replace('Welcome.', 'Hello.\n\nWelcome.');
  const after = idsByText(moved);
  for (const [text, id] of before) assert.equal(after.get(text), id);
});

test('headings in other scripts, long headings and umlauts have ids fit for a URL', () => {
  const headings = ['## 隐私政策', '## Политика', '## Größe und Maß', `## ${'very '.repeat(30)}long`, '## ***', '## Müller § 5'];
  const ids = splitClauses(headings.join('\n\n')).map(({ id }) => id);
  assert.equal(ids.length, 6);
  for (const id of ids) assert.match(id, /^c-[a-z0-9.~-]{1,60}$/);
  assert.ok(ids.includes('c-groesse-und-mass') && ids.includes('c-mueller-5'));
});

test('ids are unique, whatever repeats', () => {
  const line = fc.constantFrom(
    '# A',
    '## A',
    '## B',
    '### A',
    'text',
    '- item',
    '1. item',
    '> quote',
    '    code',
    '```',
    '|a|b|\n|-|-|\n|1|2|\n|1|2|',
    '---',
    '[a](b)',
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 25 }), (lines) => {
      const ids = splitClauses(lines.join('\n\n')).map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length);
      for (const id of ids) assert.match(id, /^c-[a-z0-9.~-]+$/);
    }),
  );
});
