import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFromHere, preferredLanguage, problem, readCookie, readForm } from '../http.ts';

const here = 'https://trust.example.org';
const asked = (headers: Record<string, string>) => new Request(`${here}/en/ask`, { headers });

test('only a page of this site may change something', () => {
  const table: readonly [says: string, headers: Record<string, string>, answer: boolean][] = [
    ['a browser that says so', { 'sec-fetch-site': 'same-origin', origin: here }, true],
    ['a sibling host', { 'sec-fetch-site': 'same-site', origin: 'https://other.example.org' }, false],
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.test' }, false],
    ['another site that claims our origin', { 'sec-fetch-site': 'cross-site', origin: here }, false],
    ['an address typed by the person', { 'sec-fetch-site': 'none' }, false],
    ['an older browser on our page', { origin: here }, true],
    ['an older browser elsewhere', { origin: 'https://evil.test' }, false],
    ['our host without encryption', { origin: 'http://trust.example.org' }, false],
    ['our host on another port', { origin: `${here}:8443` }, false],
    ['an origin that only begins like ours', { origin: `${here}.evil.test` }, false],
    ['a sandboxed frame', { origin: 'null' }, false],
    ['no origin at all', {}, false],
    ['an empty origin', { origin: '' }, false],
    ['a referrer is no origin', { referer: `${here}/en/ask` }, false],
  ];
  for (const [says, headers, answer] of table) assert.equal(isFromHere(asked(headers), [here]), answer, says);
});

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const post = (body: BodyInit, headers: Record<string, string> = form) =>
  new Request(here, { method: 'POST', body, headers, duplex: 'half' } as RequestInit);

function stream(chunks: readonly string[], onCancel: () => void = () => undefined): ReadableStream<Uint8Array> {
  const rest = [...chunks];
  return new ReadableStream({
    pull(controller) {
      const next = rest.shift();
      if (next === undefined) controller.close();
      else controller.enqueue(Buffer.from(next));
    },
    cancel: onCancel,
  });
}

test('a form is read up to its limit and not one byte beyond, whatever its length header says', async () => {
  const body = 'a=1&b=%C3%A4+x&a=2';
  const read = await readForm(post(body), body.length);
  assert(typeof read !== 'string');
  assert.deepEqual(
    [read.text('a'), read.all('a'), read.text('b'), read.text('none'), await read.file('a')],
    ['1', ['1', '2'], '\u00e4 x', '', null],
  );
  assert.equal(await readForm(post(body), body.length - 1), 'http/body-too-large');
  assert.equal(await readForm(post(body, { ...form, 'content-length': '999999' }), 1000), 'http/body-too-large');
  assert.equal(await readForm(post(body, { ...form, 'content-length': '1' }), 10), 'http/body-too-large');
});

test('a form that comes in pieces without a length is counted as it comes, and no longer read once it is too long', async () => {
  const read = await readForm(post(stream(['a=', '1', '&b=2'])), 100);
  assert(typeof read !== 'string');
  assert.deepEqual([read.text('a'), read.text('b')], ['1', '2']);
  let pieces = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pieces += 1;
      controller.enqueue(Buffer.alloc(1000, 'a'));
    },
  });
  assert.equal(await readForm(post(endless), 10_000), 'http/body-too-large');
  assert(pieces < 20, `${pieces} pieces were read`);
});

test('what is no form is refused, and a file is bytes only when there is one', async () => {
  for (const headers of [{ 'content-type': 'application/json' }, { 'content-type': 'multipart/form-data' }, {}] as Record<
    string,
    string
  >[]) {
    assert.equal(await readForm(post(Buffer.from('{}'), headers), 100), 'http/form-not-readable');
  }
  assert.equal(
    await readForm(post('a=1&b=x%00y'), 100),
    'http/form-not-readable',
    'PostgreSQL has no place for U+0000 in a text',
  );
  const data = new FormData();
  data.set('file', new File([Uint8Array.of(0, 255, 13, 10)], 'a.md'));
  data.set('empty', new File([], ''));
  data.set('text', 'words');
  const request = new Request(here, { method: 'POST', body: data });
  const read = await readForm(request, 10_000);
  assert(typeof read !== 'string');
  assert.deepEqual(await read.file('file'), Uint8Array.of(0, 255, 13, 10));
  assert.deepEqual(
    [await read.file('empty'), await read.file('text'), await read.file('none'), read.text('file')],
    [null, null, null, ''],
  );
});

test('the language is the first that the visitor wishes and the site has, else the first of the site', () => {
  const table: readonly [wish: string, answer: string][] = [
    ['de', 'de'],
    ['de-AT,en;q=0.5', 'de'],
    ['fr, de;q=0.4, en;q=0.6', 'en'],
    ['EN-gb', 'en'],
    ['en;q=0, de;q=0.1', 'de'],
    ['en;q=0', 'de'],
    ['den', 'de'],
    ['fr', 'de'],
    ['*', 'de'],
    ['en;q=abc', 'de'],
    [',,;', 'de'],
    ['', 'de'],
  ];
  for (const [wish, answer] of table)
    assert.equal(preferredLanguage(asked({ 'accept-language': wish }), ['de', 'en']), answer, wish);
  assert.equal(preferredLanguage(asked({ 'accept-language': 'den' }), ['en', 'de']), 'en', 'a longer word is no variant');
  assert.equal(preferredLanguage(asked({}), []), 'en');
});

test('a cookie is found by its whole name', () => {
  const cookies = asked({ cookie: 'a=1; session=x=y; __Host-session=z; flag' });
  assert.deepEqual(
    ['a', 'session', '__Host-session', 'ession', 'none'].map((name) => readCookie(cookies, name)),
    ['1', 'x=y', 'z', null, null],
  );
  assert.equal(readCookie(asked({}), 'a'), null);
});

test('a problem is told to programs by its code and never cached', async () => {
  const response = problem({ status: 409, code: 'policies/slug-taken', title: 'Taken.', facts: { slug: 'x' } });
  assert.equal(response.status, 409);
  assert.deepEqual(await response.json(), { type: '/problems/policies/slug-taken', title: 'Taken.', status: 409, slug: 'x' });
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  assert.equal(response.headers.get('cache-control'), 'no-store');
});
