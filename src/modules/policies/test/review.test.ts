import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Actor, Permission } from '../../../kernel/context.ts';
import { act, observe } from '../../../ledger/index.ts';
import { system } from '../../../../tests/support/ledger.ts';
import { accept, needs, refuseAll, testVerbs } from '../../../../tests/support/verbs.ts';
import { leave } from '../../accounts/index.ts';
import { newMember } from '../../accounts/test/approval-people.ts';
import {
  answerReview,
  askForReview,
  draftsToReview,
  openDocument,
  publishVersion,
  readReview,
  saveDraft,
  setApprovers,
} from '../index.ts';
import { judgeReview, type ReviewAnswer } from '../review/approvals.ts';

const may: Permission[] = ['policies:read', 'policies:write', 'policies:review', 'policies:publish'];
const nobody = '00000000-0000-4000-8000-000000000000';

test('a document that wants two approvals is published after two people who wrote none of it approved exactly this draft', async (t) => {
  const ledger = await testVerbs(t);
  const member = (name: string) => newMember(ledger, `${name}@example.org`, 'publisher', may);
  const [ada, bo, cem, dora] = [await member('ada'), await member('bo'), await member('cem'), await member('dora')];
  const opened = await act(ledger, system, (ctx) => openDocument(ctx, { slug: 'terms', title: 'Terms', language: 'en' }));
  assert(opened.ok);
  const { documentId } = opened.value;
  let revision = 0;
  const save = async (actor: Actor, text: string) => {
    const edit = { documentId, text, summary: 'Clearer.', effectiveLocal: '', revision };
    const saved = await act(ledger, actor, (ctx) => saveDraft(ctx, edit));
    assert(saved.ok);
    revision = saved.value.revision;
  };
  const sent = (text: string) => ({
    documentId,
    text: Buffer.from(text),
    summary: 'Clearer.',
    effectiveLocal: '',
    zone: 'Europe/Berlin',
  });
  const one = sent('# Terms\n\nOne.\n');
  await needs(ledger, 'policies:publish', setApprovers, { documentId, approvers: 2 });
  await needs(ledger, 'policies:write', askForReview, one);
  await refuseAll({ ledger, actor: ada }, setApprovers, {
    'policies/document-not-found': [['no document', { documentId: nobody, approvers: 1 }]],
    'policies/approvers-not-valid': [-1, 6, 0.5, Number.NaN].map(
      (approvers) => [`${approvers}`, { documentId, approvers }, { most: 5 }] as const,
    ),
    'policies/approvers-unchanged': [['none as before', { documentId, approvers: 0 }]],
    'policies/own-draft': [],
  });
  await accept({ ledger, actor: ada, recorded: ['private policy.approvers-set'] }, setApprovers, { documentId, approvers: 2 });
  await save(ada, '# Terms\n\nOne.\n');
  await refuseAll({ ledger, actor: ada }, setApprovers, {
    'policies/own-draft': [['who wrote the draft wants fewer eyes on it', { documentId, approvers: 1 }]],
    'policies/document-not-found': [],
    'policies/approvers-not-valid': [],
    'policies/approvers-unchanged': [],
  });

  const publishing = async (actor: Actor, text: string) => {
    const answer = await act(ledger, actor, (ctx) => publishVersion(ctx, sent(text)));
    return answer.ok ? `version ${answer.value.number}` : answer.refusal;
  };
  assert.equal(await publishing(cem, '# Terms\n\nOne.\n'), 'policies/approvals-missing');
  const asking = { ledger, actor: ada, recorded: ['private policy.review-asked'] };
  const { reviewId } = await accept(asking, askForReview, one);
  const refused = {
    'policies/document-not-found': [],
    'policies/review-not-needed': [],
    'policies/review-asked': [],
    'policies/review-objected': [],
    'policies/summary-missing': [],
    'policies/text-empty': [],
    'policies/effective-not-valid': [],
    'policies/effective-in-past': [],
    'policies/summary-too-long': [],
    'policies/blank-left': [],
    'policies/text-unchanged': [],
    'policies/text-too-large': [],
    'policies/text-binary': [],
    'policies/text-not-utf8': [],
    'policies/text-other-encoding': [],
    'policies/audience-unknown': [],
    'policies/jurisdiction-unknown': [],
    'policies/legal-basis-too-long': [],
    'policies/legal-basis-too-short': [],
    'policies/notice-too-short': [],
  };
  await refuseAll({ ledger, actor: bo }, askForReview, {
    ...refused,
    'policies/review-asked': [['the same again', one]],
    'policies/document-not-found': [['no document', { ...one, documentId: nobody }]],
    'policies/summary-missing': [['no summary', { ...one, summary: '' }]],
    'policies/text-empty': [['no text', { ...one, text: Buffer.from('') }]],
  });

  const waiting = async (actor: Actor) => (await draftsToReview(observe(ledger, actor))).map(({ slug }) => slug);
  assert.deepEqual([await waiting(ada), await waiting(bo), await waiting(cem)], [[], ['terms'], ['terms']]);
  const yes = { reviewId, approves: true, note: '' };
  await needs(ledger, 'policies:review', answerReview, yes);
  await refuseAll({ ledger, actor: ada }, answerReview, {
    'policies/review-not-found': [['no such review', { ...yes, reviewId: nobody }]],
    'policies/own-draft': [['by the author', yes]],
    'policies/review-note-missing': [],
    'policies/review-answered': [],
    'policies/review-over': [],
  });
  const answering = (actor: Actor) => ({ ledger, actor, recorded: ['private policy.review-answered'] });
  await accept(answering(bo), answerReview, yes);
  await refuseAll({ ledger, actor: bo }, answerReview, {
    'policies/review-answered': [['twice', { ...yes, approves: false, note: 'Changed my mind.' }]],
    'policies/review-note-missing': [['an objection without a word', { ...yes, approves: false }]],
    'policies/review-not-found': [],
    'policies/own-draft': [],
    'policies/review-over': [],
  });
  assert.deepEqual([await waiting(bo), await waiting(cem)], [[], ['terms']]);
  assert.equal(await publishing(ada, '# Terms\n\nOne.\n'), 'policies/approvals-missing', 'one is not two');

  // A changed draft voids what was approved, and whoever changed it is an author from then on.
  await save(bo, '# Terms\n\nTwo.\n');
  assert.equal(await publishing(ada, '# Terms\n\nTwo.\n'), 'policies/approvals-missing');
  ledger.clock.advance({ minutes: 1 });
  const second = await accept({ ...asking, actor: bo }, askForReview, sent('# Terms\n\nTwo.\n'));
  const now = { reviewId: second.reviewId, approves: true, note: 'Fine.' };
  await refuseAll({ ledger, actor: cem }, answerReview, {
    'policies/review-over': [['of the older draft', yes]],
    'policies/review-not-found': [],
    'policies/own-draft': [],
    'policies/review-note-missing': [],
    'policies/review-answered': [],
  });
  const bothAtOnce = await Promise.all([cem, dora].map((actor) => act(ledger, actor, (ctx) => answerReview(ctx, now))));
  assert.deepEqual(
    bothAtOnce.map(({ ok }) => ok),
    [true, true],
  );
  assert.equal(await publishing(ada, '# Terms\n\nTwo, and more.\n'), 'policies/approvals-missing');
  // Somebody who may approve no more has approved nothing, as far as this counts.
  await ledger.db.updateTable('accounts.assignment').set({ role: 'support' }).where('accountId', '=', dora.id).execute();
  assert.equal(await publishing(ada, '# Terms\n\nTwo.\n'), 'policies/approvals-missing');
  await ledger.db.updateTable('accounts.assignment').set({ role: 'publisher' }).where('accountId', '=', dora.id).execute();
  assert.equal(await publishing(ada, '# Terms\n\nTwo.\n'), 'version 1');

  // An objection to exactly this draft stands: asking again about the same does not make it go away, nor does a leaver's approval count.
  revision = 0;
  await save(ada, '# Terms\n\nThree.\n');
  ledger.clock.advance({ minutes: 1 });
  const three = sent('# Terms\n\nThree.\n');
  const third = await accept(asking, askForReview, three);
  await accept(answering(bo), answerReview, { reviewId: third.reviewId, approves: true, note: '' });
  await accept(answering(cem), answerReview, { reviewId: third.reviewId, approves: false, note: 'The date is a holiday.' });
  ledger.clock.advance({ minutes: 1 });
  await refuseAll({ ledger, actor: bo }, askForReview, { ...refused, 'policies/review-objected': [['the same again', three]] });
  await save(ada, '# Terms\n\nFour.\n');
  const fourth = await accept(asking, askForReview, sent('# Terms\n\nFour.\n'));
  assert.deepEqual(await waiting(bo), ['terms'], 'of several questions the newest counts');
  for (const actor of [bo, dora]) await accept(answering(actor), answerReview, { ...fourth, approves: true, note: '' });
  assert.deepEqual(await waiting(bo), [], 'what was answered is not made to wait by an older question');
  assert((await act(ledger, system, (ctx) => leave(ctx, { accountId: dora.id }))).ok);
  assert.equal(await publishing(ada, '# Terms\n\nFour.\n'), 'policies/approvals-missing');
  await accept(answering(cem), answerReview, { ...fourth, approves: true, note: '' });
  assert.equal(await publishing(ada, '# Terms\n\nFour.\n'), 'version 2');

  // The next draft begins without authors, so fewer may be asked for again.
  await accept({ ledger, actor: ada, recorded: ['public policy.approvers-set'] }, setApprovers, { documentId, approvers: 0 });
  const none = await act(ledger, ada, (ctx) => askForReview(ctx, sent('# Terms\n\nFive.\n')));
  assert.equal(!none.ok && none.refusal, 'policies/review-not-needed');
  assert.equal((await readReview(observe(ledger, ada), documentId, Buffer.alloc(32))).state, 'not-needed');
});

test('whatever is answered in whatever order, nothing is approved without enough others, nor against an objection', () => {
  const who = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const answers = fc.uniqueArray(fc.record({ accountId: who, approves: fc.boolean() }), {
    selector: ({ accountId }) => accountId,
  });
  const at = Temporal.Instant.from('2026-01-01T00:00:00Z');
  fc.assert(
    fc.property(
      answers,
      fc.array(who),
      fc.array(who),
      who,
      fc.integer({ min: 1, max: 5 }),
      (given, wrote, present, askedBy, needed) => {
        const digest = Buffer.alloc(32, 1);
        const authors = new Set(wrote);
        const full: ReviewAnswer[] = given.map((answer) => ({ ...answer, note: '', at }));
        const holders = new Set(present);
        const facts = { needed, authors, holders, review: { digest, askedBy }, answers: full };
        const state = judgeReview(facts, digest);
        const others = given.filter(
          ({ accountId, approves }) => approves && accountId !== askedBy && !authors.has(accountId) && holders.has(accountId),
        );
        const objected = given.some(({ approves }) => !approves);
        assert.equal(state === 'approved', !objected && others.length >= needed);
        assert.equal(judgeReview(facts, Buffer.alloc(32, 2)), 'changed-since');
      },
    ),
  );
});
