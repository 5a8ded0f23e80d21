import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { act, observe } from '../../../ledger/index.ts';
import { visitor } from '../../../../tests/support/ledger.ts';
import { accept, publicLeaves, refuseAll, tablesWith } from '../../../../tests/support/verbs.ts';
import { askQuestion, claimQuestion, eraseQuestion, listOwnQuestions, readByReceipt, takeReceiptAllowance } from '../index.ts';
import { asked, by, email, erase, none, office, question, sent, user } from './office.ts';

suite('receipts', { concurrency: 2 }, () => {
  test('a code opens a matter with the address that was given, and for a matter without one by itself', async (t) => {
    const ledger = await office(t);
    const { code } = await asked(ledger);
    const open = async (receipt: { code: string; email?: string }) =>
      (await readByReceipt(observe(ledger, visitor), receipt)) !== null;
    assert.deepEqual([await open({ code }), await open({ code, email: 'eve@example.org' })], [false, false]);
    assert(await open({ code, email: ' Mary.Jane@EXAMPLE.org ' }));
    const without = await accept(
      { ledger, actor: visitor, recorded: ['private question.asked'] },
      askQuestion,
      sent({ email: '' }),
    );
    assert(await open({ code: without.code }));
    await refuseAll({ ledger, actor: visitor }, erase, {
      'accounts/second-person-needed': [],
      ...none,
      'support/question-not-found': [by('somebody who found the paper', { code })],
    });
  });

  test('a user keeps a question by its receipt, sees their own alone, and only they or staff erase it', async (t) => {
    const ledger = await office(t);
    const [ada, eve] = ['0d9c1f1e-0000-4000-8000-00000000000a', '0d9c1f1e-0000-4000-8000-00000000000e'];
    const { code, id } = await asked(ledger);
    const kept = { ledger, actor: user(ada), recorded: ['private question.kept-with-account'] };
    await accept(kept, claimQuestion, { accountId: ada, code, email });
    await refuseAll({ ledger, actor: user(eve) }, claimQuestion, {
      'support/question-not-found': [
        ['it is kept by another', { accountId: eve, code, email }],
        ['a code that was never given', { accountId: eve, code: '00000-00000-00000-00000', email }],
      ],
    });
    const own = async (accountId: string) => (await listOwnQuestions(observe(ledger, user(accountId)), { accountId })).length;
    assert.deepEqual([await own(ada), await own(eve)], [1, 0]);
    await assert.rejects(listOwnQuestions(observe(ledger, user(eve)), { accountId: ada }), /permission missing: self:read/);
    const asksHerself = { ledger, actor: user(eve), recorded: ['private question.asked'] };
    await accept(asksHerself, askQuestion, question);
    assert.equal(await own(eve), 1);
    await refuseAll({ ledger, actor: user(eve) }, erase, {
      'accounts/second-person-needed': [],
      'support/question-not-found': [['the question of another', { id, accountId: eve }]],
      'support/erased': [],
    });
    await accept({ ledger, actor: user(ada), recorded: ['private person.erased'] }, erase, { id, accountId: ada });
    assert.equal(await own(ada), 0);
  });

  test('to a visitor a code that was erased and one that never was cannot be told apart', async (t) => {
    const ledger = await office(t);
    const { code } = await asked(ledger);
    const { code: other } = await asked(ledger);
    await accept({ ledger, actor: visitor, recorded: ['private person.erased'] }, eraseQuestion, { receipt: { code, email } });
    const codes = [code, '00000-00000-00000-00000', 'x', '', `${other.slice(0, -1)}${other.endsWith('0') ? '1' : '0'}`];
    for (const typed of codes) {
      assert.equal(await readByReceipt(observe(ledger, visitor), { code: typed, email }), null);
      await refuseAll({ ledger, actor: visitor }, erase, {
        'accounts/second-person-needed': [],
        ...none,
        'support/question-not-found': [by('gone', { code: typed, email })],
      });
    }
    assert((await readByReceipt(observe(ledger, visitor), { code: other, email }))?.content);
    const twice = await Promise.all(
      [1, 2].map(() => act(ledger, visitor, (ctx) => eraseQuestion(ctx, { receipt: { code: other, email } }))),
    );
    assert.deepEqual(twice.map((answer) => (answer.ok ? 'done' : answer.refusal)).toSorted(), [
      'done',
      'support/question-not-found',
    ]);
  });

  test('an order number opens the receipt as the address does, in any spelling, and is readable nowhere', async (t) => {
    const ledger = await office(t);
    const leaves = await publicLeaves(ledger.db);
    const recorded = ['private question.asked'];
    const numbered = { ...question, reference: ' AB-2026/0047 11' };
    const { code } = await accept({ ledger, actor: visitor, recorded }, askQuestion, numbered);
    const open = (receipt: { email?: string; reference?: string }) =>
      readByReceipt(observe(ledger, visitor), { code, ...receipt });
    assert.equal(await open({}), null, 'the code alone');
    for (const wrong of ['AB-2026/0047 12', 'AB20260047', '', '   ', '/', 'x'.repeat(5000)])
      assert.equal(await open({ reference: wrong, email: wrong }), null, wrong);
    for (const right of ['ab 2026 004711', 'AB-2026/0047 11', 'ＡＢ2026004711']) assert(await open({ reference: right }), right);
    assert(await open({ email }), 'one of the two is enough');
    assert(await open({ email: 'ab2026004711', reference: 'ab2026004711' }), 'typed into the one field for both');
    const matter = await open({ email });
    assert.deepEqual([matter?.hasReference, matter?.content?.referenceEnd], [true, '711']);
    for (const spelling of ['AB-2026/0047 11', 'AB2026004711']) assert.deepEqual(await tablesWith(ledger.db, spelling), []);
    assert.equal(await publicLeaves(ledger.db), leaves);
    const short = await accept({ ledger, actor: visitor, recorded }, askQuestion, { ...question, email: '', reference: '4711' });
    const opened = await readByReceipt(observe(ledger, visitor), { code: short.code, reference: '4711' });
    assert.equal(opened?.content?.referenceEnd, '', 'of a short number nothing is shown');
    assert.equal(await readByReceipt(observe(ledger, visitor), { code: short.code }), null);
    await act(ledger, visitor, (ctx) => eraseQuestion(ctx, { receipt: { code: short.code, reference: '4711' } }));
    const rows = await ledger.db
      .selectFrom('support.question')
      .select('referenceHash')
      .where('erasedAt', 'is not', null)
      .execute();
    assert.deepEqual(rows, [{ referenceHash: null }]);
  });

  test('a guest walks to no other matter by the order number of another, nor by their own', async (t) => {
    const ledger = await office(t);
    const ask = (reference: string) =>
      accept({ ledger, actor: visitor, recorded: ['private question.asked'] }, askQuestion, {
        ...question,
        email: '',
        reference,
      });
    const [mine, yours] = [await ask('ORDER-1001'), await ask('ORDER-1002')];
    const open = async (code: string, reference: string) =>
      (await readByReceipt(observe(ledger, visitor), { code, email: reference, reference })) !== null;
    assert.deepEqual(
      [await open(mine.code, 'ORDER-1001'), await open(mine.code, 'ORDER-1002'), await open(yours.code, 'ORDER-1001')],
      [true, false, false],
    );
    const stranger = '0d9c1f1e-0000-4000-8000-00000000000e';
    await refuseAll({ ledger, actor: user(stranger) }, claimQuestion, {
      'support/question-not-found': [['a found receipt', { accountId: stranger, code: yours.code, reference: 'ORDER-1001' }]],
    });
    await refuseAll({ ledger, actor: visitor }, erase, {
      'accounts/second-person-needed': [],
      ...none,
      'support/question-not-found': [by('a number alone', { code: 'ORDER-1002' })],
    });
    const hashes = await ledger.db.selectFrom('support.question').select('referenceHash').execute();
    const same = await ask('ORDER-1001');
    assert(await open(same.code, 'ORDER-1001'));
    const after = await ledger.db.selectFrom('support.question').select('referenceHash').execute();
    assert.equal(new Set([...hashes, ...after].map(({ referenceHash }) => referenceHash?.toString('hex'))).size, 3);
  });

  test('a code is tried ten times an hour, whether or not it was ever given, in every spelling and from everywhere', async (t) => {
    const ledger = await office(t);
    const { code } = await asked(ledger);
    const take = (typed: string) => takeReceiptAllowance(observe(ledger, visitor), { code: typed });
    for (const given of [code, '00000-00000-00000-00000']) {
      for (let tries = 0; tries < 10; tries += 1)
        assert.equal(await take(tries % 2 === 0 ? given : given.toLowerCase().replaceAll('-', ' ')), 0);
      assert((await take(given)) > 0);
    }
    ledger.clock.advance({ hours: 1 });
    assert.equal(await take(code), 0);
  });

  test('a wrong code and a wrong number take the same work', async (t) => {
    const ledger = await office(t);
    const { code } = await accept({ ledger, actor: visitor, recorded: ['private question.asked'] }, askQuestion, {
      ...question,
      reference: 'ORDER-1001',
    });
    const queries = async (typed: string, reference: string) => {
      let counted = 0;
      const db = ledger.db.withPlugin({
        transformQuery: ({ node }) => {
          counted += 1;
          return node;
        },
        transformResult: ({ result }) => Promise.resolve(result),
      });
      assert.equal(await readByReceipt({ ...observe(ledger, visitor), db }, { code: typed, reference }), null);
      return counted;
    };
    const [wrongNumber, wrongCode] = [await queries(code, 'ORDER-1002'), await queries('00000-00000-00000-00000', 'ORDER-1001')];
    assert.deepEqual([wrongNumber, wrongCode], [1, 1]);
  });
});
