import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, suite, test } from 'node:test';
import { hashBody, leafHash, parseCheckpoint, parseNote } from '@troth/tlog';
import { observe, withholdBody } from '#ledger';
import { openDocument } from '#policies';
import { countQuestions, answerQuestion, eraseQuestion, listQuestions, publishQuestion } from '#support';
import { system } from '../../../../tests/support/ledger.ts';
import { apiRoutesList } from '../api-document.ts';
import { type ApiSite, apiSite } from './api-site.ts';
import { at, conformance, exampleAddress, type Got, listAt } from './conformance.ts';

const first = '# Privacy policy\n\nWhat we do.\n\n## Storage\n\nWe keep orders for ten years. Then we delete them.\n';
const second = first.replace('ten years', 'six years');
const third = second.replace('What we do.', 'What we really do.');
const question = 'Does this begin with the order or the delivery?';

const hooks: (() => Promise<void>)[] = [];
const { call, missing } = conformance();
let site: ApiSite;
let notSetUp: readonly Got[];

// One installation whose story the tests below read; only those under "asking" add to it.
before(async () => {
  site = await apiSite({ after: (hook) => void hooks.push(hook) });
  notSetUp = [await call(site.app, '/organisation'), await call(site.app, '/nowhere')];
  await site.establish();
  await site.publish(first);
  site.ledger.clock.advance({ hours: 24 });
  await site.publish(second);
  await site.publish(third, '2026-12-01');
  await site.sign();
});
after(async () => {
  for (const hook of hooks.toReversed()) await hook();
});

const get = (address: string, headers: Record<string, string> = {}) => call(site.app, address, { headers });
const post = (address: string, json: unknown, headers: Record<string, string> = {}) =>
  call(site.app, address, { method: 'POST', json, headers });
const codeOf = ({ json }: Got) => String(at(json, 'type')).replace('/problems/', '');

