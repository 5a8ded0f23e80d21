import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { parsePrivateEvent } from '@troth/tlog';
import * as fc from 'fast-check';
import { PermissionMissing } from '../../../kernel/context.ts';
import { type Outcome, refuse } from '../../../kernel/outcome.ts';
import { act, observe, readSubject } from '../../../ledger/index.ts';
import { system, type TestLedger } from '../../../../tests/support/ledger.ts';
import { accept, everyRow, needs, refuseAll, staff, tablesWith, testVerbs } from '../../../../tests/support/verbs.ts';
import { eraseSelf } from '../../accounts/index.ts';
import { newUser, type User } from '../../accounts/test/mandate-people.ts';
import {
  acceptVersion,
  allowReturnAddress,
  callAcceptance,
  carryAcceptances,
  countDecisions,
  eraseAcceptances,
  exportAcceptances,
  forbidReturnAddress,
  hideDocument,
  ownAcceptances,
  refuseVersion,
  setAcceptance,
  withdrawAcceptance,
} from '../index.ts';
import type { DecideRefusal } from '../acceptance/decide.ts';
import { askingOf } from '../acceptance/asking.ts';
import { type DecisionKind, foldDecisions } from '../acceptance/fold-decisions.ts';
import type { OwnAnswer } from '../acceptance/own-answer.ts';
import { asking, firstText, formOf, newDocument, publish, setAsked, standing } from './acceptance-people.ts';

const recorded = (kind: string) => [`private acceptance.${kind}`];
const none = '00000000-0000-4000-8000-000000000000';

/** Every way in which an answer is refused, for both answers. */
async function refusals(ledger: TestLedger, form: OwnAnswer): Promise<Record<DecideRefusal, [string, OwnAnswer][]>> {
  await newDocument(ledger, 'unpublished');
  const silent = await newDocument(ledger, 'silent');
  await publish(ledger, silent, '# Silent\n');
  const { shown, words } = form;
  return {
    'policies/policy-not-found': [
      ['no such policy', { ...form, slug: 'nothing' }],
      ['one that is not public', { ...form, slug: 'unpublished' }],
    ],
    'policies/acceptance-not-asked': [['nobody is asked', { ...form, slug: 'silent' }]],
    'policies/version-not-in-force': [
      ['a version to come', { ...form, shown: { ...shown, version: 2 } }],
      ['a version that is none', { ...form, shown: { ...shown, version: 2 ** 40 } }],
    ],
    'policies/text-differs': [
      ['other bytes', { ...form, shown: { ...shown, textHash: 'ab'.repeat(32) } }],
      ['no hash', { ...form, shown: { ...shown, textHash: '' } }],
    ],
    'policies/language-differs': [['another language', { ...form, shown: { ...shown, language: 'de' } }]],
    'policies/words-differ': [
      ['other words', { ...form, words: { ...words, hash: 'cd'.repeat(32) } }],
      ['the same words in another language', { ...form, words: { ...words, locale: 'de' } }],
    ],
    'policies/decided-meanwhile': [['a form of before another answer', { ...form, after: 4 }]],
    'policies/person-erased': [],
  };
}

/** Of whoever is gone nothing else is refused. */
function late(answer: Awaited<ReturnType<typeof refuseVersion>>): Outcome<unknown, 'policies/person-erased'> {
  if (answer.ok || answer.refusal === 'policies/person-erased') return answer.ok ? answer : refuse('policies/person-erased');
  return assert.fail(answer.refusal);
}

