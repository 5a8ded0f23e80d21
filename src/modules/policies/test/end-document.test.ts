import assert from 'node:assert/strict';
import { test } from 'node:test';
import { act, observe } from '../../../ledger/index.ts';
import { system, type TestLedger, visitor } from '../../../../tests/support/ledger.ts';
import { accept, needs, publicLeaves, refuseAll, staff, tablesWith, testVerbs } from '../../../../tests/support/verbs.ts';
import {
  chooseNoticeRules,
  endDocument,
  everyone,
  hideDocument,
  inForce,
  loadPolicies,
  loadPolicy,
  openDocument,
  publishVersion,
  readPolicy,
} from '../index.ts';

const publisher = staff('policies:publish');
const nobody = '00000000-0000-4000-8000-000000000000';
const reason = 'Ada Lovelace closes the card programme.';

async function open(ledger: TestLedger): Promise<string> {
  const opened = await act(ledger, system, (ctx) => openDocument(ctx, { slug: 'card', title: 'Card', language: 'en' }));
  assert(opened.ok);
  return opened.value.documentId;
}

const publish = (ledger: TestLedger, documentId: string, text: string, effectiveLocal = '') =>
  act(ledger, publisher, (ctx) =>
    publishVersion(ctx, { documentId, text: Buffer.from(text), summary: 'Short.', effectiveLocal, zone: 'Europe/Berlin' }),
  );

test('a document ends in public with a reason; until then it counts, afterwards nothing of it does', async (t) => {
  const ledger = await testVerbs(t);
  const documentId = await open(ledger);
  const sent = { documentId, endsLocal: '2026-12-31', zone: 'Europe/Berlin', reason: ` ${reason} ` };
  const refusals = {
    'policies/document-not-found': [['no such document', { ...sent, documentId: nobody }]],
    'policies/reason-missing': [['nine letters', { ...sent, reason: ' 123456789 ' }]],
    'policies/effective-not-valid': [['no day', { ...sent, endsLocal: 'soon' }]],
    'policies/effective-in-past': [['yesterday', { ...sent, endsLocal: '2026-11-01' }, { earliest: '2026-11-02T10:00' }]],
  } as const;
  const unreached = {
    'policies/nothing-to-end': [],
    'policies/already-ending': [],
    'policies/version-coming': [],
    'policies/notice-too-short': [],
    'policies/legal-basis-too-short': [],
    'policies/legal-basis-too-long': [],
    'policies/effective-not-valid': [],
    'policies/effective-in-past': [],
  } as const;
  await refuseAll({ ledger, actor: publisher }, endDocument, {
    ...unreached,
    'policies/document-not-found': refusals['policies/document-not-found'],
    'policies/reason-missing': refusals['policies/reason-missing'],
    'policies/nothing-to-end': [['nothing was ever published', sent]],
  });
  assert((await publish(ledger, documentId, 'first')).ok);
  assert((await publish(ledger, documentId, 'second', '2027-01-15')).ok);
  await needs(ledger, 'policies:publish', endDocument, sent);
  await refuseAll({ ledger, actor: publisher }, endDocument, {
    ...unreached,
    ...refusals,
    'policies/version-coming': [
      ['a version would begin after the end', sent, { version: 2 }],
      ['and at its very instant', { ...sent, endsLocal: '2027-01-15' }, { version: 2 }],
    ],
  });
  const last = { ...sent, endsLocal: '2027-01-31' };
  await accept({ ledger, actor: publisher, recorded: ['public policy.document-ended'] }, endDocument, last);
  await refuseAll({ ledger, actor: publisher }, endDocument, {
    ...unreached,
    ...refusals,
    'policies/effective-not-valid': [],
    'policies/effective-in-past': [],
    'policies/already-ending': [['a second time', last]],
  });
  const record = await readPolicy(observe(ledger, visitor), 'card');
  assert(record);
  const force = (at: string) => inForce(record, everyone, Temporal.Instant.from(at))?.version.number ?? null;
  assert.deepEqual([force('2027-01-30T22:59:59.999Z'), force('2027-01-30T23:00:00Z')], [2, null]);
  assert.equal(record.endings[0]?.reason, reason);
  assert(!(await publicLeaves(ledger.db)).includes('Lovelace'));
  assert.deepEqual(await tablesWith(ledger.db, 'Ada Lovelace'), ['ledger.body']);
});

test('an end keeps the rules of notice as a change for the worse does, or says on which legal basis it does not', async (t) => {
  const ledger = await testVerbs(t);
  const documentId = await open(ledger);
  assert((await publish(ledger, documentId, 'first')).ok);
  const choice = { documentId, audience: 'customers', rules: ['eu-psd2-54-1@1'] };
  assert((await act(ledger, publisher, (ctx) => chooseNoticeRules(ctx, choice))).ok);
  const sent = { documentId, endsLocal: '2027-01-02', zone: 'Europe/Berlin', reason };
  const answer = await act(ledger, publisher, (ctx) => endDocument(ctx, sent));
  const facts = { rule: 'eu-psd2-54-1@1', earliest: '2027-01-03' };
  assert.deepEqual(answer, { ok: false, refusal: 'policies/notice-too-short', facts });
  const recorded = ['public policy.document-ended', 'public policy.notice-shortened'];
  const emergency = { ...sent, legalBasis: 'A court ordered it to be closed at once.' };
  await accept({ ledger, actor: publisher, recorded }, endDocument, emergency);
  assert.equal((await readPolicy(observe(ledger, visitor), 'card'))?.endings[0]?.legalBasis, emergency.legalBasis);
});

test('pages say before and after what ends, turn over at its instant by themselves, and a new version begins anew', async (t) => {
  const ledger = await testVerbs(t);
  const documentId = await open(ledger);
  assert((await publish(ledger, documentId, 'first')).ok);
  const sent = { documentId, endsLocal: '2026-12-31', zone: 'Europe/Berlin', reason };
  assert((await act(ledger, publisher, (ctx) => endDocument(ctx, sent))).ok);
  const page = async () => {
    const ctx = observe(ledger, visitor);
    const one = await loadPolicy(ctx, 'card', { organisation: 'Bank', questions: [], locale: 'en' });
    const list = await loadPolicies(ctx);
    const { current, ending } = one?.view ?? {};
    const item = list.view[0];
    assert.deepEqual(one?.validUntil, list.validUntil);
    return [current?.number, current?.standing, ending?.reason, item?.current.standing, one?.validUntil?.toString() ?? null];
  };
  assert.deepEqual(await page(), [1, 'in-force', reason, 'in-force', '2026-12-30T23:00:00Z']);
  ledger.clock.set('2026-12-30T23:00:00.000Z');
  assert.deepEqual(await page(), [1, 'ended', reason, 'ended', null]);
  assert((await publish(ledger, documentId, 'second')).ok);
  assert.deepEqual(await page(), [2, 'in-force', undefined, 'in-force', null]);
  // Out of public view there is nobody for whom it could end.
  assert((await act(ledger, publisher, (ctx) => hideDocument(ctx, { documentId }))).ok);
  const hidden = await act(ledger, publisher, (ctx) => endDocument(ctx, { ...sent, endsLocal: '' }));
  assert.equal(!hidden.ok && hidden.refusal, 'policies/nothing-to-end');
});