suite('the public record, for programs', () => {
  test('before set-up every address says that it is not set up', () => {
    assert.equal(notSetUp.length, 2);
    for (const got of notSetUp) assert.equal(codeOf(got), 'organisation/not-established');
  });

  test('the organisation is what was established', async () => {
    const { json } = await get('/organisation');
    assert.deepEqual([at(json, 'name'), at(json, 'timeZone'), at(json, 'sample')], ['Harbour Bank', 'Europe/Berlin', false]);
  });

  test('policies, versions and one version tell the same', async () => {
    const { json: list } = await get('/policies');
    const { json: one } = await get('/policies/privacy-policy');
    assert.deepEqual(list, { policies: [one] });
    assert.deepEqual([at(one, 'inForce'), at(one, 'scheduled'), at(one, 'versions')], [2, [3], 3]);
    const versions = listAt((await get('/policies/privacy-policy/versions')).json, 'versions');
    assert.deepEqual(
      versions.map((version) => [at(version, 'number'), at(version, 'standing')]),
      [
        [3, 'scheduled'],
        [2, 'in-force'],
        [1, 'superseded'],
      ],
    );
    assert.deepEqual((await get('/policies/privacy-policy/versions/2')).json, versions[1]);
  });

  test('a text is the exact bytes, with the hash of its log entry and what is needed to compute it', async () => {
    const { bytes, headers } = await get('/policies/privacy-policy/versions/2/text');
    assert.equal(bytes.toString(), second);
    assert.equal(headers.get('repr-digest'), `sha-256=:${createHash('sha256').update(second).digest('base64')}:`);
    const salt = Buffer.from(headers.get('x-troth-salt') ?? '', 'base64');
    const { json } = await get('/policies/privacy-policy/versions/2');
    assert.equal(headers.get('x-troth-body-hash'), hashBody(salt, bytes));
    assert.equal(headers.get('x-troth-body-hash'), at(json, 'bodyHash'));
  });

  test('a change names the words that went and came', async () => {
    const { json } = await get('/policies/privacy-policy/changes/2');
    assert.deepEqual([at(json, 'before'), at(json, 'after'), at(json, 'changed')], [1, 2, 1]);
    assert.match(JSON.stringify(json), /\{"kind":"deleted","text":"ten"\},\{"kind":"inserted","text":"six"\}/);
    const nothing = await get('/policies/privacy-policy/changes/1');
    assert.deepEqual([nothing.status, codeOf(nothing)], [404, 'policies/nothing-before']);
  });

  for (const [says, instant, number, provisional] of [
    ['before the first version nothing was in force', '2026-11-01T00:00:00Z', null, false],
    ['the first millisecond counts', '2026-11-02T09:00:00.000Z', 1, false],
    ['the one before it does not', '2026-11-02T08:59:59.999Z', null, false],
    ['an offset is understood', '2026-11-03T10:00:00%2B01:00', 2, false],
    ['the future is an answer for now', '2026-12-01T00:00:00Z', 3, true],
  ] as const) {
    test(`in force: ${says}`, async () => {
      const { json } = await get(`/policies/privacy-policy/in-force?at=${instant}`);
      assert.equal(at(json, 'version', 'number') ?? null, number);
      assert.equal(at(json, 'provisional'), provisional);
    });
  }

  for (const [says, rest, spans, first] of [
    ['a day before the first version has nothing', '2026-11-01', [[null, false]], true],
    ['the day of the first publication has both', '2026-11-02', 'more', true],
    ['an instant has one answer', '2026-11-03T10:00:00Z', [[2, false]], true],
    [
      'a group without a text of its own has the one for everyone',
      '2026-11-04?audience=staff&jurisdiction=DE-BY',
      [[2, false]],
      true,
    ],
  ] as const) {
    test(`at: ${says}`, async () => {
      const { status, json } = await get(`/policies/privacy-policy/at/${rest}`);
      assert.equal(status, 200);
      const answered = listAt(json, 'spans').map((span) => [at(span, 'version'), at(span, 'ended')]);
      if (spans === 'more') assert(answered.length > 1 && answered[0]?.[0] === null, JSON.stringify(answered));
      else assert.deepEqual(answered, spans);
      assert.equal(at(json, 'first') !== null, first);
    });
  }

  test('at: what is no day, audience or place is refused, and names which', async () => {
    for (const rest of ['soon', '2026-02-30', '2026-11-04T10:00'])
      assert.equal((await get(`/policies/privacy-policy/at/${rest}`)).status, 404, rest);
    for (const rest of ['audience=martians', 'jurisdiction=Germany', 'jurisdiction=ZZ', 'who=me'])
      assert.equal((await get(`/policies/privacy-policy/at/2026-11-04?${rest}`)).status, 422, rest);
    assert.equal((await get('/policies/secret-plan/at/2026-11-04')).status, 404);
  });

  test('in force without an instant means now', async () => {
    const { json } = await get('/policies/privacy-policy/in-force');
    assert.equal(at(json, 'version', 'number'), 2);
  });

  test('the log is as it was signed', async () => {
    const { json } = await get('/log');
    const [log] = listAt(json, 'logs');
    const note = parseNote(String(at(log, 'checkpoint')));
    const checkpoint = note.ok ? parseCheckpoint(note.value.text) : null;
    assert(checkpoint?.ok);
    assert.deepEqual(
      [checkpoint.value.origin, checkpoint.value.size, Buffer.from(checkpoint.value.root).toString('hex')],
      [at(log, 'origin'), at(log, 'size'), at(log, 'root')],
    );
  });

  test('an entry is what hashes to its leaf hash, and links to what proves it', async () => {
    const { json: version } = await get('/policies/privacy-policy/versions/2');
    const { json } = await get(`/log/entries/${String(at(version, 'entry'))}`);
    const bytes = Buffer.from(String(at(json, 'leafBytes')), 'base64');
    assert.deepEqual(JSON.parse(bytes.toString()), at(json, 'leaf'));
    assert.equal(Buffer.from(leafHash(bytes)).toString('hex'), at(json, 'leafHash'));
    assert.equal(at(json, 'body', 'state'), 'open');
  });

  test('entries are paged from the newest down', async () => {
    const { json } = await get('/log/entries');
    const size = Number(at(json, 'size'));
    const { json: below } = await get('/log/entries?before=3');
    assert.equal(at(json, 'entries', 0, 'index'), size - 1);
    assert.deepEqual(
      listAt(below, 'entries').map((entry) => at(entry, 'index')),
      [2, 1, 0],
    );
  });

  test('what is in rehearsal does not exist', async () => {
    await site.act((ctx) => openDocument(ctx, { slug: 'secret-plan', title: 'Secret plan', language: 'en' }));
    for (const rest of ['', '/versions', '/in-force', '/versions/1', '/versions/1/text', '/changes/2']) {
      assert.equal(codeOf(await get(`/policies/secret-plan${rest}`)), 'policies/policy-not-found');
    }
    for (const rest of ['/versions/9', '/versions/9/text', '/changes/9']) {
      assert.equal(codeOf(await get(`/policies/privacy-policy${rest}`)), 'policies/version-not-found');
    }
    assert.equal(codeOf(await get('/log/entries/999')), 'log/no-entry');
  });
});

