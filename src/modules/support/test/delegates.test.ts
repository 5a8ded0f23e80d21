import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { parsePrivateEvent } from '@troth/tlog';
import { type Actor, type Permission, PermissionMissing, ProofNeeded } from '../../../kernel/context.ts';
import { act, observe, readSubject } from '../../../ledger/index.ts';
import { type TestLedger, visitor } from '../../../../tests/support/ledger.ts';
import { accept, publicLeaves, refuseAll } from '../../../../tests/support/verbs.ts';
import { askFor, askQuestion, claimQuestion, eraseQuestion, listOwnQuestions, ownQuestionIds } from '../index.ts';
import { asked, email, erase, none, office, question, user } from './office.ts';

const petra = '0d9c1f1e-0000-4000-8000-00000000000a';
const otto = '0d9c1f1e-0000-4000-8000-00000000000b';
const dora = '0d9c1f1e-0000-4000-8000-00000000000d';
const mandate = '0d9c1f1e-1111-4000-8000-00000000000d';

/** Dora, acting for Petra. */
function delegate(...scope: Permission[]): Extract<Actor, { kind: 'user' }> {
  return { kind: 'user', id: dora, mandates: [{ id: mandate, subject: petra, scope: new Set(scope) }], onceProved: new Set() };
}

const about = { slug: question.slug, version: 1, clauseId: question.clauseId, question: question.question, language: 'de' };
const own = async (ledger: TestLedger, accountId: string) =>
  (await listOwnQuestions(observe(ledger, user(accountId)), { accountId })).map(({ id }) => id);

async function eventsOf(ledger: TestLedger, subject: string): Promise<unknown[]> {
  const { entries } = await readSubject(observe(ledger, user(subject)), subject);
  return entries.map(({ canonical }) => {
    const event = parsePrivateEvent(canonical);
    return [event?.type, event?.body];
  });
}

suite('delegates and questions', { concurrency: 2 }, () => {
  test('what a delegate asks is the other person’s, stands in both records with the mandate, and no code opens it', async (t) => {
    const ledger = await office(t);
    const leaves = await publicLeaves(ledger.db);
    const asking = {
      ledger,
      actor: delegate('self:manage'),
      recorded: ['private question.asked', 'private user.question-asked'],
    };
    const told = await accept(asking, askFor, { accountId: petra, ...about });
    assert.deepEqual(Object.keys(told), ['dueAt'], 'no code is told');
    const [id, ...others] = await own(ledger, petra);
    assert(id !== undefined && others.length === 0);
    assert.deepEqual(await own(ledger, dora), []);
    const row = await ledger.db.selectFrom('support.question').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    assert.deepEqual([row.accountId, row.receiptHash, row.referenceHash, row.mayPublish], [petra, null, null, false]);
    assert.deepEqual(await eventsOf(ledger, petra), [['user.question-asked', { question: id, by: mandate }]]);
    const { entries } = await readSubject(observe(ledger, user(petra)), row.subject);
    assert.match(Buffer.from(entries[0]?.canonical ?? []).toString('utf8'), new RegExp(`"by":"${mandate}"`));
    assert.equal(await publicLeaves(ledger.db), leaves);
    await accept({ ...asking, actor: user(petra) }, askFor, { accountId: petra, ...about });
    assert.deepEqual((await eventsOf(ledger, petra)).at(-1), [
      'user.question-asked',
      { question: (await own(ledger, petra)).find((each) => each !== id) },
    ]);
  });

  test('a question in another’s name is refused as one’s own is, and without the scope to act nothing is asked', async (t) => {
    const ledger = await office(t);
    const sent = (change: object) => ({ accountId: petra, ...about, ...change });
    await refuseAll({ ledger, actor: delegate('self:manage') }, askFor, {
      'support/policy-not-found': [['no such policy', sent({ slug: 'other' })]],
      'support/clause-not-found': [['a clause of another text', sent({ clauseId: 'no-such-clause' })]],
      'support/question-too-short': [['nine letters', sent({ question: '123456789' })]],
      'support/question-too-long': [['over the limit', sent({ question: 'x'.repeat(4001) })]],
    });
    for (const [actor, accountId] of [
      [delegate('self:read', 'self:erase'), petra],
      [delegate('self:manage'), otto],
      [user(dora), petra],
      [visitor, petra],
    ] as const)
      await assert.rejects(
        act(ledger, actor, (ctx) => askFor(ctx, sent({ accountId }))),
        PermissionMissing,
      );
    assert.deepEqual(await ledger.db.selectFrom('support.question').select('id').execute(), []);
  });

  test('a delegate reads, keeps and erases questions of the one person, each only where the mandate names it', async (t) => {
    const ledger = await office(t);
    const { code, id } = await asked(ledger);
    const claim = { accountId: petra, code, email };
    const missing = (actor: Actor, verb: Parameters<typeof act<unknown, string>>[2], error = PermissionMissing) =>
      assert.rejects(act(ledger, actor, verb), error);
    await missing(delegate('self:read', 'self:erase'), (ctx) => claimQuestion(ctx, claim));
    const kept = ['private question.kept-with-account', 'private user.question-kept'];
    await accept({ ledger, actor: delegate('self:manage'), recorded: kept }, claimQuestion, claim);
    await assert.rejects(
      listOwnQuestions(observe(ledger, delegate('self:manage', 'self:erase')), { accountId: petra }),
      PermissionMissing,
    );
    const [read] = await listOwnQuestions(observe(ledger, delegate('self:read')), { accountId: petra });
    assert.equal(read?.content?.question, question.question.trim());
    await missing(delegate('self:read', 'self:manage'), (ctx) => eraseQuestion(ctx, { id, accountId: petra }));
    await assert.rejects(ownQuestionIds(observe(ledger, delegate('self:read')), { accountId: petra }), PermissionMissing);
    const stale = { ...delegate('self:erase'), onceProved: new Set(['self:erase'] as const) };
    await assert.rejects(
      act(ledger, stale, (ctx) => eraseQuestion(ctx, { id, accountId: petra })),
      ProofNeeded,
    );
    const recorded = ['private user.question-erased', 'private person.erased'];
    await accept({ ledger, actor: delegate('self:erase'), recorded }, erase, { id, accountId: petra });
    assert.deepEqual(
      (await eventsOf(ledger, petra)).slice(-2),
      ['user.question-kept', 'user.question-erased'].map((type) => [type, { question: id, by: mandate }]),
    );
  });

  test('a confused delegate mixes up nothing: neither their own question, nor that of another person, is found in this one’s place', async (t) => {
    const ledger = await office(t);
    const ask = async (accountId: string) => {
      await accept({ ledger, actor: user(accountId), recorded: ['private question.asked'] }, askQuestion, question);
      return (await own(ledger, accountId))[0] ?? assert.fail();
    };
    const [hers, his, mine] = [await ask(petra), await ask(otto), await ask(dora)];
    const both = delegate('self:read', 'self:manage', 'self:erase');
    await refuseAll({ ledger, actor: both }, erase, {
      'accounts/second-person-needed': [],
      ...none,
      'support/question-not-found': [
        ['of the delegate, under the mandate', { id: mine, accountId: petra }],
        ['of somebody else, under the mandate', { id: his, accountId: petra }],
        ['of the person, as one’s own', { id: hers, accountId: dora }],
      ],
    });
    await assert.rejects(
      act(ledger, both, (ctx) => eraseQuestion(ctx, { id: his, accountId: otto })),
      PermissionMissing,
    );
  });
});
