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
import { chooseNoticeRules, judgePublication, openDocument, publishVersion, readPolicy } from '../index.ts';
import type { Publication } from '../judge-publication.ts';

const publisher = staff('policies:publish');
const nobody = '00000000-0000-4000-8000-000000000000';
const laterTime = ['public policy.version-published', 'public policy.summary-published'];
const shortened = [...laterTime, 'public policy.notice-shortened'];
const basis = 'Art. 3(4)(b): Grace Hopper found a fraud that nobody foresaw.';

async function published(ledger: TestLedger, text = 'first'): Promise<string> {
  const opened = await act(ledger, system, (ctx) => openDocument(ctx, { slug: 'terms', title: 'Terms', language: 'en' }));
  assert(opened.ok);
  const { documentId } = opened.value;
  assert((await publish(ledger, publication(documentId, text))).ok);
  return documentId;
}

const publication = (documentId: string, text: string, change: Partial<Publication> = {}): Publication => ({
  documentId,
  text: Buffer.from(text),
  summary: 'In plain words.',
  effectiveLocal: '',
  zone: 'Europe/Berlin',
  ...change,
});
const publish = (ledger: TestLedger, sent: Publication) => act(ledger, publisher, (ctx) => publishVersion(ctx, sent));
const choose = async (ledger: TestLedger, documentId: string, audience: string, ...rules: string[]) =>
  assert((await act(ledger, publisher, (ctx) => chooseNoticeRules(ctx, { documentId, audience, rules }))).ok);
const newest = async (ledger: TestLedger) => (await readPolicy(observe(ledger, visitor), 'terms'))?.versions[0];