suite('asking', () => {
  const asked = { policy: 'privacy-policy', version: 2, clause: 'c-storage', question, mayPublish: true };
  const sender = { 'x-test-client': '198.51.100.7' };

  test('a question gets a code, the code gets the answer, and after an erasure nothing', async () => {
    assert.deepEqual((await get('/questions/count')).json, { counted: null });
    const { json: receipt } = await post('/questions', asked, sender);
    const code = String(at(receipt, 'code'));
    const { json: open } = await post('/receipts/lookup', { code: code.toLowerCase().replaceAll('-', ' ') });
    assert.deepEqual([at(open, 'state'), at(open, 'question'), at(open, 'answer')], ['open', question, null]);
    const [row] = await listQuestions(observe(site.ledger, system), 10);
    const id = row?.id ?? '';
    await site.act((ctx) => answerQuestion(ctx, { id, answer: 'With the delivery.' }));
    await site.act((ctx) => publishQuestion(ctx, { id, question, answer: 'With the delivery.' }));
    await site.act((ctx) => countQuestions(ctx));
    const { json: answered } = await post('/receipts/lookup', { code });
    assert.deepEqual(
      [at(answered, 'state'), at(answered, 'answer'), at(answered, 'late')],
      ['answered', 'With the delivery.', false],
    );
    assert.equal(listAt((await get('/questions')).json, 'questions').length, 1);
    assert.equal(at((await get('/questions/count')).json, 'counted', 'answeredInTime'), 1);
    await site.act((ctx) => eraseQuestion(ctx, { receipt: { code } }));
    assert.equal(codeOf(await post('/receipts/lookup', { code })), 'support/receipt-unknown');
    assert.deepEqual((await get('/questions')).json, { questions: [] });
  });

  test('an unknown code is not found and a malformed one is not valid', async () => {
    assert.equal(codeOf(await post('/receipts/lookup', { code: '00000-00000-00000-00000' })), 'support/receipt-unknown');
    assert.equal(codeOf(await post('/receipts/lookup', { code: 'hello' })), 'support/receipt-not-valid');
  });

  test('a receipt opens with its order number, and one code is tried ten times an hour, from wherever', async () => {
    const numbered = { ...asked, email: '', reference: 'ORDER-2026-471' };
    const { json } = await post('/questions', numbered, { 'x-test-client': '2001:db8:7::1' });
    const code = String(at(json, 'code'));
    const from = (time: number) => ({ 'x-test-client': `2001:db8:7:${time}::1` });
    assert.equal((await post('/receipts/lookup', { code, reference: 'order 2026 471' }, from(1))).status, 200);
    for (let time = 2; time <= 10; time += 1)
      assert.equal(
        codeOf(await post('/receipts/lookup', { code, reference: `ORDER-${time}` }, from(time))),
        'support/receipt-unknown',
      );
    const late = await post('/receipts/lookup', { code, reference: 'ORDER-2026-471' }, from(11));
    assert.equal(codeOf(late), 'support/receipt-tried-too-often');
    assert.equal(late.headers.get('retry-after'), '360');
  });

  for (const [code, change] of [
    ['support/policy-not-found', { policy: 'no-such-policy' }],
    ['support/policy-not-found', { policy: 'secret-plan', version: 1 }],
    ['support/clause-not-found', { clause: 'c-elsewhere' }],
    ['support/question-too-short', { question: 'Why?' }],
    ['support/question-too-long', { question: 'why '.repeat(1500) }],
    ['support/email-not-valid', { email: 'nobody' }],
    ['support/reference-not-valid', { reference: '4-7' }],
  ] as const) {
    test(`refused with ${code}: ${Object.keys(change).join(', ')}`, async () => {
      assert.equal(
        codeOf(await post('/questions', { ...asked, ...change }, { 'x-test-client': `2001:db8:1:${code.length}::1` })),
        code,
      );
    });
  }

  test('it needs no cookie: from another site it is answered without, and refused with one', async () => {
    const elsewhere = { origin: 'https://blog.example', 'sec-fetch-site': 'cross-site', 'x-test-client': '198.51.100.8' };
    assert.equal((await post('/questions', asked, elsewhere)).status, 201);
    for (const address of ['/questions', '/receipts/lookup']) {
      assert.equal(codeOf(await post(address, asked, { ...elsewhere, cookie: 'a=b' })), 'request/cookie-from-elsewhere');
    }
    assert.equal((await post('/questions', asked, { ...sender, cookie: 'a=b', 'sec-fetch-site': 'same-origin' })).status, 201);
    const preflight = await call(site.app, '/questions', { method: 'OPTIONS', headers: elsewhere });
    assert.equal(preflight.status, 204);
    assert.match(preflight.headers.get('access-control-allow-methods') ?? '', /POST/);
    assert.equal(preflight.headers.get('access-control-allow-credentials'), null);
  });

  for (const [address, allowed] of [
    ['/questions', 20],
    ['/receipts/lookup', 60],
  ] as const) {
    test(`POST ${address} is answered ${allowed} times in ten minutes`, async () => {
      const client = { 'x-test-client': '203.0.113.5' };
      for (let time = 0; time < allowed; time++) assert.equal((await post(address, {}, client)).status, 422);
      const { status, headers } = await post(address, {}, client);
      assert.deepEqual([status, headers.get('retry-after')], [429, String(600 / allowed)]);
      assert.equal((await post(address, {}, { 'x-test-client': '203.0.113.6' })).status, 422, 'somebody else is not held up');
    });
  }
});

