import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { act, observe, readSubject } from '../../../ledger/index.ts';
import { visitor } from '../../../../tests/support/ledger.ts';
import { accept, needs, publicLeaves, refuseAll, staff, tablesWith } from '../../../../tests/support/verbs.ts';
import {
  answerQuestion,
  askQuestion,
  countQuestions,
  eraseQuestion,
  listPublished,
  listQuestions,
  publishQuestion,
  readByReceipt,
  readLiveCount,
  readPublication,
  readQuestion,
  readStatedCount,
} from '../index.ts';
import { asked, by, email, erase, office, personal, question, sent } from './office.ts';

const answerer = staff('support:answer');
const reader = staff('support:read');
const eraser = staff('support:erase');
const nobody = '00000000-0000-4000-8000-000000000000';

suite('support', { concurrency: 2 }, () => {
  test('a visitor asks and reads the answer with the code; words and address are readable nowhere in the database', async (t) => {
    const ledger = await office(t);
    const publicBefore = await publicLeaves(ledger.db);
    const asking = { ledger, actor: visitor, recorded: ['private question.asked'] };
    const { code, dueAt } = await accept(asking, askQuestion, question);
    assert.equal(dueAt.toString(), '2026-11-04T09:00:00Z', 'seven hours of Monday, eight of Tuesday, one of Wednesday');
    const seen = await readByReceipt(observe(ledger, visitor), { code: code.toLowerCase().replaceAll('-', ' '), email });
    assert.deepEqual(seen?.content, {
      question: question.question.trim(),
      email: question.email,
      referenceEnd: '',
      answer: null,
    });
    const { id } = seen;
    await accept({ ledger, actor: answerer, recorded: ['private question.answered'] }, answerQuestion, {
      id,
      answer: ' Mr Parker did. ',
    });
    assert.equal((await readByReceipt(observe(ledger, visitor), { code, email }))?.content?.answer, 'Mr Parker did.');
    for (const words of [...personal, code]) assert.deepEqual(await tablesWith(ledger.db, words), [], words);
    assert.equal(await publicLeaves(ledger.db), publicBefore);
    const own = await readSubject(observe(ledger, visitor), seen.subject);
    assert.deepEqual(
      own.entries.map(({ canonical }) => JSON.parse(Buffer.from(canonical).toString()).type),
      ['question.asked', 'question.answered'],
    );
    assert.match(Buffer.from(own.entries[0]?.canonical ?? []).toString(), /"businessHours":16.*Octavius/);
  });

  test('each refusal of asking keeps nothing', async (t) => {
    const ledger = await office(t);
    await refuseAll({ ledger, actor: visitor }, askQuestion, {
      'support/policy-not-found': [
        ['no such policy', sent({ slug: 'other' })],
        ...[0, 2, 1.5, Number.NaN, 1e12].map((version) => [`no version ${version}`, sent({ version })] as const),
      ],
      'support/clause-not-found': [['a clause of another text', sent({ clauseId: 'no-such-clause' })]],
      'support/question-too-short': [['nine letters', sent({ question: ' 123456789 ' }), { shortest: 10 }]],
      'support/question-too-long': [['over the limit', sent({ question: 'x'.repeat(4001) }), { longest: 4000, length: 4001 }]],
      'support/email-not-valid': [['no address', sent({ email: 'mary jane' })]],
      'support/reference-not-valid': [
        ['three letters', { ...question, reference: 'A-12 ' }],
        ['nothing that is printed as a number', { ...question, reference: '4'.repeat(51) }],
      ],
    });
    const { documentId } = await ledger.db.selectFrom('policies.version').select('documentId').executeTakeFirstOrThrow();
    await ledger.db.updateTable('ledger.object').set({ visibility: 'rehearsal' }).where('id', '=', documentId).execute();
    const answer = await act(ledger, visitor, (ctx) => askQuestion(ctx, question));
    assert.deepEqual(
      answer,
      { ok: false, refusal: 'support/policy-not-found', facts: {} },
      'what is hidden cannot be asked about',
    );
  });

  test('an answer is given once, and says whether it was late', async (t) => {
    const ledger = await office(t);
    const [inTime, late, gone] = [await asked(ledger), await asked(ledger), await asked(ledger)];
    const answering = { ledger, actor: answerer, recorded: ['private question.answered'] };
    ledger.clock.set('2026-11-04T09:00:00.000Z');
    assert.deepEqual(await accept(answering, answerQuestion, { id: inTime.id, answer: 'at the last moment' }), { late: false });
    ledger.clock.advance({ milliseconds: 1 });
    assert.deepEqual(await accept(answering, answerQuestion, { id: late.id, answer: 'a moment later' }), { late: true });
    await act(ledger, visitor, (ctx) => eraseQuestion(ctx, { receipt: { code: gone.code, email } }));
    const answer = 'once more';
    await refuseAll({ ledger, actor: answerer }, answerQuestion, {
      'support/question-not-found': [['no such question', { id: nobody, answer }]],
      'support/already-answered': [['a second answer', { id: inTime.id, answer }]],
      'support/erased': [['nobody is there to read it', { id: gone.id, answer }]],
      'support/answer-too-short': [['one letter', { id: inTime.id, answer: ' y ' }]],
      'support/answer-too-long': [
        ['over the limit', { id: late.id, answer: 'x'.repeat(10_001) }, { longest: 10_000, length: 10_001 }],
      ],
    });
  });

  test('a question is shown to everyone only with consent and after its answer, under an object of its own', async (t) => {
    const ledger = await office(t);
    const [open, silent, gone, good] = [
      await asked(ledger),
      await asked(ledger, { mayPublish: false }),
      await asked(ledger),
      await asked(ledger),
    ];
    for (const { id } of [silent, good])
      await act(ledger, answerer, (ctx) => answerQuestion(ctx, { id, answer: 'Mr Parker did.' }));
    await act(ledger, visitor, (ctx) => eraseQuestion(ctx, { receipt: { code: gone.code, email } }));
    const sent = { id: good.id, question: ' Who rings? ', answer: ' A colleague. ' };
    const refused = {
      'support/question-not-found': [['no such question', { ...sent, id: nobody }]],
      'support/erased': [['erased', { ...sent, id: gone.id }]],
      'support/not-answered': [['still open', { ...sent, id: open.id }]],
      'support/no-consent-to-publish': [['the asker said no', { ...sent, id: silent.id }]],
      'support/published-text-missing': [
        ['no question', { ...sent, question: ' ' }],
        ['no answer', { ...sent, answer: '' }],
      ],
    } as const;
    await refuseAll({ ledger, actor: answerer }, publishQuestion, { ...refused, 'support/already-published': [] });
    const recorded = ['public question.published', 'private question.shown-to-everyone'];
    await accept({ ledger, actor: answerer, recorded }, publishQuestion, sent);
    await refuseAll({ ledger, actor: answerer }, publishQuestion, { ...refused, 'support/already-published': [['twice', sent]] });
    const [shown, ...others] = await listPublished(observe(ledger, visitor));
    assert(shown && others.length === 0);
    assert.deepEqual([shown.question, shown.answer], ['Who rings?', 'A colleague.']);
    const subject = (await readByReceipt(observe(ledger, visitor), { code: good.code, email }))?.subject ?? assert.fail();
    const leaves = await publicLeaves(ledger.db);
    assert(leaves.includes(shown.object));
    for (const hidden of [...personal, 'rings', 'colleague', good.id, subject]) assert(!leaves.includes(hidden), hidden);
  });

  for (const way of ['by the person with the code', 'by staff'] as const) {
    test(`erasing ${way} leaves no word of it, also where it was shown to everyone, and every leaf`, async (t) => {
      const ledger = await office(t);
      const { code, id } = await asked(ledger);
      await act(ledger, answerer, (ctx) => answerQuestion(ctx, { id, answer: 'Mr Parker did.' }));
      await act(ledger, answerer, (ctx) => publishQuestion(ctx, { id, question: 'Who is Octavius?', answer: 'Ask Parker.' }));
      assert.deepEqual(await tablesWith(ledger.db, 'Who is Octavius'), ['ledger.body']);
      const leaves = await publicLeaves(ledger.db);
      const recorded = ['public body.withheld', 'private person.erased'];
      if (way === 'by staff') await accept({ ledger, actor: eraser, recorded }, eraseQuestion, { id });
      else await accept({ ledger, actor: visitor, recorded }, eraseQuestion, { receipt: { code, email } });
      for (const words of personal) assert.deepEqual(await tablesWith(ledger.db, words), [], words);
      const after = (await publicLeaves(ledger.db)).split('\n');
      assert(leaves.split('\n').every((leaf) => after.includes(leaf)));
      const { subject } = await ledger.db.selectFrom('support.question').select('subject').executeTakeFirstOrThrow();
      await assert.rejects(readSubject(observe(ledger, visitor), subject), /erased/);
      const visiting = observe(ledger, visitor);
      assert.deepEqual(await listPublished(visiting), []);
      assert.equal(await readPublication(visiting, { id }), null);
      assert.equal(await readByReceipt(visiting, { code, email }), null);
      assert.equal((await readQuestion(observe(ledger, reader), id))?.content, null);
      await refuseAll({ ledger, actor: eraser }, erase, {
        'accounts/second-person-needed': [],
        'support/question-not-found': [
          by('the code is gone too', { code, email }),
          by('a code that was never given', { code: '00000-00000-00000-00000', email }),
          by('no code at all', { code: 'please', email }),
          ['no such question', { id: nobody }],
        ],
        'support/erased': [['staff are told that it was', { id }]],
      });
      assert.equal((await readLiveCount(observe(ledger, reader))).asked, 1, 'it stays counted');
    });
  }

  test('the count is stated when it changed, and neither waiting nor erasing mends it', async (t) => {
    const ledger = await office(t);
    const state = { ledger, actor: reader };
    assert.deepEqual(await accept({ ...state, recorded: [] }, countQuestions, undefined), { stated: false });
    const [first, second, third] = [await asked(ledger), await asked(ledger), await asked(ledger)];
    await act(ledger, answerer, (ctx) => answerQuestion(ctx, { id: first.id, answer: 'in time' }));
    await act(ledger, visitor, (ctx) => eraseQuestion(ctx, { receipt: { code: third.code, email } }));
    const stated = async () => {
      const { at: _, eventId: __, ...count } = (await readStatedCount(observe(ledger, visitor))) ?? assert.fail();
      return Object.values(count).join(' ');
    };
    await accept({ ...state, recorded: ['public questions.counted'] }, countQuestions, undefined);
    assert.equal(await stated(), '3 1 0 2 0');
    assert.deepEqual(await accept({ ...state, recorded: [] }, countQuestions, undefined), { stated: false });
    ledger.clock.set('2026-11-04T09:00:00.001Z');
    await act(ledger, answerer, (ctx) => answerQuestion(ctx, { id: second.id, answer: 'late' }));
    await accept({ ...state, recorded: ['public questions.counted'] }, countQuestions, undefined);
    assert.equal(await stated(), '3 1 1 1 0', 'erased while open in time stays so');
    await act(ledger, eraser, (ctx) => eraseQuestion(ctx, { id: second.id }));
    assert.deepEqual(await accept({ ...state, recorded: [] }, countQuestions, undefined), { stated: false }, 'late stays late');
  });

  test('without permission questions are neither read, answered, shown, erased nor counted', async (t) => {
    const ledger = await office(t);
    const { id } = await asked(ledger);
    await needs(ledger, 'support:answer', answerQuestion, { id, answer: 'an answer' });
    await needs(ledger, 'support:answer', publishQuestion, { id, question: 'q', answer: 'a' });
    await needs(ledger, 'support:erase', eraseQuestion, { id });
    await needs(ledger, 'support:read', countQuestions, undefined);
    for (const actor of [staff(), visitor, answerer]) {
      await assert.rejects(readQuestion(observe(ledger, actor), id), /support:read/);
      await assert.rejects(listQuestions(observe(ledger, actor), 10), /support:read/);
    }
    assert.equal((await listQuestions(observe(ledger, reader), 10)).length, 1);
    assert.equal(await readQuestion(observe(ledger, reader), 'not an id'), null);
  });
});
