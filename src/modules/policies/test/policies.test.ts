import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { act, observe } from '../../../ledger/index.ts';
import { system, type TestLedger, visitor } from '../../../../tests/support/ledger.ts';
import {
  accept,
  everyRow,
  needs,
  publicLeaves,
  refuseAll,
  staff,
  tablesWith,
  testVerbs,
} from '../../../../tests/support/verbs.ts';
import {
  everyone,
  hideDocument,
  importVersion,
  inForce,
  judgePublication,
  listPolicies,
  openDocument,
  publishVersion,
  readDraft,
  readPolicy,
  readVersionText,
  saveDraft,
  withdrawVersion,
} from '../index.ts';
import type { Publication } from '../judge-publication.ts';

const writer = staff('policies:write', 'policies:read');
const publisher = staff('policies:publish');
const nobody = '00000000-0000-4000-8000-000000000000';
const privacy = { slug: 'privacy', title: ' Privacy notice ', language: 'en' };
const firstTime = ['public visibility.changed', 'public policy.version-published', 'public policy.summary-published'];
const laterTime = ['public policy.version-published', 'public policy.summary-published'];

async function newDocument(ledger: TestLedger, slug = 'privacy'): Promise<string> {
  const opened = await act(ledger, system, (ctx) => openDocument(ctx, { ...privacy, slug }));
  assert(opened.ok);
  return opened.value.documentId;
}

const publication = (documentId: string, text: string, change: Partial<Publication> = {}): Publication => ({
  documentId,
  text: Buffer.from(text),
  summary: 'Written by Ada Lovelace in plain words.',
  effectiveLocal: '',
  zone: 'Europe/Berlin',
  ...change,
});

const publish = (ledger: TestLedger, sent: Publication) => act(ledger, publisher, (ctx) => publishVersion(ctx, sent));