suite('with a key', () => {
  const audience = 'https://trust.harbour.example';
  const person = { subject: 'customer-1', audience, returnTo: '/me' };
  const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

  test('a program hands somebody over, and without the right key nobody does', async () => {
    const key = await site.key('accounts:hand-off');
    const other = await site.key('policies:read');
    const made = await post('/hand-offs', person, bearer(key));
    assert.match(String(at(made.json, 'url')), /^https:\/\/trust\.harbour\.example\/sign-in\/hand-off\?ticket=[\w-]{43}$/);
    for (const [headers, code, challenge] of [
      [{}, 'request/key-missing', 'Bearer realm="troth"'],
      [{ authorization: `Basic ${key}` }, 'request/key-missing', 'Bearer realm="troth"'],
      [bearer(`${key}x`), 'request/key-not-valid', 'Bearer realm="troth", error="invalid_token"'],
      [bearer(key.replace(/.$/, key.endsWith('A') ? 'Q' : 'A')), 'request/key-not-valid', null],
      [bearer(key.toUpperCase()), 'request/key-not-valid', null],
      [bearer(other), 'request/key-scope-missing', /error="insufficient_scope", scope="accounts:hand-off"$/],
    ] as const) {
      const got = await post('/hand-offs', person, headers);
      assert.equal(codeOf(got), code);
      if (challenge !== null) assert.match(got.headers.get('www-authenticate') ?? '', new RegExp(challenge));
    }
    assert.equal(codeOf(await post(`/hand-offs?access_token=${key}`, person, bearer(key))), 'request/key-in-address');
    assert.equal(codeOf(await post('/hand-offs', person, { cookie: `key=${key}` })), 'request/cookie-from-elsewhere');
  });

  for (const [code, change] of [
    ['accounts/hand-off-audience-wrong', { audience: 'https://test.harbour.example' }],
    ['accounts/hand-off-subject-not-valid', { subject: '' }],
    ['accounts/hand-off-subject-not-valid', { subject: ' customer-1' }],
    ['accounts/hand-off-subject-not-valid', { subject: 'customer\u00001' }],
    ['accounts/return-path-not-valid', { returnTo: '//evil.example/me' }],
    ['accounts/return-path-not-valid', { returnTo: '/en/console' }],
  ] as const) {
    test(`a hand-off is refused with ${code}: ${JSON.stringify(Object.values(change)[0])}`, async () => {
      const key = await site.key('accounts:hand-off');
      assert.equal(codeOf(await post('/hand-offs', { ...person, ...change }, bearer(key))), code);
    });
  }
});

