import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { test } from 'node:test';
import { renderToString } from 'preact-render-to-string';
import { fillTemplate, findBlanks, refuseBlanks } from '../templates/fill-template.ts';
import { knownValues, templates } from '../templates/template-list.ts';
import { splitClauses } from '../text/clauses.ts';
import { readText } from '../text/read-text.ts';
import { renderMarkdown } from '../text/render-markdown.tsx';

const shop = { organisation: 'Bean & Co', contactEmail: 'hello_all@bean.example', postalAddress: '1 Quay\nPort' };

for (const template of templates) {
  const { slug, language } = template;
  const text = readFileSync(template.file, 'utf8');

  test(`${slug} in ${language}: what is known is filled in, what is not stands guided and holds publication back`, () => {
    const filled = fillTemplate(text, knownValues(template, shop));
    const left = findBlanks(filled).map(({ name }) => name);
    for (const name of Object.values(template.known))
      assert.ok(findBlanks(text).some((blank) => blank.name === name) && !left.includes(name), name);
    assert.ok(left.length >= 5);
    assert.equal(refuseBlanks(filled).ok, false);
    const whole = fillTemplate(filled, Object.fromEntries(left.map((name) => [name, 'x'])));
    assert.ok(refuseBlanks(whole).ok && readText(new TextEncoder().encode(whole)).ok);
    const html = renderToString(renderMarkdown(whole));
    assert.ok(html.includes('Bean &amp; Co<br/>1 Quay<br/>Port') && html.includes('hello_all@bean.example'));
    assert.ok(!html.includes('[[') && !html.includes('\\'));
  });

  test(`${slug} in ${language}: its own links lead to its sections`, () => {
    const html = renderToString(renderMarkdown(text));
    for (const [, id = ''] of html.matchAll(/href="#([^"]+)"/g)) assert.ok(html.includes(` id="${id}"`), id);
  });
}

test('there are five policies to start from, each in English and German', () => {
  const offered = Map.groupBy(templates, ({ slug }) => slug);
  assert.deepEqual([...offered.keys()].toSorted(), ['acceptable-use', 'cookies', 'privacy', 'subprocessors', 'terms']);
  for (const [slug, list] of offered) assert.deepEqual(list.map(({ language }) => language).toSorted(), ['de', 'en'], slug);
});

test('every blank says what belongs there and gives an example', () => {
  for (const { file, language } of templates) {
    for (const { name, line } of findBlanks(readFileSync(file, 'utf8'))) {
      const [asks = '', example = ''] = name.split(language === 'de' ? / ?Zum Beispiel: / : / ?For example: /);
      assert.ok(asks.length >= 4 && example.length >= 1, `${basename(file.pathname)}, line ${line}: ${name}`);
    }
  }
});

/**
 * Words a sentence, and how many of a hundred words have more than six letters, added up: 30 is easy, 40 medium, 50 hard, 60 very
 * hard, in any language with spaces. The formula is Björnsson's LIX (Läsbarhet, 1968).
 */
function lix(text: string): number {
  const clauses = splitClauses(text).filter(({ block }) => block === 'paragraph' || block === 'list-item');
  const words = clauses.flatMap((clause) => clause.text.match(/\p{L}[\p{L}'’-]*/gu) ?? []);
  const ends = clauses.flatMap((clause) => clause.text.match(/[.:?!]+(?=\s|$)|[^.:?!]$/gu) ?? []);
  const long = words.filter((word) => word.length > 6);
  return words.length / ends.length + (100 * long.length) / words.length;
}

test('what is left when the blanks are filled is of medium difficulty at most, by LIX', (t) => {
  assert.ok(lix('Notwithstanding anything contained hereinbefore, aforementioned obligations continue indefinitely.') > 60);
  for (const { slug, language, file } of templates) {
    const text = readFileSync(file, 'utf8');
    const filled = fillTemplate(text, Object.fromEntries(findBlanks(text).map(({ name }) => [name, 'Bean'])));
    const found = lix(filled);
    t.diagnostic(`${slug} ${language}: ${found.toFixed(1)}`);
    assert.ok(found <= 40, `${slug} in ${language}: ${found.toFixed(1)}`);
  }
});

test('a policy has the same structure and the same number of blanks in every language', () => {
  for (const [slug, versions] of Map.groupBy(templates, (template) => template.slug)) {
    const shapes = versions.map(({ file }) => {
      const text = readFileSync(file, 'utf8');
      return {
        clauses: splitClauses(text).map(({ block, depth }) => `${block} ${depth}`),
        blanks: findBlanks(text).map(({ line }) => line),
      };
    });
    for (const shape of shapes) assert.deepEqual(shape, shapes[0], slug);
  }
});

test('blanks are found by line; links, lone brackets and line breaks are none', () => {
  assert.deepEqual(findBlanks('a [[one]]\n\n[[ two ]] [[one]]\n[[1]](x) [[]] [x] [[a\nb]]'), [
    { name: 'one', line: 1 },
    { name: 'two', line: 3 },
    { name: 'one', line: 3 },
  ]);
});

test('the refusal names the first blank, its line and how many are left', () => {
  assert.deepEqual(refuseBlanks('x\n[[who?]] [[when?]]'), {
    ok: false,
    refusal: 'policies/blank-left',
    facts: { blank: 'who?', line: 2, left: 2 },
  });
  assert.deepEqual(refuseBlanks('nothing open'), { ok: true, value: 'nothing open' });
});

test('a value is text: it cannot become markup, fill another blank or be read from the prototype', () => {
  const value = '# *A* [b](javascript:x) <i> `c` | [[d]] $& &amp;';
  const html = renderToString(renderMarkdown(fillTemplate('Name: [[n]]', { n: value })));
  assert.ok(html.endsWith('Name: # *A* [b](javascript:x) &lt;i> `c` | [[d]] $&amp; &amp;amp;</p>'), html);
  assert.equal(fillTemplate('[[constructor]] [[n]]', { n: ' ' }), '[[constructor]] [[n]]');
  for (const name of ['1. FC Bean', '- Dash', '+ Plus', 'A\n=\nB', 'A\n2) B'])
    assert.match(
      renderToString(renderMarkdown(fillTemplate('[[n]]', { n: name }))),
      /^<p id="[^"]+">[^<]*(?:<br\/>[^<]*)*<\/p>$/,
      name,
    );
});