suite('policies', { concurrency: 2 }, () => {
  test('a document opens in rehearsal: staff see it, visitors and the public record do not', async (t) => {
    const ledger = await testVerbs(t);
    const opening = { ledger, actor: writer, recorded: ['private policy.document-opened'] };
    await accept(opening, openDocument, privacy);
    assert.equal((await readPolicy(observe(ledger, writer), 'privacy'))?.document.title, 'Privacy notice');
    for (const slug of ['privacy', 'other', '', 'a\0b', '\u{1F600}'])
      assert.equal(await readPolicy(observe(ledger, visitor), slug), null);
    assert.deepEqual(await listPolicies(observe(ledger, visitor)), []);
    assert.equal(await publicLeaves(ledger.db), '');
    await refuseAll({ ledger, actor: writer }, openDocument, {
      'policies/title-missing': [
        ['only spaces', { ...privacy, slug: 'other', title: '  ' }],
        ['too long', { ...privacy, slug: 'other', title: 'x'.repeat(201) }],
      ],
      'policies/slug-not-valid': ['', 'Privacy', 'a--b', '-a', 'a-', 'a b', '\u00fcber', 'a/b', 'x'.repeat(81)].map(
        (slug) => [`${slug} is no slug`, { ...privacy, slug }, { slug: slug.slice(0, 80) }] as const,
      ),
      'policies/slug-taken': [['the same slug again', privacy, { slug: 'privacy' }]],
      'policies/department-not-found': [['no such department', { ...privacy, departmentId: nobody }]],
    });
    const race = await Promise.all(
      [1, 2, 3].map(() => act(ledger, writer, (ctx) => openDocument(ctx, { ...privacy, slug: 'race' }))),
    );
    assert.deepEqual(race.map((answer) => (answer.ok ? 'opened' : answer.refusal)).toSorted(), [
      'opened',
      'policies/slug-taken',
      'policies/slug-taken',
    ]);
  });

  test('two editors never overwrite each other, and a draft records nothing', async (t) => {
    const ledger = await testVerbs(t);
    const documentId = await newDocument(ledger);
    const draft = { documentId, text: 'one\r\ntwo', summary: ' short ', effectiveLocal: ' 2027 ', revision: 0 };
    const saving = { ledger, actor: writer, recorded: [] };
    assert.deepEqual(await accept(saving, saveDraft, draft), { revision: 1 });
    assert.deepEqual(await accept(saving, saveDraft, { ...draft, revision: 1 }), { revision: 2 });
    await refuseAll({ ledger, actor: writer }, saveDraft, {
      'policies/document-not-found': [['no such document', { ...draft, documentId: nobody }]],
      'policies/draft-changed-meanwhile': [
        ['begun from an older one', { ...draft, text: 'mine', revision: 1 }, { revision: 2 }],
        ['begun from none', { ...draft, text: 'mine' }, { revision: 2 }],
        ['begun from one that never was', { ...draft, revision: 3 }, { revision: 2 }],
      ],
      'policies/text-too-large': [
        ['over the limit', { ...draft, text: 'x'.repeat(5_000_001) }, { bytes: 5_000_001, limit: 5_000_000 }],
      ],
    });
    const both = await Promise.all(
      ['mine', 'yours'].map((text) => act(ledger, writer, (ctx) => saveDraft(ctx, { ...draft, text, revision: 2 }))),
    );
    assert.equal(both.filter(({ ok }) => ok).length, 1);
    const kept = await readDraft(observe(ledger, writer), documentId);
    assert.equal(kept?.revision, 3);
    assert.equal(kept.text, both[0]?.ok ? 'mine' : 'yours');
    assert.deepEqual([kept.summary, kept.effectiveLocal], ['short', '2027']);
  });

  test('publishing makes the exact bytes public at their time, with a summary, and clears the draft', async (t) => {
    const ledger = await testVerbs(t);
    const documentId = await newDocument(ledger);
    const draft = { documentId, text: 'x', summary: '', effectiveLocal: '', revision: 0 };
    await act(ledger, writer, (ctx) => saveDraft(ctx, draft));
    const text = '# Privacy\r\n\r\nWrite to Charles Babbage.\r\n';
    const first = publication(documentId, text);
    assert.deepEqual(await accept({ ledger, actor: publisher, recorded: firstTime }, publishVersion, first), { number: 1 });
    const later = publication(documentId, '# Two', { effectiveLocal: '2026-12-01' });
    assert.deepEqual(await accept({ ledger, actor: publisher, recorded: laterTime }, publishVersion, later), { number: 2 });
    assert.equal((await readVersionText(observe(ledger, visitor), documentId, 1))?.toString(), text);
    for (const number of [0, 3, 1.5, Number.NaN, -1, 1e12]) {
      assert.equal(await readVersionText(observe(ledger, visitor), documentId, number), null, `version ${number}`);
    }
    assert.equal(await readDraft(observe(ledger, writer), documentId), null);
    const seen = await readPolicy(observe(ledger, visitor), 'privacy');
    const force = (instant: string) =>
      inForce(seen ?? { versions: [], endings: [] }, everyone, Temporal.Instant.from(instant))?.version.number;
    assert.deepEqual([force('2026-11-30T22:59:59.999Z'), force('2026-11-30T23:00:00Z')], [1, 2]);
    const leaves = await publicLeaves(ledger.db);
    assert.match(leaves, /"effectiveLocal":"2026-12-01T00:00"/);
    for (const entered of ['Babbage', 'Lovelace', 'Privacy notice']) assert(!leaves.includes(entered), entered);
  });

  test('each refusal of publishing leaves document, draft and record as they were', async (t) => {
    const ledger = await testVerbs(t);
    const documentId = await newDocument(ledger);
    assert((await publish(ledger, publication(documentId, 'first'))).ok);
    const sent = (change: Partial<Publication>) => publication(documentId, 'second', change);
    const bytes = (...all: number[]) => sent({ text: Uint8Array.from(all) });
    const table = {
      'policies/text-empty': [
        ['no bytes', bytes()],
        ['only front matter', sent({ text: Buffer.from('---\ntitle: x\n---\n') })],
      ],
      'policies/text-too-large': [
        ['over five million', sent({ text: Buffer.alloc(5_000_001, 'x') }), { bytes: 5_000_001, limit: 5_000_000 }],
      ],
      'policies/text-binary': [['a NUL byte', bytes(97, 0), { offset: 1 }]],
      'policies/text-not-utf8': [['a lone continuation', bytes(97, 0x80), { offset: 1 }]],
      'policies/text-other-encoding': [['a mark of UTF-16', bytes(0xff, 0xfe, 97, 0), { encoding: 'UTF-16' }]],
      'policies/blank-left': [
        ['a blank of the template', sent({ text: Buffer.from('a\n[[name]]') }), { blank: 'name', line: 2, left: 1 }],
      ],
      'policies/summary-missing': [['only spaces', sent({ summary: ' \n' })]],
      'policies/summary-too-long': [['over two thousand', sent({ summary: 'x'.repeat(2001) }), { limit: 2000 }]],
      'policies/text-unchanged': [['the text in force again', sent({ text: Buffer.from('first') }), { version: 1 }]],
      'policies/effective-not-valid': [['no such day', sent({ effectiveLocal: '2027-02-30' })]],
      // On data of their own in publish-notice.test.ts.
      'policies/audience-unknown': [],
      'policies/jurisdiction-unknown': [],
      'policies/notice-too-short': [],
      'policies/legal-basis-too-short': [],
      'policies/legal-basis-too-long': [],
      'policies/effective-in-past': [['yesterday', sent({ effectiveLocal: '2026-11-01' }), { earliest: '2026-11-02T10:00' }]],
    } as const;
    await refuseAll({ ledger, actor: publisher }, judgePublication, table);
    await refuseAll({ ledger, actor: publisher }, publishVersion, {
      ...table,
      // On data of its own in second-person.test.ts.
      'accounts/second-person-needed': [],
      // On data of its own in review.test.ts.
      'policies/approvals-missing': [],
      'policies/document-not-found': [['no such document', sent({ documentId: nobody })]],
    });
    const before = await everyRow(ledger.db);
    const judged = await judgePublication(observe(ledger, publisher), sent({}));
    assert.equal(judged.ok && judged.value.number, 2);
    assert.deepEqual(await everyRow(ledger.db), before, 'judging writes nothing');
    const race = await Promise.all([1, 2].map(() => publish(ledger, sent({}))));
    assert.deepEqual(race.map((answer) => (answer.ok ? String(answer.value.number) : answer.refusal)).toSorted(), [
      '2',
      'policies/text-unchanged',
    ]);
  });

  test('a scheduled version is taken back with a public reason; one in force stays', async (t) => {
    const ledger = await testVerbs(t);
    const documentId = await newDocument(ledger);
    await publish(ledger, publication(documentId, 'first'));
    await publish(ledger, publication(documentId, 'second', { effectiveLocal: '2026-12-01' }));
    const sent = { documentId, number: 2, reason: ' Grace Hopper found a mistake. ' };
    await needs(ledger, 'policies:publish', withdrawVersion, sent);
    const notFound = [0, 9, 1.5, Number.NaN, 1e12].map((number) => [`version ${number}`, { ...sent, number }] as const);
    const refused = {
      'policies/reason-missing': [['nine letters', { ...sent, reason: '  123456789  ' }]],
      'policies/version-not-found': [...notFound, ['no such document', { ...sent, documentId: nobody }]],
      'policies/already-in-force': [['people rely on it', { ...sent, number: 1 }]],
    } as const;
    await refuseAll({ ledger, actor: publisher }, withdrawVersion, { ...refused, 'policies/already-withdrawn': [] });
    await accept({ ledger, actor: publisher, recorded: ['public policy.version-withdrawn'] }, withdrawVersion, sent);
    await refuseAll({ ledger, actor: publisher }, withdrawVersion, {
      ...refused,
      'policies/already-withdrawn': [['a second time', sent]],
    });
    assert(!(await publicLeaves(ledger.db)).includes('Hopper'));
    assert.deepEqual(await tablesWith(ledger.db, 'Grace Hopper'), ['ledger.body']);
    const again = publication(documentId, 'second', { effectiveLocal: '2026-12-01' });
    assert.deepEqual(await accept({ ledger, actor: publisher, recorded: laterTime }, publishVersion, again), { number: 3 });
    ledger.clock.set('2026-11-30T23:00:00.000Z');
    await refuseAll({ ledger, actor: publisher }, withdrawVersion, {
      ...refused,
      'policies/already-withdrawn': [],
      'policies/already-in-force': [['from its very instant', { ...sent, number: 3 }]],
    });
  });

  test('a document leaves the public by a public statement, and comes back by its next version', async (t) => {
    const ledger = await testVerbs(t);
    const documentId = await newDocument(ledger);
    await refuseAll({ ledger, actor: publisher }, hideDocument, {
      'policies/document-not-found': [['no such document', { documentId: nobody }]],
      'ledger/visibility-unchanged': [['it was never public', { documentId }, { visibility: 'rehearsal' }]],
    });
    await publish(ledger, publication(documentId, 'first'));
    await accept({ ledger, actor: publisher, recorded: ['public visibility.changed'] }, hideDocument, { documentId });
    assert.equal(await readPolicy(observe(ledger, visitor), 'privacy'), null);
    await accept({ ledger, actor: publisher, recorded: firstTime }, publishVersion, publication(documentId, 'second'));
    assert.equal((await readPolicy(observe(ledger, visitor), 'privacy'))?.versions.length, 2);
  });

  test('without permission nothing is written, published, withdrawn, hidden or imported', async (t) => {
    const ledger = await testVerbs(t);
    const documentId = await newDocument(ledger);
    await publish(ledger, publication(documentId, 'first'));
    await needs(ledger, 'policies:write', openDocument, { ...privacy, slug: 'other' });
    const draft = { documentId, text: 'x', summary: '', effectiveLocal: '', revision: 0 };
    await needs(ledger, 'policies:write', saveDraft, draft);
    await needs(ledger, 'policies:publish', publishVersion, publication(documentId, 'second'));
    await needs(ledger, 'policies:publish', hideDocument, { documentId });
    const committedAt = ledger.now();
    const sent = { slug: 'old', path: 'old.md', commit: 'a'.repeat(40), committedAt, bytes: Buffer.from('x'), language: 'en' };
    await needs(ledger, 'policies:import', importVersion, sent);
    await assert.rejects(readDraft(observe(ledger, visitor), documentId), /policies:read/);
  });
});
