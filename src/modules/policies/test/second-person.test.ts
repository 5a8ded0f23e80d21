import assert from 'node:assert/strict';
import { test } from 'node:test';
import { act, observe } from '../../../ledger/index.ts';
import { system } from '../../../../tests/support/ledger.ts';
import { accept, needs, refuseAll, testVerbs } from '../../../../tests/support/verbs.ts';
import { listApprovals } from '../../accounts/index.ts';
import { agree, newMember, switchOn } from '../../accounts/test/approval-people.ts';
import { askToPublish, openDocument, publishVersion, saveDraft } from '../index.ts';

test('a policy is published after a second person agreed to exactly this draft, and a changed draft is another', async (t) => {
  const ledger = await testVerbs(t);
  const ada = await newMember(ledger, 'ada@example.org', 'owner');
  const bo = await newMember(ledger, 'bo@example.org', 'publisher', ['policies:publish', 'policies:write', 'policies:read']);
  const opened = await act(ledger, system, (ctx) => openDocument(ctx, { slug: 'terms', title: 'Terms', language: 'en' }));
  assert(opened.ok);
  const { documentId } = opened.value;
  const save = async (text: string, revision: number) => {
    const draft = { documentId, text, summary: 'Clearer words.', effectiveLocal: '', revision };
    assert((await act(ledger, ada, (ctx) => saveDraft(ctx, draft))).ok);
  };
  const sent = {
    documentId,
    text: Buffer.from('# Terms\n'),
    summary: 'Clearer words.',
    effectiveLocal: '',
    zone: 'Europe/Berlin',
  };
  const why = { ...sent, reason: 'The board decided it.' };
  await save('# Terms\n', 0);
  await needs(ledger, 'policies:publish', askToPublish, why);
  const notNeeded = await act(ledger, ada, (ctx) => askToPublish(ctx, why));
  assert.equal(!notNeeded.ok && notNeeded.refusal, 'accounts/second-person-not-needed');
  await switchOn(ledger, ada);

  const refused = async (change: Partial<typeof sent>, actor = ada) => {
    const answer = await act(ledger, actor, (ctx) => publishVersion(ctx, { ...sent, ...change }));
    assert.equal(!answer.ok && answer.refusal, 'accounts/second-person-needed');
  };
  await refused({});
  const asked = { ledger, actor: ada, recorded: ['private staff.approval-asked'] };
  const first = await accept(asked, askToPublish, why);
  await refuseAll({ ledger, actor: ada }, askToPublish, {
    'accounts/approval-asked': [['the same again', why]],
    'accounts/second-person-not-needed': [],
    'accounts/approval-reason-missing': [['no reason', { ...why, summary: 'Others.', reason: ' ' }]],
    'policies/document-not-found': [['no document', { ...why, documentId: '00000000-0000-4000-8000-000000000000' }]],
    'policies/summary-missing': [['no summary', { ...why, summary: ' ' }]],
    'policies/text-empty': [['no text', { ...why, text: Buffer.from('') }]],
    'policies/effective-not-valid': [['no day', { ...why, effectiveLocal: 'soon' }]],
    'policies/effective-in-past': [],
    // On data of their own in publish-notice.test.ts.
    'policies/audience-unknown': [],
    'policies/jurisdiction-unknown': [],
    'policies/notice-too-short': [],
    'policies/legal-basis-too-short': [],
    'policies/legal-basis-too-long': [],
    'policies/summary-too-long': [],
    'policies/blank-left': [],
    'policies/text-unchanged': [],
    'policies/text-too-large': [],
    'policies/text-binary': [],
    'policies/text-not-utf8': [],
    'policies/text-other-encoding': [],
  });
  await agree(ledger, bo, first.approvalId);
  await refused({ text: Buffer.from('# Other terms\n') });
  await refused({ summary: 'Worse words.' });
  await refused({ effectiveLocal: '2026-12-01' });
  await refused({}, bo);
  await save('# Terms\n', 1);
  await refused({});
  ledger.clock.advance({ hours: 1 });
  const again = await accept(asked, askToPublish, why);
  await agree(ledger, bo, again.approvalId);
  // "At once" stays what was agreed to although the clock went on.
  ledger.clock.advance({ hours: 1 });
  const both = [1, 2].map(() => act(ledger, ada, (ctx) => publishVersion(ctx, sent)));
  const answers = (await Promise.all(both)).map((answer) => (answer.ok ? 'published' : answer.refusal));
  assert.deepEqual(answers.toSorted(), ['policies/text-unchanged', 'published']);
  assert.deepEqual(
    (await listApprovals(observe(ledger, bo))).map(({ state, title }) => [state, title]),
    [
      ['used', 'Terms (1)'],
      ['approved', 'Terms (1)'],
    ],
  );
});