suite('acceptances', { concurrency: 2 }, () => {
  test('a yes is bound to person, version, language, bytes and words; said twice it is one entry', async (t) => {
    const { ledger, uma } = await asking(t);
    const form = await formOf(ledger, uma);
    const row = await accept({ ledger, actor: uma, recorded: recorded('accepted') }, acceptVersion, form);
    assert.deepEqual([row.kind, row.version, row.language, row.surface, row.n], ['accepted', 1, 'en', 'portal', 1]);
    assert.equal(row.textHash.toString('hex'), form.shown.textHash);
    const { entries } = await readSubject(observe(ledger, uma), row.subjectId);
    const event = parsePrivateEvent(entries[0]?.canonical ?? assert.fail());
    assert.match(JSON.stringify(event), /Do you accept “Terms terms”, version 1, of Harbour Bank\?/);
    const again = await accept({ ledger, actor: uma, recorded: [] }, acceptVersion, form);
    assert.equal(again.id, row.id);
    const both = await Promise.all([0, 1].map(() => act(ledger, uma, (ctx) => acceptVersion(ctx, form))));
    assert.deepEqual(
      both.map((one) => one.ok && one.value.n),
      [1, 1],
    );
    assert.equal((await standing(ledger, uma)).standing.answer, 'yes');
  });

  for (const [name, verb] of [
    ['acceptVersion', acceptVersion],
    ['refuseVersion', refuseVersion],
  ] as const)
    test(`${name}: whatever is not exactly what stands now records nothing`, async (t) => {
      const { ledger, uma } = await asking(t);
      const form = await formOf(ledger, uma);
      await refuseAll({ ledger, actor: uma }, verb, await refusals(ledger, form));
      const eve = await newUser(ledger, 'eve@example.org');
      for (const actor of [eve, staff('acceptances:record', 'acceptances:read', 'policies:publish')])
        await assert.rejects(
          act(ledger, actor, (ctx) => verb(ctx, form)),
          PermissionMissing,
        );
    });

  test('two first answers at once: one stands, the other is asked again', async (t) => {
    const { ledger, uma } = await asking(t);
    const form = await formOf(ledger, uma);
    const answers = await Promise.all([acceptVersion, refuseVersion].map((verb) => act(ledger, uma, (ctx) => verb(ctx, form))));
    assert.deepEqual(answers.map((one) => (one.ok ? 'recorded' : one.refusal)).toSorted(), [
      'policies/decided-meanwhile',
      'recorded',
    ]);
  });

  test('a form of before a new version records nothing, and asks about the newer one with what changed', async (t) => {
    const { ledger, uma, documentId } = await asking(t);
    await act(ledger, uma, async (ctx) => acceptVersion(ctx, await formOf(ledger, uma)));
    ledger.clock.advance({ hours: 1 });
    const stale = await formOf(ledger, uma);
    await publish(ledger, documentId, firstText.replace('two days', 'four days'));
    const before = await everyRow(ledger.db);
    const answer = await act(ledger, uma, (ctx) => refuseVersion(ctx, stale));
    assert.deepEqual(answer, { ok: false, refusal: 'policies/version-not-in-force', facts: { version: 2 } });
    assert.deepEqual(await everyRow(ledger.db), before);
    const { asking: owed, question } = await standing(ledger, uma);
    assert.deepEqual([owed, question?.since?.number, question?.summaries.map(({ number }) => number)], ['ask', 1, [2]]);
    assert.match(question?.words[0] ?? '', /since version 1/);
  });

  test('withdrawing takes back a yes of any version, once; there is nothing to withdraw without one', async (t) => {
    const { ledger, uma, documentId } = await asking(t);
    const own = { accountId: uma.id, slug: 'terms', after: 0 };
    await refuseAll({ ledger, actor: uma }, withdrawAcceptance, {
      'policies/policy-not-found': [['no such policy', { ...own, slug: 'nothing' }]],
      'policies/nothing-accepted': [['nothing was said', own]],
      'policies/decided-meanwhile': [],
      'policies/person-erased': [],
    });
    await act(ledger, uma, async (ctx) => acceptVersion(ctx, await formOf(ledger, uma)));
    ledger.clock.advance({ hours: 1 });
    await publish(ledger, documentId, `${firstText}\nA new clause.\n`);
    await setAsked(ledger, documentId, 'each-change', false);
    await refuseAll({ ledger, actor: uma }, withdrawAcceptance, {
      'policies/policy-not-found': [],
      'policies/nothing-accepted': [],
      'policies/decided-meanwhile': [['a page of before the yes', own]],
      'policies/person-erased': [],
    });
    const eve = await newUser(ledger, 'eve@example.org');
    await assert.rejects(
      act(ledger, eve, (ctx) => withdrawAcceptance(ctx, { ...own, after: 1 })),
      PermissionMissing,
    );
    const row = await accept({ ledger, actor: uma, recorded: recorded('withdrawn') }, withdrawAcceptance, { ...own, after: 1 });
    assert.deepEqual([row.version, row.n], [1, 2]);
    await accept({ ledger, actor: uma, recorded: [] }, withdrawAcceptance, { ...own, after: 1 });
    const [now] = await ownAcceptances(observe(ledger, uma), { accountId: uma.id });
    assert.deepEqual([now?.standing.answer, now?.decisions.map(({ kind }) => kind)], ['no', ['withdrawn', 'accepted']]);
  });

  test('a version that says the same carries a yes over as an entry of its own, once, and never a no', async (t) => {
    const { ledger, uma, documentId } = await asking(t);
    const nora = await newUser(ledger, 'nora@example.org');
    await act(ledger, uma, async (ctx) => acceptVersion(ctx, await formOf(ledger, uma)));
    await act(ledger, nora, async (ctx) => refuseVersion(ctx, await formOf(ledger, nora)));
    assert.equal(await carryAcceptances(ledger), 0);
    ledger.clock.advance({ hours: 1 });
    await publish(ledger, documentId, firstText.replace('at any time', '**at any time**'), '2026-11-03');
    assert.equal(await carryAcceptances(ledger), 0, 'not before it is in force');
    ledger.clock.advance({ hours: 24 });
    assert.deepEqual([(await standing(ledger, uma)).asking, (await standing(ledger, nora)).asking], ['carry', 'nothing']);
    assert.equal(await carryAcceptances(ledger), 1);
    assert.equal(await carryAcceptances(ledger), 0);
    const { standing: stands, asking: owed } = await standing(ledger, uma);
    assert.deepEqual(
      [stands.answer, stands.last?.kind, stands.last?.version, stands.said?.version, owed],
      ['yes', 'carried', 2, 1, 'nothing'],
    );
    const [newest] = (await countDecisions(observe(ledger, system), { documentId })).versions;
    assert.deepEqual(newest, { version: 2, accepted: 0, carried: 1, refused: 0, withdrawn: 0 });
    await publish(ledger, documentId, firstText.replace('at any time', 'in the first week'));
    // Each act and each look takes the time once: with nothing to carry nobody is looked at one by one, every ten minutes for ever.
    let taken = 0;
    const now = () => {
      taken += 1;
      return ledger.now();
    };
    assert.equal(await carryAcceptances({ ...ledger, now }), 0, 'what says something else is asked');
    assert.equal(taken, 1);
    assert.deepEqual([(await standing(ledger, uma)).asking, (await standing(ledger, nora)).asking], ['ask', 'ask']);
  });

  test('where staff decide when it is asked again, a changed version asks nobody until they say so', async (t) => {
    const { ledger, uma, documentId } = await asking(t);
    await setAsked(ledger, documentId, 'when-called');
    await act(ledger, uma, async (ctx) => acceptVersion(ctx, await formOf(ledger, uma)));
    ledger.clock.advance({ hours: 1 });
    await publish(ledger, documentId, `${firstText}\nA new clause.\n`);
    assert.equal((await standing(ledger, uma)).asking, 'nothing');
    assert.equal(await carryAcceptances(ledger), 0, 'a yes to other words is not carried');
    const call = { documentId, version: 2 };
    await needs(ledger, 'policies:publish', callAcceptance, call);
    await accept(
      { ledger, actor: staff('policies:publish'), recorded: ['private staff.acceptance-called'] },
      callAcceptance,
      call,
    );
    assert.equal((await standing(ledger, uma)).asking, 'ask');
    await publish(ledger, documentId, `${firstText}\nA third one.\n`, '2027-01-01');
    await refuseAll({ ledger, actor: staff('policies:publish') }, callAcceptance, {
      'policies/document-not-found': [['no document', { ...call, documentId: none }]],
      'policies/version-not-found': [
        ['no version', { ...call, version: 9 }],
        ['no number', { ...call, version: Number.NaN }],
      ],
      'policies/already-called': [['said before', call]],
      'policies/already-withdrawn': [],
    });
    const setting = { documentId, asked: true, again: 'each-change' };
    await needs(ledger, 'policies:publish', setAcceptance, setting);
    await refuseAll({ ledger, actor: staff('policies:publish') }, setAcceptance, {
      'policies/document-not-found': [['no document', { ...setting, documentId: none }]],
      'policies/again-not-valid': [['something else', { ...setting, again: 'toString' }]],
    });
    await accept(
      { ledger, actor: staff('policies:publish'), recorded: ['private staff.acceptance-set'] },
      setAcceptance,
      setting,
    );
  });

  test('a document that leaves the public asks nobody, and a yes to it can still be withdrawn', async (t) => {
    const { ledger, uma, documentId } = await asking(t);
    const form = await formOf(ledger, uma);
    await act(ledger, uma, (ctx) => acceptVersion(ctx, form));
    assert((await act(ledger, system, (ctx) => hideDocument(ctx, { documentId }))).ok);
    const answer = await act(ledger, uma, (ctx) => refuseVersion(ctx, form));
    assert.equal(!answer.ok && answer.refusal, 'policies/policy-not-found');
    const [held] = await ownAcceptances(observe(ledger, uma), { accountId: uma.id });
    assert.deepEqual([held?.standing.answer, held?.asking, held?.document.isPublic], ['yes', 'nothing', false]);
    await accept({ ledger, actor: uma, recorded: recorded('withdrawn') }, withdrawAcceptance, {
      accountId: uma.id,
      slug: 'terms',
      after: 1,
    });
  });

  test('links lead back only to whole https addresses that staff allowed, and to none that was struck off', async (t) => {
    const ledger = await testVerbs(t);
    const connector = staff('accounts:connect');
    const address = 'https://shop.harbour.example/welcome';
    await needs(ledger, 'accounts:connect', allowReturnAddress, { address });
    await accept({ ledger, actor: connector, recorded: ['private staff.return-address-allowed'] }, allowReturnAddress, {
      address,
    });
    await refuseAll({ ledger, actor: connector }, allowReturnAddress, {
      'policies/return-address-not-valid': [
        ['without TLS', { address: 'http://shop.harbour.example/' }],
        ['a script', { address: 'javascript:alert(1)' }],
        ['a place for a name', { address: `${address}?customer=` }],
        ['an empty question mark', { address: `${address}?` }],
        ['a fragment', { address: `${address}#a` }],
        ['a name before the host', { address: 'https://shop@evil.example/' }],
        ['one that reads like another', { address: 'https://shop.harbour.example/../x' }],
        ['a long one', { address: `https://shop.harbour.example/${'x'.repeat(500)}` }],
        ['nothing', { address: '' }],
      ],
      'policies/return-address-there': [['the same again', { address }]],
    });
    await needs(ledger, 'accounts:connect', forbidReturnAddress, { address });
    await accept({ ledger, actor: connector, recorded: ['private staff.return-address-forbidden'] }, forbidReturnAddress, {
      address,
    });
    await refuseAll({ ledger, actor: connector }, forbidReturnAddress, {
      'policies/return-address-gone': [['once more', { address }]],
    });
  });

  test('erasing leaves no row and no key of what somebody decided; a download before has all of it', async (t) => {
    const { ledger, uma } = await asking(t);
    const { subjectId } = await accept(
      { ledger, actor: uma, recorded: recorded('accepted') },
      acceptVersion,
      await formOf(ledger, uma),
    );
    const held = JSON.stringify(await exportAcceptances(observe(ledger, uma), { accountId: uma.id }));
    assert.match(held, /"kind":"accepted"/);
    assert.match(held, /Do you accept “Terms terms”/);
    const eve = await newUser(ledger, 'eve@example.org');
    for (const verb of [eraseAcceptances, exportAcceptances, ownAcceptances] as const)
      await assert.rejects(
        act(ledger, eve, async (ctx) => ({ ok: true, value: await verb(ctx, { accountId: uma.id }) })),
        PermissionMissing,
      );
    const erase = (actor: User) =>
      act(ledger, actor, async (ctx) => {
        await eraseAcceptances(ctx, { accountId: actor.id });
        return eraseSelf(ctx, { accountId: actor.id, organisation: 'Harbour Bank', locale: 'en' });
      });
    const form = await formOf(ledger, uma);
    assert((await erase(uma)).ok);
    assert((await erase(eve)).ok, 'also of whoever decided nothing');
    // A session that was read a moment before sends its answer a moment after.
    await refuseAll<OwnAnswer, 'policies/person-erased'>(
      { ledger, actor: uma },
      async (ctx, sent) => late(await refuseVersion(ctx, sent)),
      { 'policies/person-erased': [['whoever is gone', form]] },
    );
    const places = await tablesWith(ledger.db, subjectId);
    assert.deepEqual(places, ['ledger.event', 'ledger.object_head', 'ledger.subject']);
    await assert.rejects(readSubject(observe(ledger, system), subjectId), /was erased/);
  });
});

