import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { suite, test, type TestContext } from 'node:test';
import { sql } from 'kysely';
import { outboundFetch } from '../../../kernel/fetch.ts';
import { act, observe } from '../../../ledger/index.ts';
import { system, type TestLedger } from '../../../../tests/support/ledger.ts';
import { accept, needs, refuseAll, staff, testVerbs } from '../../../../tests/support/verbs.ts';
import {
  listCopyFindings,
  lookAtCopy,
  lookElsewhere,
  openDocument,
  publishVersion,
  readCopy,
  unwatchCopy,
  watchCopy,
} from '../index.ts';
import { serve } from './fault-server.ts';

const writer = staff('policies:write');
const reader = staff('policies:read');
const nobody = '00000000-0000-4000-8000-000000000000';
const html = (text: string) => `<!doctype html><title>Shop</title><nav>Shop</nav><article>${text}</article><p>Imprint</p>`;
const text = '# Privacy\n\nWe keep orders for three years.\n\nWrite to us at any time.\n';
const page = html('<h1>Privacy</h1><p>We keep orders for three years.</p><p>Write to us at any time.</p>');

async function document(ledger: TestLedger, effectiveLocal = ''): Promise<string> {
  const opened = await act(ledger, system, (ctx) => openDocument(ctx, { slug: 'privacy', title: 'Privacy', language: 'en' }));
  assert(opened.ok);
  await publish(ledger, opened.value.documentId, text, effectiveLocal);
  return opened.value.documentId;
}

async function publish(ledger: TestLedger, documentId: string, words: string, effectiveLocal = ''): Promise<void> {
  const publication = { documentId, text: Buffer.from(words), summary: 'In plain words.', effectiveLocal, zone: 'UTC' };
  const published = await act(ledger, system, (ctx) => publishVersion(ctx, publication));
  assert(published.ok, JSON.stringify(published));
}

/** A watched copy, and a look at it. */
async function watched(t: TestContext, answer: RequestListener, path = '/privacy') {
  const ledger = await testVerbs(t);
  const documentId = await document(ledger);
  const url = `${await serve(t, answer)}${path}`;
  const set = await act(ledger, system, (ctx) => watchCopy(ctx, { documentId, url }));
  assert(set.ok);
  const { copyId } = set.value;
  const copy = async () => {
    const found = await readCopy(observe(ledger, reader), documentId);
    assert(found);
    return found;
  };
  const look = async (milliseconds?: number) => {
    const fetch = outboundFetch({ allow: ['127.0.0.1'] });
    const impatient: typeof fetch = (to, sent, bounds) => fetch(to, sent, { ...bounds, ...(milliseconds && { milliseconds }) });
    await lookAtCopy({ ledger, actor: system, fetch: impatient }, { copy: copyId });
    return copy();
  };
  return { ledger, documentId, copyId, url, look, copy };
}

const events = async (ledger: TestLedger) =>
  (await ledger.db.selectFrom('ledger.event').select('type').where('type', 'like', 'public-copy.%').orderBy('seq').execute()).map(
    ({ type }) => type,
  );
const jobs = async (ledger: TestLedger) => {
  const { rows } = await sql<{ key: string }>`select key from graphile_worker.jobs where key like 'policies/%'`.execute(
    ledger.db,
  );
  return rows.length;
};

