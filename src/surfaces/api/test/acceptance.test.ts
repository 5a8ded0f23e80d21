import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { parseBundle } from '@troth/tlog';
import { eraseSelf } from '#accounts';
import { eraseAcceptances, setAcceptance } from '#policies';
import { sha256 } from '#kernel/crypto';

import { type ApiSite, apiSite } from './api-site.ts';
import { at, conformance, type Got, listAt } from './conformance.ts';

const hooks: (() => Promise<void>)[] = [];
const { call, missing } = conformance();
let site: ApiSite;
let record: Record<string, string>;
let both: Record<string, string>;
const text = '# Privacy policy\n\nWe keep orders for ten years.\n';
const hashOf = (source: string) => sha256(Buffer.from(source)).toString('hex');
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const codeOf = ({ json }: Got) => String(at(json, 'type')).replace('/problems/', '');

before(async () => {
  site = await apiSite({ after: (hook) => void hooks.push(hook) });
  await site.establish();
  await site.publish(text);
  const { id } = await site.ledger.db.selectFrom('policies.document').select('id').executeTakeFirstOrThrow();
  await site.act((ctx) => setAcceptance(ctx, { documentId: id, asked: true, again: 'each-change' }));
  record = bearer(await site.key('acceptances:record'));
  both = bearer(await site.key('acceptances:record', 'acceptances:read'));
});
after(async () => {
  for (const hook of hooks.toReversed()) await hook();
});

let keys = 0;
const newKey = () => `sign-up-form-${String(keys++).padStart(6, '0')}`;
const shown = { version: 1, language: 'en', textHash: hashOf(text), words: 'I accept the privacy policy.' };
const yes = { subject: 'customer-1', policy: 'privacy-policy', decision: 'accepted', shown };
const post = (json: unknown, headers = record, key = newKey(), address = '/acceptances') =>
  call(site.app, address, { method: 'POST', json, headers: { 'idempotency-key': key, ...headers } });
const get = (address: string, headers = both) => call(site.app, address, { headers });
const link = { subject: 'customer-9', policy: 'privacy-policy', audience: 'https://trust.harbour.example' };