suite('every address', () => {
  test('takes the same care of what is sent', async () => {
    for (const route of apiRoutesList) {
      const { method, params, auth } = route.contract;
      const address = exampleAddress(route);
      const key: Record<string, string> = auth === 'none' ? {} : { authorization: `Bearer ${await site.key(auth.scope)}` };
      const client = { 'x-test-client': `2001:db8:2:${address.length}::1`, ...key };
      if (params)
        assert.equal(
          codeOf(await get(address.replace('privacy-policy', 'A..B').replace(/entries\/2/, 'entries/02'), key)),
          'request/no-such-address',
        );
      const sent = (body: string, type = 'application/json') =>
        call(site.app, address, { method: 'POST', body, headers: { ...client, 'content-type': type } });
      if (method === 'post') {
        assert.equal(codeOf(await sent('{"a":')), 'request/not-json');
        assert.equal(codeOf(await sent('{}', 'text/plain')), 'request/media-type-not-supported');
        assert.equal(codeOf(await sent(`"${'x'.repeat(64_000)}"`)), 'request/body-too-large');
        assert.equal(codeOf(await sent('{"stray":1}')), 'request/not-valid');
      } else if (auth === 'none') {
        assert.equal(codeOf(await get(`${address}?stray=1`)), 'request/not-valid');
        const { headers, text, status } = await get(address);
        assert.equal(status, 200, `${address} ${text}`);
        const etag = headers.get('etag') ?? '';
        assert.equal((await get(address, { 'if-none-match': `"other", W/${etag}` })).status, 304);
        const head = await call(site.app, address, { method: 'HEAD' });
        assert.deepEqual([head.status, head.text, head.headers.get('etag')], [200, '', etag]);
      }
      const wrong = await call(site.app, address, { method: 'DELETE' });
      assert.equal(codeOf(wrong), 'request/method-not-allowed');
      assert.match(wrong.headers.get('allow') ?? '', method === 'get' ? /GET, HEAD/ : /POST/);
    }
    assert.equal(codeOf(await get('/nowhere')), 'request/no-such-address');
  });

  test('a text withheld by law is withheld here too, alone and in a comparison', async () => {
    const { json } = await get('/policies/privacy-policy/versions/2');
    const hash = Buffer.from(String(at(json, 'bodyHash')), 'hex');
    await site.act((ctx) => withholdBody(ctx, { hash, reason: 'court-order' }));
    for (const rest of ['versions/2/text', 'changes/2', 'changes/3']) {
      const got = await get(`/policies/privacy-policy/${rest}`);
      assert.deepEqual([got.status, codeOf(got)], [451, 'policies/text-withheld']);
    }
    const { json: entry } = await get(`/log/entries/${String(at(json, 'entry'))}`);
    assert.deepEqual([at(entry, 'body', 'state'), at(entry, 'body', 'reason')], ['withheld', 'court-order']);
  });
});

test('every documented answer was given by a test above, and every answer given was documented', () => {
  // Those about acceptance are given in a file of their own.
  const here = missing().filter((answer) => !answer.includes('/acceptance'));
  assert.deepEqual(here, []);
});
