import assert from 'node:assert/strict';
import { test } from 'node:test';
import { act, observe, readBody, withholdBody } from '../../../ledger/index.ts';
import { system, type TestLedger, visitor } from '../../../../tests/support/ledger.ts';
import { accept, needs, refuseAll, staff, tablesWith, testVerbs } from '../../../../tests/support/verbs.ts';
import {
  attachSignedCopy,
  judgePublication,
  openDocument,
  publicationDeed,
  publishVersion,
  readPolicy,
  readSignedBytes,
  readSignedCopy,
  removeSignedCopy,
  saveDraft,
  versionViews,
} from '../index.ts';

const writer = staff('policies:write', 'policies:read');
const publisher = staff('policies:publish');
const nobody = '00000000-0000-4000-8000-000000000000';
const pdf = Buffer.from('%PDF-1.7\n\0\xff signed by Grace Hopper\n%%EOF\r\n', 'latin1');

async function draftedDocument(ledger: TestLedger): Promise<string> {
  const opened = await act(ledger, system, (ctx) => openDocument(ctx, { slug: 'privacy', title: 'Privacy', language: 'en' }));
  assert(opened.ok);
  const { documentId } = opened.value;
  const draft = { documentId, text: 'first', summary: '', effectiveLocal: '', revision: 0 };
  assert((await act(ledger, writer, (ctx) => saveDraft(ctx, draft))).ok);
  return documentId;
}

const publication = (documentId: string, text = 'first') => ({
  documentId,
  text: Buffer.from(text),
  summary: 'A first text.',
  effectiveLocal: '',
  zone: 'UTC',
});

test('a signed copy lies beside the draft, to the byte, and makes another draft of it', async (t) => {
  const ledger = await testVerbs(t);
  const documentId = await draftedDocument(ledger);
  const saving = { ledger, actor: writer, recorded: [] };
  assert.deepEqual(await accept(saving, attachSignedCopy, { documentId, bytes: pdf }), { revision: 2 });
  assert.deepEqual(await readSignedBytes(observe(ledger, writer), documentId), pdf);
  const largest = Buffer.concat([pdf, Buffer.alloc(10_000_000 - pdf.length)]);
  const opened = await act(ledger, system, (ctx) => openDocument(ctx, { slug: 'other', title: 'Other', language: 'en' }));
  assert(opened.ok);
  await refuseAll({ ledger, actor: writer }, attachSignedCopy, {
    'policies/document-not-found': [['no such document', { documentId: nobody, bytes: pdf }]],
    'policies/draft-missing': [['nothing was saved', { documentId: opened.value.documentId, bytes: pdf }]],
    'policies/signed-copy-not-pdf': [
      ['a text', { documentId, bytes: Buffer.from('%%EOF') }],
      ['broken off', { documentId, bytes: pdf.subarray(0, 20) }],
      ['nothing', { documentId, bytes: Buffer.alloc(0) }],
      ['something before it', { documentId, bytes: Buffer.concat([Buffer.from('<html>'), pdf]) }],
    ],
    'policies/signed-copy-too-large': [
      [
        'one byte more',
        { documentId, bytes: Buffer.concat([largest, Buffer.alloc(1)]) },
        { bytes: 10_000_001, limit: 10_000_000 },
      ],
    ],
  });
  assert.deepEqual(await accept(saving, attachSignedCopy, { documentId, bytes: largest }), { revision: 3 });
  assert.equal((await readSignedCopy(observe(ledger, writer), documentId))?.bytes, 10_000_000);
  assert.deepEqual(await accept(saving, removeSignedCopy, { documentId }), { revision: 4 });
  assert.equal(await readSignedBytes(observe(ledger, writer), documentId), null);
  await refuseAll({ ledger, actor: writer }, removeSignedCopy, {
    'policies/document-not-found': [['no such document', { documentId: nobody }]],
    'policies/signed-copy-missing': [['a second time', { documentId }]],
  });
});

test('who agrees to a publication agrees to its signed copy', async (t) => {
  const ledger = await testVerbs(t);
  const documentId = await draftedDocument(ledger);
  const digest = async () => {
    const ctx = observe(ledger, publisher);
    const judged = await judgePublication(ctx, publication(documentId));
    assert(judged.ok);
    return (await publicationDeed(ctx, publication(documentId), judged.value, null)).digest.toString('hex');
  };
  const attach = (bytes: Uint8Array) => act(ledger, writer, (ctx) => attachSignedCopy(ctx, { documentId, bytes }));
  // The revision stays the same here, so that nothing but the copy can tell the digests apart.
  const still = () => ledger.db.updateTable('policies.draft').set({ revision: 1 }).execute();
  const without = await digest();
  await attach(pdf);
  await still();
  const one = await digest();
  await attach(Buffer.concat([pdf, Buffer.from(' ')]));
  await still();
  assert.equal(new Set([without, one, await digest()]).size, 3);
});

test('a version is published with its signed copy as a statement of its own, and the next has none', async (t) => {
  const ledger = await testVerbs(t);
  const documentId = await draftedDocument(ledger);
  assert((await act(ledger, writer, (ctx) => attachSignedCopy(ctx, { documentId, bytes: pdf }))).ok);
  const recorded = ['version', 'summary', 'signed-copy'].map((what) => `public policy.${what}-published`);
  const first = { ledger, actor: publisher, recorded: ['public visibility.changed', ...recorded] };
  await accept(first, publishVersion, publication(documentId));
  assert.deepEqual(await tablesWith(ledger.db, 'Grace Hopper'), ['ledger.body']);
  await accept({ ...first, recorded: recorded.slice(0, 2) }, publishVersion, publication(documentId, 'second'));
  const views = async () => {
    const ctx = observe(ledger, visitor);
    const record = await readPolicy(ctx, 'privacy');
    assert(record);
    return versionViews(ctx, record);
  };
  const [second, before] = await views();
  assert.equal(second?.signedCopy, null);
  assert.equal(before?.signedCopy?.bytes, pdf.length);
  const hash = Buffer.from(before.signedCopy.hash, 'hex');
  const body = await readBody(ledger.db, hash);
  assert(body?.state === 'open');
  assert.deepEqual([body.bytes, body.mediaType], [pdf, 'application/pdf']);
  await act(ledger, system, (ctx) => withholdBody(ctx, { hash, reason: 'court-order' }));
  assert.deepEqual((await views())[1]?.signedCopy, { ...before.signedCopy, bytes: null });
});

test('without permission no signed copy is attached, removed or read', async (t) => {
  const ledger = await testVerbs(t);
  const documentId = await draftedDocument(ledger);
  await needs(ledger, 'policies:write', attachSignedCopy, { documentId, bytes: pdf });
  assert((await act(ledger, writer, (ctx) => attachSignedCopy(ctx, { documentId, bytes: pdf }))).ok);
  await needs(ledger, 'policies:write', removeSignedCopy, { documentId });
  await assert.rejects(readSignedBytes(observe(ledger, visitor), documentId), /policies:read/);
});
