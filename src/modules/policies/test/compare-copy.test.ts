import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { array, assert as assertProperty, nat, property, stringMatching, uniqueArray } from 'fast-check';
import { markdownOfHtml } from '../sources/markdown-of-html.ts';
import { compareCopy, type Difference } from '../watch/compare-copy.ts';

const ours = `# Privacy policy

We keep “messages” for two years – no longer.

## What we keep

- Payments: ten years.
- Messages: two years.

| What | How long |
|---|---|
| Orders | three years |

## Your rights

Write to us\\
at the harbour.
`;
const text = `<h1>Privacy policy</h1><p>We keep "messages" for\n two&nbsp;years - no longer.</p><h2>What we keep</h2>
<ul><li>Payments: ten years.</li><li><p>Messages: two&shy; years.</p></li></ul>
<table><tr><th>What</th><th>How long</th></tr><tr><td>Orders</td><td>three years</td></tr></table>
<h2>Your rights</h2><p>Write to us</p><p>at the harbour.</p>`;
const compare = (html: string) => compareCopy(ours, markdownOfHtml(html).text);
const kinds = (differences: readonly Difference[]) => differences.map(({ kind, ours, theirs }) => [kind, ours, theirs]);
const none = { missing: 0, reworded: 0, added: 0, shown: [] };

suite('a copy compared with the version in force', () => {
  test('the same words are the same, however they are set, and whatever page is around them', () => {
    assert.deepEqual(compareCopy(ours, ours), none);
    assert.deepEqual(compare(text), none);
    assert.deepEqual(compare(`<nav>Shop</nav><p>Home</p><article>${text}</article><footer>Imprint</footer>`), none);
    const shop = '<p>Shop for coffee</p><p>Your rights</p>';
    assert.deepEqual(compare(`${shop}<div>${text}</div><p>Imprint</p><p>Privacy policy</p>`), none, 'no article at all');
    const contents = '<ul><li>What we keep</li><li>Your rights</li></ul>';
    assert.deepEqual(compare(text.replace('</h1>', `</h1>${contents}`)), none, 'a table of contents says nothing new');
    assert.deepEqual(compare(contents + text), none);
    const cells = text.replace(/<table>.*<\/table>/, '<div>What</div><div>How long</div><div>Orders</div><div>three years</div>');
    assert.deepEqual(compare(cells), none, 'a table may be drawn without one');
  });

  test('what is missing, reworded or put between is a difference that shows both sides', () => {
    const found = (html: string) => kinds(compare(html).shown);
    assert.deepEqual(found(text.replace('<li>Payments: ten years.</li>', '')), [['missing', 'Payments: ten years.', '']]);
    assert.deepEqual(found(text.replace('ten years', 'six years')), [
      ['reworded', 'Payments: ten years.', 'Payments: six years.'],
    ]);
    assert.deepEqual(found(text.replace('<h2>Your', '<p>We may sell your data.</p><h2>Your')), [
      ['added', '', 'We may sell your data.'],
    ]);
    assert.deepEqual(found(text.replace('Payments: ten years.', 'Payments: ten years. Or more.')), [['added', '', 'Or more.']]);
    assert.deepEqual(found(text.replace('at the harbour.', 'at the harbour. Not on Sundays.')), [
      ['added', '', 'Not on Sundays.'],
    ]);
    assert.deepEqual(found(text.replace('Privacy policy</h1>', 'Privacy POLICY</h1>'))[0]?.[0], 'reworded', 'case counts');
    assert.equal(
      found('<p>This page has moved.</p>').every(([kind]) => kind === 'missing'),
      true,
    );
    const swapped = text.replace('<li>Payments: ten years.</li>', '').replace('</ul>', '<li>Payments: ten years.</li></ul>');
    assert.notDeepEqual(compare(swapped), none, 'another order');
  });

  test('a passage of ours inside a sentence of theirs does not count as said', () => {
    const html = text.replace('<h2>Your rights</h2>', '<p>We limit Your rights as we like.</p>');
    assert.notDeepEqual(compare(html), none);
  });

  test('at most twenty of each are shown and all are counted; a long one is cut to where it differs', () => {
    const many = Array.from({ length: 60 }, (_, n) => `Passage number ${n} of the agreement.`);
    const found = compareCopy(many.join('\n\n'), [many[0], many[59]].join('\n\n'));
    assert.deepEqual([found.missing, found.shown.length], [58, 20]);
    const long = 'word '.repeat(2_000);
    const [one] = compareCopy(`first\n\n${long}yes\n\nlast`, `first\n\n${long}no\n\nlast`).shown;
    assert(one && one.ours.endsWith('yes') && one.theirs.endsWith('no') && one.ours.length < 700, JSON.stringify(one));
  });

  test('any one passage dropped, or one put between, is found, in any text and with any page around it', () => {
    const passage = stringMatching(/^[a-z]{1,6}( [a-z]{1,6}){0,6}$/);
    const passages = uniqueArray(passage, { minLength: 3, maxLength: 12 });
    assertProperty(
      property(passages, array(passage, { maxLength: 4 }), nat(), passage, (all, around, at, other) => {
        const page = (middle: readonly string[]) => ['A page.', ...around, ...middle, ...around, 'An end.'].join('\n\n');
        const source = all.join('\n\n');
        assert.deepEqual(compareCopy(source, page(all)), none);
        const n = at % all.length;
        // A page that says the passage itself would be a fair reason to see it.
        if (around.length === 0) assert.notDeepEqual(compareCopy(source, page(all.filter((_, i) => i !== n))), none);
        const between = 1 + (at % (all.length - 1));
        assert.notDeepEqual(compareCopy(source, page(all.toSpliced(between, 0, `${other}!`))), none);
      }),
      { numRuns: 300 },
    );
  });
});