suite('acceptances through the API', () => {
  test('a decision is recorded, read by whoever may read, and its receipt holds the words', async () => {
    const sent = { ...yes, subject: 'customer-2' };
    const made = await post(sent, both);
    assert.deepEqual(
      [made.status, at(made.json, 'answer'), at(made.json, 'recorded', 'surface')],
      [201, 'yes', 'api'],
      made.text,
    );
    const receipt = String(at(made.json, 'recorded', 'receipt')).replace('/api/v1', '');
    assert.equal(codeOf(await get(receipt)), 'policies/receipt-not-signed');
    site.ledger.clock.advance({ seconds: 10 });
    await site.sign();
    const file = await get(receipt);
    const bundle = parseBundle(file.bytes);
    assert(bundle.ok && bundle.value.kind === 'receipt');
    assert.match(Buffer.from(bundle.value.items[0]?.event ?? '').toString('utf8'), /"words":"I accept the privacy policy."/);
    const etag = file.headers.get('etag') ?? '';
    assert.equal((await get(receipt, { ...both, 'if-none-match': etag })).status, 304);
    const states = await get('/acceptances?subject=customer-2');
    assert.deepEqual([at(states.json, 'acceptances', 0, 'answer'), at(states.json, 'acceptances', 0, 'asked')], ['yes', false]);
    const unheard = await get('/acceptances?subject=customer-404');
    assert.deepEqual(
      [at(unheard.json, 'acceptances', 0, 'answer'), listAt(unheard.json, 'acceptances').length],
      ['never-asked', 1],
    );
    const again = await get('/acceptances?subject=customer-404', { ...both, 'if-none-match': unheard.headers.get('etag') ?? '' });
    assert.equal(again.status, 304);
    assert.equal(codeOf(await get('/acceptances?subject=%20')), 'policies/subject-not-valid');
    assert.equal(codeOf(await get('/acceptances')), 'request/not-valid');
  });

  test('the same key with the same request is recorded once, also at once, also after a withdrawal; with another it is refused', async () => {
    const key = newKey();
    const answers = await Promise.all([0, 1, 2].map(() => post({ ...yes, subject: 'customer-3' }, record, key)));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [201, 201, 201],
    );
    assert.equal(new Set(answers.map(({ json }) => at(json, 'recorded', 'id'))).size, 1);
    assert.equal(codeOf(await post({ ...yes, subject: 'customer-4' }, record, key)), 'policies/key-used-otherwise');
    const withdrawn = await post({ ...yes, subject: 'customer-3', decision: 'withdrawn', shown: null });
    assert.equal(at(withdrawn.json, 'answer'), 'no');
    const replayed = await post({ ...yes, subject: 'customer-3' }, record, key);
    assert.deepEqual([at(replayed.json, 'recorded', 'decision'), at(replayed.json, 'answer')], ['accepted', 'no']);
    const rows = await site.ledger.db.selectFrom('policies.decision').select('kind').orderBy('at').orderBy('n').execute();
    assert.equal(rows.filter(({ kind }) => kind === 'withdrawn').length, 1);
  });

  test('subjects belong to the program that named them, and so do their decisions and receipts', async () => {
    const mine = await post({ ...yes, subject: 'customer-5' }, both);
    const other = bearer(await site.key('acceptances:record', 'acceptances:read'));
    const seen = await get('/acceptances?subject=customer-5', other);
    assert.equal(at(seen.json, 'acceptances', 0, 'answer'), 'never-asked');
    const receipt = String(at(mine.json, 'recorded', 'receipt')).replace('/api/v1', '');
    assert.equal(codeOf(await get(receipt, other)), 'policies/decision-not-found');
    const foreign = await post({ ...yes, subject: 'customer-5', decision: 'withdrawn', shown: null }, other);
    assert.equal(codeOf(foreign), 'policies/nothing-accepted');
  });

  for (const [code, change] of [
    ['policies/policy-not-found', { policy: 'nothing' }],
    ['policies/subject-not-valid', { subject: ' customer' }],
    ['policies/shown-missing', { shown: null }],
    ['policies/version-not-in-force', { shown: { ...shown, version: 7 } }],
    ['policies/text-differs', { shown: { ...shown, textHash: 'ab'.repeat(32) } }],
    ['policies/language-differs', { shown: { ...shown, language: 'de' } }],
    ['policies/nothing-accepted', { decision: 'withdrawn', subject: 'customer-6' }],
    ['request/not-valid', { decision: 'carried' }],
    ['request/not-valid', { shown: { ...shown, words: '' } }],
  ] as const)
    test(`a decision is refused with ${code}: ${JSON.stringify(change)}, and its key can be used again`, async () => {
      const key = newKey();
      assert.equal(codeOf(await post({ ...yes, ...change }, record, key)), code);
      assert.equal((await post({ ...yes, subject: 'customer-7' }, record, key)).status, 201);
    });

  test('without key, scope or Idempotency-Key nothing is recorded', async () => {
    const reader = bearer(await site.key('acceptances:read'));
    const paths = ['/acceptances', '/acceptance-links'];
    for (const address of paths) {
      assert.equal(codeOf(await post(yes, {}, newKey(), address)), 'request/key-missing');
      assert.equal(codeOf(await post(yes, { authorization: 'Bearer troth_no' }, newKey(), address)), 'request/key-not-valid');
      assert.equal(codeOf(await post(yes, reader, newKey(), address)), 'request/key-scope-missing');
      const stray = `${address}?key=${(record['authorization'] ?? '').slice(7)}`;
      assert.equal(codeOf(await post(yes, record, newKey(), stray)), 'request/key-in-address');
      assert.equal(codeOf(await post(yes, { ...record, cookie: 'a=b' }, newKey(), address)), 'request/cookie-from-elsewhere');
      assert.equal(codeOf(await post({ stray: 1 }, record, newKey(), address)), 'request/not-valid');
      for (const [body, type, code] of [
        ['{"a":', 'application/json', 'request/not-json'],
        ['{}', 'text/plain', 'request/media-type-not-supported'],
        [`"${'x'.repeat(64_000)}"`, 'application/json', 'request/body-too-large'],
      ] as const) {
        const headers = { ...record, 'content-type': type, 'idempotency-key': newKey() };
        assert.equal(codeOf(await call(site.app, address, { method: 'POST', body, headers })), code);
      }
    }
    for (const address of ['/acceptances?subject=customer-1', '/acceptances/3f0a6f6e-52b8-4b6e-9a53-1f9a5f0c7d11/receipt']) {
      assert.equal(codeOf(await get(address, {})), 'request/key-missing');
      assert.equal(codeOf(await get(address, { authorization: 'Bearer troth_no' })), 'request/key-not-valid');
      assert.equal(codeOf(await get(address, record)), 'request/key-scope-missing');
      const stray = `${address}${address.includes('?') ? '&' : '?'}key=${(record['authorization'] ?? '').slice(7)}`;
      assert.equal(codeOf(await get(stray)), 'request/key-in-address');
      assert.equal(codeOf(await get(`${address}${address.includes('?') ? '&' : '?'}stray=1`)), 'request/not-valid');
    }
    assert.equal(codeOf(await get('/acceptances/7/receipt')), 'request/no-such-address');
    for (const key of ['', 'too-short', 'x'.repeat(201), 'with a space in it!!'])
      assert.equal(codeOf(await post(yes, record, key)), 'request/not-valid');
  });

  test('a link is made for one person and one document of this site, and leads back only where staff allowed', async () => {
    const made = await post(link, record, newKey(), '/acceptance-links');
    assert.match(String(at(made.json, 'url')), /^https:\/\/trust\.harbour\.example\/acceptance\?ticket=[\w-]{43}$/);
    for (const [code, change] of [
      ['policies/policy-not-found', { policy: 'nothing' }],
      ['policies/subject-not-valid', { subject: '' }],
      ['policies/audience-wrong', { audience: 'https://test.harbour.example' }],
      ['policies/return-address-not-allowed', { returnTo: 'https://evil.example/' }],
    ] as const)
      assert.equal(codeOf(await post({ ...link, ...change }, record, newKey(), '/acceptance-links')), code);
  });

  test('whoever erased their account is not brought back by the same request', async () => {
    const key = newKey();
    await post({ ...yes, subject: 'customer-8' }, record, key);
    const { db } = site.ledger;
    const { accountId } = await db
      .selectFrom('accounts.handedIdentity')
      .select('accountId')
      .where('subject', '=', 'customer-8')
      .executeTakeFirstOrThrow();
    await site.act(async (ctx) => {
      await eraseAcceptances(ctx, { accountId });
      return eraseSelf(ctx, { accountId, organisation: 'Harbour Bank', locale: 'en' });
    });
    assert.equal(codeOf(await post({ ...yes, subject: 'customer-8' }, record, key)), 'policies/person-erased');
    const back = await db.selectFrom('accounts.handedIdentity').select('accountId').where('subject', '=', 'customer-8').execute();
    assert.deepEqual(back, []);
  });

  test('nobody is asked any more, and every documented answer was given', async () => {
    const { id } = await site.ledger.db.selectFrom('policies.document').select('id').executeTakeFirstOrThrow();
    await site.act((ctx) => setAcceptance(ctx, { documentId: id, asked: false, again: 'each-change' }));
    assert.equal(codeOf(await post({ ...yes, subject: 'customer-10' })), 'policies/acceptance-not-asked');
    assert.equal(codeOf(await post(link, record, newKey(), '/acceptance-links')), 'policies/acceptance-not-asked');
    assert.deepEqual(
      missing().filter((answer) => /\/acceptance/.test(answer)),
      [],
    );
  });
});