test('how somebody stands is the same in whichever order, and however often, the entries arrive', () => {
  const kinds: DecisionKind[] = ['accepted', 'refused', 'withdrawn', 'carried'];
  const history = fc.array(fc.tuple(fc.constantFrom(...kinds), fc.integer({ min: 1, max: 9 })), { maxLength: 12 });
  fc.assert(
    fc.property(history, fc.infiniteStream(fc.nat()), (made, chance) => {
      const events = made.map(([kind, version], at) => ({ kind, version, n: at + 1 }));
      const arrived = [...events, ...events.filter(() => (chance.next().value ?? 0) % 2 === 0)]
        .map((event) => ({ event, key: chance.next().value ?? 0 }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ event }) => event);
      const folded = foldDecisions(arrived);
      assert.deepEqual(folded, foldDecisions(events));
      const said = events.findLast(({ kind }) => kind !== 'carried');
      assert.equal(folded.answer, said === undefined ? 'never-asked' : said.kind === 'accepted' ? 'yes' : 'no');
      assert.equal(folded.said?.n, said?.n, 'what is carried was said by nobody');
      if (folded.last?.kind === 'carried') assert.equal(folded.answer, 'yes', 'a no is never carried');
    }),
  );
});

test('a text that says the same asks nobody who answered, whatever the rule and however many versions lie between', async () => {
  const kinds: DecisionKind[] = ['accepted', 'refused', 'withdrawn'];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...kinds),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom('each-change' as const, 'when-called' as const),
      fc.array(fc.integer({ min: 1, max: 9 })),
      async (kind, version, inForce, again, calls) => {
        const stands = foldDecisions([{ n: 1, kind, version }]);
        const rule = { asked: true, again, calls };
        const asked = await askingOf(rule, stands, inForce, () => Promise.resolve(false));
        assert.equal(asked, kind === 'accepted' && version < inForce ? 'carry' : 'nothing');
        assert.equal(await askingOf({ ...rule, asked: false }, stands, inForce, () => Promise.resolve(true)), 'nothing');
        assert.equal(await askingOf(rule, foldDecisions([]), inForce, () => Promise.resolve(true)), 'ask');
      },
    ),
  );
});
