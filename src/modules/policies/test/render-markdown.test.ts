import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { splitClauses, type Clause } from '../text/clauses.ts';
import { renderMarkdown, type RenderOptions } from '../text/render-markdown.tsx';

const html = (source: string, options?: RenderOptions) => renderToString(renderMarkdown(source, options));

const rows: { says: string; given: string; options?: RenderOptions; html: string }[] = [
  {
    says: 'inline markup',
    given: '**a** *b* ~~c~~ `d`  \ne',
    html: '<strong>a</strong> <em>b</em> <s>c</s> <code>d</code><br/>e',
  },
  { says: 'markup of HTML stays text', given: 'a <b onclick="x()">b</b>', html: 'a &lt;b onclick=&quot;x()&quot;>b&lt;/b>' },
  { says: 'liquid tags stay visible', given: '{% data variables.x %} {{ y }}', html: '{% data variables.x %} {{ y }}' },
  {
    says: 'external link',
    given: '[a](https://b.example/c)',
    html: '<a href="https://b.example/c" rel="nofollow noopener noreferrer">a</a>',
  },
  { says: 'mail address', given: '<a@b.example>', html: '<a href="mailto:a@b.example">a@b.example</a>' },
  { says: 'relative link without a base', given: '[a](/b?c#d)', html: '<a href="/b?c#d">a</a>' },
  {
    says: 'relative link with a base',
    given: '[a](/b)',
    options: { base: 'https://site.example/policies/' },
    html: '<a href="https://site.example/b" rel="nofollow noopener noreferrer">a</a>',
  },
  {
    says: 'link without scheme is external',
    given: '[a](//b.example)',
    html: '<a href="https://b.example/" rel="nofollow noopener noreferrer">a</a>',
  },
  { says: 'script link stays text', given: '[a](javascript:alert(1))', html: '[a](javascript:alert(1))' },
  { says: 'script link in disguise stays text', given: '[a](JaVa&#115;cript:alert(1))', html: '[a](JaVascript:alert(1))' },
  { says: 'data link stays text', given: '[a](data:text/html,x)', html: '[a](data:text/html,x)' },
  { says: 'picture', given: '![Our office](/o.png)', html: '<a href="/o.png">Our office</a>' },
  { says: 'picture in a link', given: '[![Logo](/o.png)](/home)', html: '<a href="/home">Logo</a>' },
];
for (const row of rows) {
  test(`inline: ${row.says}`, () => {
    assert.equal(html(row.given, row.options).replace(/^<p id="[^"]+">|<\/p>$/g, ''), row.html);
  });
}

test('headings begin below the page heading and leave no level out', () => {
  const out = html('## A\n\n#### B\n\n## C\n\n# D\n\n### E', { headingLevel: 2 });
  assert.deepEqual(out.match(/<h\d/g), ['<h2', '<h3', '<h2', '<h2', '<h3']);
});

const clauseExtra = ({ id, block }: Clause) => h('a', { href: `?ask=${id}` }, block);

test('the extra of a section stands after its heading, and only there', () => {
  const out = html('## A\n\nText\n\n- item', { clauseExtra });
  assert.ok(out.startsWith('<h2 id="c-a">A</h2><a href="?ask=c-a">heading</a><p id="c-a~'));
  assert.equal(out.match(/\?ask=/g)?.length, 1);
});

test("a document's own links find its sections, however GitHub would name them", () => {
  const out = html('[a](#a-terms) [b](#a-terms-1) [c](#gr%C3%B6%C3%9Fe)\n\n## A. Terms\n\n## B\n\n### A. Terms\n\n## Größe');
  assert.match(out, /href="#c-a-terms">a.*href="#c-b.a-terms">b.*href="#c-groesse">c/);
});

test('a table scrolls within a named group, its heads and cells are aligned by class', () => {
  const out = html('| A |  |\n|:-:|--|\n| 1 | 2 |');
  assert.match(
    out,
    /^<div class="table-scroll" role="group" aria-label="A" tabindex="0"><table><thead><tr id="c-~\w{8}"><th class="align-c.* scope="col">A</,
  );
  assert.match(out, /<td><\/td><\/tr><\/thead><tbody><tr id="c-~\w{8}"><td class="align-center">1<\/td><td>2<\/td>/);
  assert.ok(!out.includes('style='));
});

test('lists keep their start, tight or loose', () => {
  assert.match(html('3. a\n4. b'), /^<ol start="3"><li id="c-~\w{8}">a<\/li><li id="c-~\w{8}">b<\/li><\/ol>$/);
  assert.match(html('- a\n\n  b\n- c'), /^<ul><li id="c-~\w{8}"><p>a<\/p><p id="c-~\w{8}">b<\/p><\/li>/);
});

test('words nested too deep for the parser are shown raw rather than not at all', () => {
  for (const depth of [5, 28, 29, 30, 31, 58, 59, 60, 61, 500])
    for (const mark of ['> ', '- '])
      assert.ok(html(`${mark.repeat(depth)}hidden fee`).includes('hidden fee'), `${mark} ${depth}`);
});

const elements = 'p|ul|ol|li|blockquote|thead|tbody|tr|th|td|table|div|pre|code|strong|em|s|a|br|hr|h[2-6]|span';
const allowed = new RegExp(`^(?:</?(?:${elements})(?: [a-z-]+="[^"<]*")*/?>|[^<])*$`);

const marks =
  '<script> </p> " \' &lt; [a]( ) javascript: ![ ]( ` ``` ** _ | <!-- --> x &#106;avascript: \\ // https: <a@b.example> [a]:';

test('whatever is written, only known elements come out, each clause id exactly once, and no link runs a script', () => {
  const pieces = fc.constantFrom(
    ...marks.split(' '),
    ' ',
    '\n',
    '\n\n',
    '\t',
    '> ',
    '- ',
    '1. ',
    '# ',
    '## ',
    '|-|\n',
    '---\n',
    '\u0000',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
      const source = parts.join('');
      const out = html(source);
      assert.match(out, allowed);
      assert.doesNotMatch(out, /(?:href)="(?:javascript|data|vbscript):/i);
      const ids = [...out.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
      assert.equal(new Set(ids).size, ids.length);
      assert.deepEqual(new Set(ids), new Set(splitClauses(source).map(({ id }) => id)));
    }),
    { numRuns: 500 },
  );
});