suite('notice and scope of a publication', { concurrency: 2 }, () => {
  test('rules are chosen in public, and dropped in public', async (t) => {
    const ledger = await testVerbs(t);
    const documentId = await published(ledger);
    const choice = { documentId, audience: 'everyone', rules: ['eu-p2b-3-2@1', 'default@1', 'default@1'] };
    await needs(ledger, 'policies:publish', chooseNoticeRules, choice);
    const recorded = ['public policy.notice-rules-chosen'];
    await accept({ ledger, actor: publisher, recorded }, chooseNoticeRules, choice);
    assert.match(await publicLeaves(ledger.db), /"noticeRules":\["default@1","eu-p2b-3-2@1"\]/);
    await refuseAll({ ledger, actor: publisher }, chooseNoticeRules, {
      'policies/document-not-found': [['no such document', { ...choice, documentId: nobody }]],
      'policies/audience-unknown': [['nobody we know', { ...choice, audience: 'martians' }, { audience: 'martians' }]],
      'policies/notice-rule-unknown': [['of a later release', { ...choice, rules: ['default@9'] }, { name: 'default@9' }]],
      'policies/notice-rules-unchanged': [['the same in another order', { ...choice, rules: ['default@1', 'eu-p2b-3-2@1'] }]],
    });
    await accept({ ledger, actor: publisher, recorded }, chooseNoticeRules, { ...choice, rules: [] });
  });

  test('a version whose notice is too short is refused with rule and earliest day; on that day it is taken', async (t) => {
    const ledger = await testVerbs(t);
    const documentId = await published(ledger);
    await choose(ledger, documentId, 'everyone', 'default@1', 'eu-p2b-3-2@1');
    const sent = (change: Partial<Publication>) => publication(documentId, 'second', change);
    const late = { rule: 'default@1', earliest: '2026-12-03' };
    const table = {
      'policies/notice-too-short': [
        ['at once', sent({ changeClass: 'adverse' }), late],
        ['not judged counts as for the worse', sent({}), late],
        ['a minute too early', sent({ effectiveLocal: '2026-12-02T23:59' }), late],
        ['of substance', sent({ changeClass: 'material' }), { rule: 'eu-p2b-3-2@1', earliest: '2026-11-18' }],
        ['only spaces given as a basis', sent({ legalBasis: '  ' }), late],
      ],
      'policies/legal-basis-too-short': [['nineteen letters', sent({ legalBasis: ' 1234567890123456789 ' }), { least: 20 }]],
      'policies/legal-basis-too-long': [['a book', sent({ legalBasis: 'x'.repeat(2001) }), { limit: 2000 }]],
      'policies/audience-unknown': [['nobody we know', sent({ audience: 'martians' }), { audience: 'martians' }]],
      'policies/jurisdiction-unknown': [['a name and no code', sent({ jurisdiction: 'Germany' }), { jurisdiction: 'Germany' }]],
    } as const;
    for (const [refusal, rows] of Object.entries(table)) {
      for (const [says, input, facts] of rows) {
        for (const verb of [publishVersion, judgePublication]) {
          const before = await everyRow(ledger.db);
          const answer = await act(ledger, publisher, (ctx) => verb(ctx, input));
          assert.deepEqual({ says, ...answer }, { says, ok: false, refusal, facts });
          assert.deepEqual(await everyRow(ledger.db), before, says);
        }
      }
    }
    const long = sent({ effectiveLocal: '2026-12-03', legalBasis: basis });
    await accept({ ledger, actor: publisher, recorded: laterTime }, publishVersion, long);
    const version = await newest(ledger);
    assert.deepEqual(
      [version?.changeClass, version?.noticeRules, version?.legalBasis],
      ['adverse', ['default@1', 'eu-p2b-3-2@1'], null],
    );
    assert.deepEqual(await tablesWith(ledger.db, 'Grace Hopper'), [], 'a basis that is not needed is kept nowhere');
    assert.match(await publicLeaves(ledger.db), /"changeClass":"adverse"/);
  });

  test('an emergency needs a legal basis in words, which is a public statement', async (t) => {
    const ledger = await testVerbs(t);
    const documentId = await published(ledger);
    await choose(ledger, documentId, 'everyone', 'eu-psd2-54-1@1');
    const sent = publication(documentId, 'second', { effectiveLocal: '2026-11-10', legalBasis: `  ${basis} ` });
    await accept({ ledger, actor: publisher, recorded: shortened }, publishVersion, sent);
    assert.equal((await newest(ledger))?.legalBasis, basis);
    const leaves = await publicLeaves(ledger.db);
    assert.match(leaves, /"earliest":"2027-01-03".*"of":"version".*"rule":"eu-psd2-54-1@1"/);
    assert(!leaves.includes('Hopper'));
    assert.deepEqual(await tablesWith(ledger.db, 'Grace Hopper'), ['ledger.body']);
  });

  test('first versions, corrections, changed spaces and documents without rules stay easy', async (t) => {
    const ledger = await testVerbs(t);
    const documentId = await published(ledger, '# Terms\n\nOne  text.\n');
    await accept({ ledger, actor: publisher, recorded: laterTime }, publishVersion, publication(documentId, '# Terms\n\nTwo.'));
    assert.deepEqual([(await newest(ledger))?.changeClass, (await newest(ledger))?.noticeRules], ['adverse', []]);
    await choose(ledger, documentId, 'everyone', 'default@1', 'eu-psd2-54-1@1');
    const easy: readonly Publication[] = [
      publication(documentId, '# Terms\n\nTwo, corrected.', { changeClass: 'editorial' }),
      publication(documentId, '#  Terms\r\n\r\nTwo, corrected.\n\n'),
    ];
    for (const sent of easy) {
      await accept({ ledger, actor: publisher, recorded: laterTime }, publishVersion, sent);
      assert.equal((await newest(ledger))?.changeClass, 'editorial');
    }
  });

  test('what is announced already counts as a text people had; what was never theirs does not', async (t) => {
    const ledger = await testVerbs(t);
    const opened = await act(ledger, system, (ctx) => openDocument(ctx, { slug: 'terms', title: 'Terms', language: 'en' }));
    assert(opened.ok);
    const { documentId } = opened.value;
    await choose(ledger, documentId, 'everyone', 'default@1');
    assert((await publish(ledger, publication(documentId, 'staff', { audience: 'staff' }))).ok);
    assert(
      (await publish(ledger, publication(documentId, 'all', { effectiveLocal: '2027-06-01' }))).ok,
      'the first for everyone',
    );
    const again = await publish(ledger, publication(documentId, 'others'));
    assert.equal(!again.ok && again.refusal, 'policies/notice-too-short');
    const theirs = await publish(ledger, publication(documentId, 'customers', { audience: 'customers' }));
    assert.equal(!theirs.ok && theirs.refusal, 'policies/notice-too-short', 'customers were told the text for everyone');
    const partners = publication(documentId, 'Munich', { audience: 'staff', jurisdiction: 'DE-BY', changeClass: 'material' });
    assert((await publish(ledger, partners)).ok);
    const version = await newest(ledger);
    assert.deepEqual([version?.audience, version?.jurisdiction, version?.changeClass], ['staff', 'DE-BY', 'material']);
    assert.match(await publicLeaves(ledger.db), /"audience":"staff".*"jurisdiction":"DE-BY"/);
  });

  test('a group keeps the rules of everyone beside its own, and a text for everyone those of every group', async (t) => {
    const ledger = await testVerbs(t);
    const documentId = await published(ledger);
    await choose(ledger, documentId, 'everyone', 'default@1');
    await choose(ledger, documentId, 'customers', 'eu-psd2-54-1@1');
    const refused = async (audience: string) => {
      const answer = await publish(ledger, publication(documentId, 'second', { audience }));
      return answer.ok ? null : answer.facts['rule'];
    };
    assert.deepEqual(
      [await refused('everyone'), await refused('customers'), await refused('partners')],
      ['eu-psd2-54-1@1', 'eu-psd2-54-1@1', 'default@1'],
    );
  });
});
