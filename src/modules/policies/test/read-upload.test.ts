import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convertFile } from '../sources/convert-file.ts';
import { markdownOfHtml } from '../sources/markdown-of-html.ts';
import { readUpload } from '../sources/read-upload.ts';
import { paragraph, wordFile, zipOf } from './word-file.ts';

const upload = (content: string | Buffer) => readUpload(Buffer.from(content));
const textOf = async (content: string | Buffer) => {
  const read = await upload(content);
  assert.ok(read.ok, JSON.stringify(read));
  return read.value;
};
const refusalOf = async (content: string | Buffer) => {
  const read = await upload(content);
  return read.ok ? read.value : [read.refusal, read.facts];
};

test('a Markdown file is taken to the byte, also one that holds tags or ends its lines like Windows does', async () => {
  for (const text of ['# A\r\n\r\nB', '# A\n\n<html> is a tag', '\uFEFF# A'])
    assert.deepEqual(await textOf(text), { text, from: 'markdown' });
});

test('of a page, what it says becomes Markdown; what runs, navigates or is hidden is left out', async () => {
  const page = `<!-- made by hand --><!DOCTYPE html><title>t</title><style>p{}</style><nav>Menu</nav>
    <main><h1>Privacy</h1><p>We keep <b>names</b> for <a href="/why">30&nbsp;days</a>.<script>steal()</script></p>
    <h2>Your rights</h2><ul><li>See<li>Erase</ul><p hidden>Not shown</p>
    <table><tr><th>What</th><th>How long</th></tr><tr><td>Name<br>Address</td><td>a|b</td></tr></table></main><footer>Imprint</footer>`;
  const { text, from } = await textOf(page);
  assert.equal(from, 'html');
  assert.equal(
    text,
    '# Privacy\n\nWe keep **names** for [30\u00A0days](/why).\n\n## Your rights\n\n-   See\n-   Erase\n\n' +
      '| What | How long |\n| --- | --- |\n| Name Address | a\\|b |\n',
  );
});

test('what a page shows as text stays text, and a link that runs becomes its words', () => {
  const { text } = markdownOfHtml('<p>&lt;!-- not hidden --&gt; &lt;script&gt; 2 &lt; 3 <a href=" javascript:x()">here</a></p>');
  assert.equal(text, '&lt;!-- not hidden --> &lt;script> 2 < 3 here\n');
});

test('a Word file becomes Markdown, with its title and headings', async () => {
  const body = `${paragraph('Terms', 'Title')}${paragraph('Payment', 'Heading1')}${paragraph('You pay within 14 days.')}`;
  assert.deepEqual(await textOf(wordFile(body)), { text: '# Terms\n\n# Payment\n\nYou pay within 14 days.\n', from: 'docx' });
});

test('a file with pictures is refused with their number, because nobody could read what they say', async () => {
  const page = '<!doctype html><p>a<img src="x.png"><picture><source srcset="y"><img src="y"></picture><svg><path/></svg></p>';
  assert.deepEqual(await refusalOf(page), ['policies/pictures-in-text', { n: 3 }]);
});

test('a file that is no text is refused by what it is', async () => {
  assert.deepEqual(await refusalOf('%PDF-1.7\n...'), ['policies/file-is-pdf', {}]);
  assert.deepEqual(await refusalOf(zipOf({ 'a.txt': 'x' })), ['policies/text-binary', { format: 'Word or ZIP' }]);
  assert.deepEqual(await refusalOf(''), ['policies/text-empty', {}]);
  assert.deepEqual(await refusalOf('<!doctype html><script>x()</script>'), ['policies/text-empty', {}]);
  assert.deepEqual(await refusalOf(Buffer.alloc(5_000_001, 'a')), [
    'policies/text-too-large',
    { bytes: 5_000_001, limit: 5_000_000 },
  ]);
  assert.deepEqual(await refusalOf(Buffer.from('<!doctype html><p>caf\xe9', 'latin1')), [
    'policies/text-not-utf8',
    { offset: 21 },
  ]);
});

test('a broken Word file, one cut short and one that lies about its size are refused', async () => {
  const whole = wordFile(paragraph('x'));
  for (const broken of [whole.subarray(0, whole.length - 30), wordFile('<w:p>'), wordFile(paragraph('x'), 3)])
    assert.deepEqual(await refusalOf(broken), ['policies/file-broken', {}]);
});

test('a Word file that unpacks to far more than a document is refused before it is read', async () => {
  const parts = { 'word/document.xml': '', 'bomb.bin': Buffer.alloc(60_000_000) };
  assert.deepEqual(await refusalOf(zipOf(parts)), ['policies/file-broken', {}]);
});

test('entities of entities in a Word file do not unfold', async () => {
  const laughs = Array.from({ length: 12 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
  const document = `<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "lol">${laughs}]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${paragraph('&l12;')}</w:body></w:document>`;
  const found = await upload(zipOf({ 'word/document.xml': document }));
  assert.ok(!found.ok || found.value.text.length < 1_000);
});

test('a page made to take for ever is given up, and the process goes on', async () => {
  assert.deepEqual(await convertFile('html', Buffer.from('<div>'.repeat(50_000)), 300), {
    ok: false,
    refusal: 'policies/file-too-slow',
    facts: {},
  });
});
