import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { type ApiSite, apiSite } from './api-site.ts';
import { at, conformance } from './conformance.ts';

const hooks: (() => Promise<void>)[] = [];
const { call } = conformance();
let site: ApiSite;

before(async () => {
  site = await apiSite({ after: (hook) => void hooks.push(hook) });
  await site.establish();
  await site.publish('# Privacy policy\n\n## Storage\n\nWe keep orders for ten years.\n');
  await site.sign();
});
after(async () => {
  for (const hook of hooks.toReversed()) await hook();
});

const asked = { policy: 'privacy-policy', version: 1, clause: null, question: 'How long is it kept in the end?' };
let client = 0;
const json = { 'content-type': 'application/json' };
const send = (body: BodyInit, address = '/questions', headers: Record<string, string> = json) =>
  call(site.app, address, { method: 'POST', body, headers: { ...headers, 'x-test-client': `10.0.0.${client++ % 250}` } });

suite('no request makes the API fail', () => {
  for (const [says, body, status] of [
    ['nothing at all', '', 400],
    ['half of it', '{"policy":"privacy', 400],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22]), 400],
    ['a list', '[]', 422],
    ['null', 'null', 422],
    ['brackets in brackets, thirty thousand times', '['.repeat(30_000) + ']'.repeat(30_000), 422],
    ['a member called __proto__', JSON.stringify(asked).replace('{', '{"__proto__":{"mayPublish":true},'), 422],
    ['a member called constructor', JSON.stringify({ ...asked, constructor: 1 }), 422],
    ['a number for a text', JSON.stringify({ ...asked, question: 12 }), 422],
    ['a text for a number', JSON.stringify({ ...asked, version: '1' }), 422],
    ['a version that no column holds', JSON.stringify({ ...asked, version: 1e300 }), 422],
    ['a version between two', JSON.stringify({ ...asked, version: 1.5 }), 422],
    ['a NUL in the slug', JSON.stringify({ ...asked, policy: 'privacy\0policy' }), 422],
    ['a NUL in the clause', JSON.stringify({ ...asked, clause: 'c-\0' }), 422],
    ['SQL for a slug', JSON.stringify({ ...asked, policy: "' or 1=1 --" }), 422],
    [
      'half of a surrogate pair in the question',
      '{"policy":"privacy-policy","version":1,"question":"How long is it \\ud800 kept?"}',
      422,
    ],
    ['half of a surrogate pair in the e-mail', JSON.stringify({ ...asked, email: '\ud800@example.org' }), 422],
    ['a language nobody speaks here', JSON.stringify({ ...asked, language: '../en' }), 422],
  ] as const) {
    test(`a question that is ${says} is refused`, async () => {
      assert.equal((await send(body)).status, status);
    });
  }

  test('what is strange but allowed is kept to the letter', async () => {
    const question = 'A NUL \0, a right-to-left mark \u202e, an emoji 👩‍👩‍👧, <script>alert(1)</script> and {braces}?';
    const receipt = await send(JSON.stringify({ ...asked, question }));
    assert.equal(receipt.status, 201);
    const code = at(receipt.json, 'code');
    const matter = await send(JSON.stringify({ code }), '/receipts/lookup');
    assert.equal(at(matter.json, 'question'), question);
  });

  for (const type of [
    '',
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'application/json; charset=utf-16',
    'text/plain; application/json',
  ]) {
    test(`a body called "${type}" is not read`, async () => {
      assert.equal(
        (await send(JSON.stringify(asked), '/questions', type === '' ? { 'content-type': ' ' } : { 'content-type': type }))
          .status,
        415,
      );
    });
  }

  test('JSON in UTF-8 may be called so, in any case', async () => {
    assert.equal(
      (await send(JSON.stringify(asked), '/questions', { 'content-type': 'Application/JSON; Charset="UTF-8"' })).status,
      201,
    );
  });

  test('a body that does not tell its length is counted as it comes', async () => {
    let sent = 0;
    const long = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(8000).fill(0x20));
        if (sent === 200) controller.close();
      },
    });
    const init = { method: 'POST', body: long, headers: json, duplex: 'half' };
    const request = new Request('http://localhost/questions', init);
    assert.equal((await site.app.request(request)).status, 413);
    assert(sent < 12, `${sent} pieces were taken`);
  });

  for (const address of [
    '/policies/%00',
    '/policies/%ff',
    '/policies/privacy-policy%27',
    '/policies/privacy-policy/versions/0',
    '/policies/privacy-policy/versions/01',
    '/policies/privacy-policy/versions/-1',
    '/policies/privacy-policy/versions/1e0',
    '/policies/privacy-policy/versions/99999999999999999999',
    '/policies/privacy-policy/changes/1.0/',
    '/log/entries/0x1',
    '/log/entries/9007199254740993',
    `/policies/${'a'.repeat(5000)}`,
    '/__proto__',
    '/policies/../organisation/x',
  ]) {
    test(`there is nothing at ${address.slice(0, 60)}`, async () => {
      assert.equal((await call(site.app, address)).status, 404);
    });
  }

  for (const query of [
    'at=',
    'at=now',
    'at=2026-13-01T00:00:00Z',
    'at=2026-11-02T09:00:60Z',
    'at=2026-11-02T09:00:00.1234567890Z',
    'at=2026-11-02T09:00:00',
    'at=2026-11-02T09:00:00+01:00',
    'at=2026-11-02T09:00:00Z&at=2027-11-02T09:00:00Z',
    'At=2026-11-02T09:00:00Z',
    '__proto__=1',
  ]) {
    test(`?${query} is no instant to ask about`, async () => {
      assert.equal((await call(site.app, `/policies/privacy-policy/in-force?${query}`)).status, 422);
    });
  }

  test('the ends of time are instants like others', async () => {
    for (const instant of ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999999999Z']) {
      assert.equal((await call(site.app, `/policies/privacy-policy/in-force?at=${instant}`)).status, 200);
    }
  });

  test('a refusal does not send back what somebody wrote', async () => {
    const { text } = await send(JSON.stringify({ ...asked, language: 'my secret' }));
    assert(!text.includes('my secret'), text);
  });
});