suite('the watcher of public copies', { concurrency: 2 }, () => {
  test('an address is set, changed and taken away by who may write the document, and each is recorded', async (t) => {
    const ledger = await testVerbs(t);
    const documentId = await document(ledger);
    const sent = { documentId, url: ' https://www.example.org/privacy#top ' };
    const recorded = ['private public-copy.watched'];
    const { copyId } = await accept({ ledger, actor: writer, recorded }, watchCopy, sent);
    const first = await readCopy(observe(ledger, reader), documentId);
    assert.deepEqual([first?.url, first?.state, first?.finding], ['https://www.example.org/privacy', 'unchecked', null]);
    assert.equal(await jobs(ledger), 1, 'somebody looks at once');
    assert.deepEqual(await accept({ ledger, actor: writer, recorded: [] }, watchCopy, sent), { copyId }, 'only another look');
    await accept({ ledger, actor: writer, recorded }, watchCopy, { ...sent, url: 'http://localhost:8080/' });
    await refuseAll({ ledger, actor: writer }, watchCopy, {
      'policies/document-not-found': [['no such document', { ...sent, documentId: nobody }]],
      'policies/address-not-valid': [
        '',
        'example.org',
        'ftp://example.org',
        'https://a:b@example.org',
        `https://${'x'.repeat(2000)}`,
      ].map((url) => [`"${url.slice(0, 30)}" is no address`, { ...sent, url }] as const),
      'policies/address-not-https': [['plain http', { ...sent, url: 'http://example.org/' }]],
    });
    await needs(ledger, 'policies:write', watchCopy, sent);
    await needs(ledger, 'policies:write', unwatchCopy, sent);
    await accept({ ledger, actor: writer, recorded: ['private public-copy.unwatched'] }, unwatchCopy, { documentId });
    assert.equal(await readCopy(observe(ledger, reader), documentId), null);
    await refuseAll({ ledger, actor: writer }, unwatchCopy, {
      'policies/document-not-found': [['no such document', { documentId: nobody }]],
      'policies/copy-not-watched': [['a second time', { documentId }]],
    });
  });

  test('the same words on the page are the same, others are a finding with what differs, and each change is recorded once', async (t) => {
    let answer = page;
    const { ledger, look } = await watched(t, (_, to) => to.writeHead(200, { 'content-type': 'text/html' }).end(answer));
    assert.equal((await look()).state, 'same');
    assert.equal((await look()).state, 'same');
    answer = page.replace('three', 'nine').replace('<p>Write', '<p>We sell data.</p><p>Write');
    const differs = await look();
    assert.equal(differs.finding, 'differs');
    assert.deepEqual(
      differs.comparison?.shown.map(({ kind, theirs }) => [kind, theirs]),
      [
        ['reworded', 'We keep orders for nine years.'],
        ['added', 'We sell data.'],
      ],
    );
    assert.deepEqual(await listCopyFindings(observe(ledger, reader)), [
      { slug: 'privacy', title: 'Privacy', finding: 'differs', since: differs.since },
    ]);
    answer = page;
    assert.equal((await look()).state, 'same');
    assert.deepEqual(await listCopyFindings(observe(ledger, reader)), []);
    assert.deepEqual(await events(ledger), ['public-copy.watched', ...Array.from({ length: 3 }, () => 'public-copy.changed')]);
  });

  test('a page in another encoding and a Markdown file are read; redirects are followed three times', async (t) => {
    const latin = Buffer.from(
      html('<h1>Privacy</h1><p>We keep “orders” for three years – all.</p>').replace(/[“”]/g, '\u0093'),
      'latin1',
    );
    const { ledger, documentId, look } = await watched(
      t,
      (request, to) => {
        const { url = '' } = request;
        const hops = Number(/^\/hop(\d)/.exec(url)?.[1] ?? 0);
        if (hops > 0) to.writeHead(302, { location: hops === 1 ? '/plain' : `/hop${hops - 1}` }).end();
        else to.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
      },
      '/hop3',
    );
    assert.equal((await look()).state, 'same');
    const other = await serve(t, (_, to) => to.writeHead(200, { 'content-type': 'text/html; charset=windows-1252' }).end(latin));
    await publish(ledger, documentId, '# Privacy\n\nWe keep "orders" for three years - all.\n');
    await act(ledger, system, (ctx) => watchCopy(ctx, { documentId, url: other }));
    const read = await look();
    // The dash has no place in Latin-1 and was sent as another character.
    assert.deepEqual(
      [read.state, read.comparison?.shown.map(({ theirs }) => /^We keep ["\u0093\u0094“”]orders/.test(theirs))],
      ['differs', [true]],
    );
  });

  test('what cannot be read is unreachable with its reason, never the same, and a finding only after a day', async (t) => {
    let fault = 'none';
    const { ledger, look, copy } = await watched(t, (_, to) => {
      const head = { 'content-type': 'text/html' };
      if (fault === 'none') to.writeHead(200, head).end(page);
      else if (fault === 'slow') to.writeHead(200, head).write('<!doctype html>');
      else if (fault === 'huge') to.writeHead(200, head).end(page + ' '.repeat(5_000_000));
      else if (fault === 'loop') to.writeHead(302, { location: '/privacy' }).end();
      else if (fault === 'gone') to.writeHead(404, head).end(page);
      else if (fault === 'encoding') to.writeHead(200, head).end(Buffer.from(page.replace('Write', 'Schr\u00e4ib'), 'latin1'));
      else if (fault === 'charset') to.writeHead(200, { 'content-type': 'text/html; charset=klingon' }).end(page);
      else if (fault === 'pdf') to.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF-1.7 xxxx');
      else if (fault === 'script') to.writeHead(200, head).end('<!doctype html><div id="app"></div><script>draw()</script>');
      else if (fault === 'broken') to.writeHead(200, { ...head, 'content-length': '99' }).write('x', () => to.destroy());
    });
    assert.equal((await look()).state, 'same');
    const reasons = {
      slow: 'fetch/too-slow',
      huge: 'fetch/too-large',
      loop: 'fetch/too-many-redirects',
      gone: 'policies/answer-not-ok',
      encoding: 'policies/text-not-utf8',
      charset: 'policies/encoding-unknown',
      pdf: 'policies/text-binary',
      script: 'policies/page-without-text',
      broken: 'fetch/not-reached',
    };
    for (const [name, reason] of Object.entries(reasons)) {
      fault = name;
      const found = await look(name === 'slow' ? 100 : undefined);
      assert.deepEqual([found.state, found.reason?.refusal, found.finding], ['unreachable', reason, null], name);
    }
    ledger.clock.advance({ hours: 24 });
    assert.equal((await copy()).finding, null);
    ledger.clock.advance({ minutes: 1 });
    assert.equal((await copy()).finding, 'unreachable', 'since the first failure and not since the last');
    fault = 'none';
    assert.deepEqual([(await look()).state, (await copy()).finding], ['same', null]);
  });

  test('a copy that differs and then cannot be reached is still a finding', async (t) => {
    let status = 200;
    const { look } = await watched(t, (_, to) =>
      to.writeHead(status, { 'content-type': 'text/html' }).end(html('<p>Other.</p>')),
    );
    assert.equal((await look()).finding, 'differs');
    status = 503;
    const away = await look();
    assert.deepEqual([away.state, away.finding], ['unreachable', 'differs']);
    assert(away.comparison);
  });

  test('a version that takes effect is looked for at once, and the website has time until the next look', async (t) => {
    const { ledger, documentId, look } = await watched(t, (_, to) =>
      to.writeHead(200, { 'content-type': 'text/html' }).end(page),
    );
    assert.equal((await look()).state, 'same');
    const due = async () => {
      const before = await ledger.db.selectFrom('policies.publicCopy').select('askedAt').executeTakeFirstOrThrow();
      await lookElsewhere(ledger.db, ledger.clock.now());
      const after = await ledger.db.selectFrom('policies.publicCopy').select('askedAt').executeTakeFirstOrThrow();
      return !before.askedAt.equals(after.askedAt);
    };
    ledger.clock.advance({ minutes: 10 });
    assert.equal(await due(), false);
    await publish(ledger, documentId, `${text}\nOne more promise.\n`, '2026-11-02T09:30');
    ledger.clock.advance({ minutes: 19 });
    assert.equal(await due(), false, 'not in force yet');
    assert.equal((await look()).state, 'same');
    ledger.clock.advance({ minutes: 2 });
    assert.equal(await due(), true);
    assert.equal(await due(), false, 'once');
    const first = await look();
    assert.deepEqual([first.state, first.finding, first.version], ['unchecked', null, 2]);
    assert.equal((await look()).finding, 'differs');
    ledger.clock.advance({ minutes: 60 });
    assert.equal(await due(), true, 'every hour');
  });

  test('without a version in force nothing is asked, and a look that comes late for an old address says nothing', async (t) => {
    const ledger = await testVerbs(t);
    const documentId = await document(ledger, '2027-01-01');
    let asked = 0;
    const fetch: ReturnType<typeof outboundFetch> = async () => {
      asked += 1;
      await act(ledger, system, (ctx) => watchCopy(ctx, { documentId, url: 'https://new.example/' }));
      return { ok: false, refusal: 'fetch/not-reached', facts: {} };
    };
    const set = await act(ledger, system, (ctx) => watchCopy(ctx, { documentId, url: 'https://old.example/' }));
    assert(set.ok);
    await lookAtCopy({ ledger, actor: system, fetch }, { copy: set.value.copyId });
    assert.equal(asked, 0);
    assert.equal((await readCopy(observe(ledger, reader), documentId))?.state, 'unchecked');
    ledger.clock.set('2027-01-02T00:00:00.000Z');
    await lookAtCopy({ ledger, actor: system, fetch }, { copy: set.value.copyId });
    const copy = await readCopy(observe(ledger, reader), documentId);
    assert.deepEqual([asked, copy?.url, copy?.state], [1, 'https://new.example/', 'unchecked']);
    await lookAtCopy({ ledger, actor: system, fetch }, { copy: nobody });
  });
});
