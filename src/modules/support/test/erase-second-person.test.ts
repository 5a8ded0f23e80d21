import assert from 'node:assert/strict';
import { test } from 'node:test';
import { act, observe } from '../../../ledger/index.ts';
import { system, visitor } from '../../../../tests/support/ledger.ts';
import { accept, needs, refuseAll, testVerbs } from '../../../../tests/support/verbs.ts';
import { agree, newMember, switchOn } from '../../accounts/test/approval-people.ts';
import { establishOrganisation } from '../../organisation/index.ts';
import { openDocument, publishVersion } from '../../policies/index.ts';
import { askQuestion, askToErase, eraseQuestion, eraseStanding, readByReceipt } from '../index.ts';

const email = 'mary.jane@example.org';

async function office(t: Parameters<typeof testVerbs>[0]) {
  const ledger = await testVerbs(t, { logs: false });
  const made = await act(ledger, system, async (ctx) => {
    const established = await establishOrganisation(ctx, {
      name: 'Example Savings Bank',
      publicUrl: 'https://trust.example.org',
      languages: ['en'],
      timeZone: 'Europe/Berlin',
      sector: 'finance',
      ownerEmail: 'first@example.org',
      ownerPassphrase: 'a long enough passphrase',
      demo: false,
      token: null,
    });
    assert(established.ok);
    return openDocument(ctx, { slug: 'privacy', title: 'Privacy', language: 'en' });
  });
  assert(made.ok);
  const { documentId } = made.value;
  const version = { documentId, text: Buffer.from('# Privacy\n'), summary: 'first', effectiveLocal: '', zone: 'Europe/Berlin' };
  assert((await act(ledger, system, (ctx) => publishVersion(ctx, version))).ok);
  const question = {
    slug: 'privacy',
    version: 1,
    clauseId: null,
    question: 'Who rang me?',
    email,
    mayPublish: false,
    language: 'en',
  };
  const ask = async () => {
    const asked = await act(ledger, visitor, (ctx) => askQuestion(ctx, question));
    assert(asked.ok);
    const { code } = asked.value;
    return { code, id: (await readByReceipt(observe(ledger, visitor), { code, email }))?.id ?? assert.fail() };
  };
  const ada = await newMember(ledger, 'ada@example.org', 'privacy');
  const bo = await newMember(ledger, 'bo@example.org', 'privacy');
  return { ledger, ada, bo, ask };
}

test('staff erase a question after a second person agreed to this one; people erase their own alone', async (t) => {
  const { ledger, ada, bo, ask } = await office(t);
  const { id } = await ask();
  const other = await ask();
  const why = { id, reason: 'She wrote to us.' };
  await needs(ledger, 'support:erase', askToErase, why);
  const early = await act(ledger, ada, (ctx) => askToErase(ctx, why));
  assert.equal(!early.ok && early.refusal, 'accounts/second-person-not-needed');
  await switchOn(ledger, ada, 'support:erase');
  const refused = { 'support/question-not-found': [], 'support/erased': [] } as const;
  const alone = { ...refused, 'accounts/second-person-needed': [['nobody has agreed', { id }]] } as const;
  await refuseAll({ ledger, actor: ada }, eraseQuestion, alone);
  assert.equal((await eraseStanding(observe(ledger, ada), id)).state, 'missing');
  const { approvalId } = await accept({ ledger, actor: ada, recorded: ['private staff.approval-asked'] }, askToErase, why);
  await refuseAll({ ledger, actor: ada }, askToErase, {
    'accounts/approval-asked': [['twice', why]],
    'accounts/approval-reason-missing': [['no reason', { id: other.id, reason: ' ' }]],
    'accounts/second-person-not-needed': [],
    'support/question-not-found': [['none', { ...why, id: '00000000-0000-4000-8000-000000000000' }]],
    'support/erased': [],
  });
  await refuseAll({ ledger, actor: ada }, eraseQuestion, alone);
  await agree(ledger, bo, approvalId);
  assert.equal((await eraseStanding(observe(ledger, ada), id)).state, 'given');
  await refuseAll({ ledger, actor: ada }, eraseQuestion, {
    ...refused,
    'accounts/second-person-needed': [['another question', { id: other.id }]],
  });
  await refuseAll({ ledger, actor: bo }, eraseQuestion, {
    ...refused,
    'accounts/second-person-needed': [['by the one who agreed', { id }]],
  });
  await accept({ ledger, actor: ada, recorded: ['private person.erased'] }, eraseQuestion, { id });
  const own = { receipt: { code: other.code, email } };
  await accept({ ledger, actor: visitor, recorded: ['private person.erased'] }, eraseQuestion, own);
});
