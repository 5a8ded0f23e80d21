import assert from 'node:assert/strict';
import { test } from 'node:test';
import { utf8, verifyBundle, type Bundle, type Policy, type StepCode, type StepState } from '@troth/tlog';
import { explainReport, type ReportView } from '../explain-report.ts';
import { explainStep, stepSentences } from '../explain-step.ts';
import { verifyText } from '../verify-text.ts';
import * as sample from './sample-log.ts';

const t = verifyText('en', 'UTC');
const good = await sample.statementBundle();
const receipt = await sample.receiptBundle();
const [first] = good.kind === 'statement' ? good.items : [];
assert.ok(first?.body);

const explained = (bundle: Bundle, policy: Policy = sample.policy): ReportView =>
  explainReport(verifyBundle(bundle, policy, { now: sample.now }), bundle, t);

const isStepCode = (code: string): code is StepCode => code in stepSentences;

test('every step in every state has a sentence of its own in both languages', () => {
  const facts = { size: 3, index: 1, n: 2, length: 9, witnessed: 0, known: 1, from: 1, to: 2, afterSize: 3 };
  for (const language of ['en', 'de']) {
    const speak = verifyText(language, 'UTC');
    const seen = new Set<string>();
    for (const code of Object.keys(stepSentences).filter(isStepCode)) {
      for (const state of ['ok', 'failed', 'unknown'] satisfies StepState[]) {
        const { text, glyph, word } = explainStep(
          { code, state, facts: { ...facts, names: ['w'] } },
          { place: 'Here', signer: 'X' },
          speak,
        );
        assert.ok(text.length > 10 && glyph !== '' && word !== '', `${language} ${code} ${state}`);
        if (state === 'failed') assert.match(text, /^Here: /, code);
        seen.add(text);
      }
    }
    assert.equal(seen.size, 39);
  }
});

test('a sound statement: yes, what it proves, and what it does not', () => {
  const view = explained(good);
  assert.equal(view.state, 'ok');
  assert.equal(view.verdict, 'Yes. This text is in the log, letter for letter.');
  assert.equal(view.witnessed, 'Signed by trust.harbour.invalid/log/public alone; not witnessed.');
  assert.equal(view.items[0]?.placeOf, 'Entry 12 of 14');
  assert.equal(view.items[0]?.at, '13 November 2026 at 09:00 UTC');
  assert.deepEqual(view.items[0]?.content, { kind: 'text', text: sample.texts[0] });
  assert.equal(view.failures.length, 0);
  assert.ok(view.proves.some((sentence) => sentence.includes('Entry 12')));
  assert.ok(view.doesNotProve.some((sentence) => sentence.includes('superseding is not excluded after the first 14 entries')));
  assert.ok(view.doesNotProve.some((sentence) => sentence.includes('alone; not witnessed')));
});

test('with its witnesses a statement says since when they know it', async () => {
  const view = explained(
    await sample.statementBundle(await sample.statement(12, sample.publicLog(), 14, true)),
    sample.witnessedPolicy,
  );
  const lines = view.items[0]?.lines.map(({ text }) => text).join('\n') ?? '';
  assert.match(lines, /One independent witness confirmed this state: harbour-watch\./);
  assert.match(lines, /know this state of 14 entries since 20 November 2026 at \d\d:\d\d UTC/);
  assert.ok(!view.doesNotProve.some((sentence) => sentence.includes('witnessed')));
});

test('a later entry on the same matter is named at once', async () => {
  const view = explained(await sample.statementBundle(await sample.statement(12), await sample.statement(13)));
  assert.equal(view.verdict, 'Yes. This text is in the log, letter for letter.');
  assert.equal(view.later, 'Entry 13 came later and may replace this text. Read it too.');
  assert.equal(explained(await sample.statementBundle(await sample.statement(13))).later, null);
});

test('each failure names the entry', async () => {
  const other = await sample.statement(13);
  const altered = { ...first.body, salt: sample.fixed('x'), bytes: utf8('x'), mediaType: 'text/plain' };
  const rows: readonly (readonly [Bundle, Policy, RegExp, RegExp])[] = [
    [
      { ...good, kind: 'statement', items: [{ ...first, body: altered }] },
      sample.policy,
      /^Entry 12: the text does not match what was logged\.$/,
      /^No\. Something/,
    ],
    [
      { ...good, kind: 'statement', items: [{ ...first, leaf: other.leaf, body: other.body }] },
      sample.policy,
      /^Entry 12: it does not give the number/,
      /^No\. Something/,
    ],
    [
      { ...good, kind: 'statement', items: [{ ...first, leaf: utf8('{}') }] },
      sample.policy,
      /^Entry 12: the entry does not have a form/,
      /^No\. Something/,
    ],
    [
      { ...good, kind: 'statement', items: [{ ...first, proof: 'x' }] },
      sample.policy,
      /^Item 1 of this file: the proof is damaged/,
      /^No\. Something/,
    ],
    [good, sample.strangersPolicy, /^Entry 12: the signature .* does not hold/, /^No\. The signature/],
    [good, sample.witnessedPolicy, /^Entry 12: only 0 of the 1 witnesses/, /^No\. Too few/],
  ];
  for (const [bundle, policy, failure, verdict] of rows) {
    const view = explained(bundle, policy);
    assert.equal(view.state, 'failed');
    assert.match(view.failures[0] ?? '', failure);
    assert.match(view.verdict, verdict);
    assert.deepEqual([view.proves, view.doesNotProve], [[], []]);
    assert.match(view.advice ?? '', /Do not rely on it/);
  }
});

test('a statement whose text is withheld is left open, one that never had a text is not', async () => {
  assert.equal(explained({ ...good, kind: 'statement', items: [{ ...first, body: null }] }).state, 'unknown');
  const bare = explained(await sample.statementBundle(await sample.statement(3)));
  assert.equal(bare.verdict, 'Yes. This entry is in the log, unchanged.');
  assert.deepEqual(bare.items[0]?.content, { kind: 'sentence', sentence: 'This entry was logged without a text, and has none.' });
});

test('a receipt tells its events in order, in words where they are known', () => {
  const view = explained(receipt);
  assert.equal(view.verdict, 'Yes. The 3 events in this receipt were recorded, and are unchanged.');
  assert.deepEqual(
    view.items.map(({ place, content }) => [place, content.kind === 'event' && content.title]),
    [
      ['Event 1', 'A question was asked'],
      ['Event 2', 'The question was answered'],
      ['Event 3', 'Question and answer were shown to everyone'],
    ],
  );
  const [, second] = view.items;
  assert.deepEqual(second?.content.kind === 'event' && second.content.facts.at(-1), ['late', 'no']);
});

test('a receipt with a gap, a foreign event or a later start says so', async () => {
  const [one, , three] = receipt.items;
  assert.ok(one && three);
  const gap = explained({ ...receipt, items: [one, three] });
  assert.match(gap.failures.join('\n'), /Entry 5: an event before it is missing/);
  const altered = explained({ ...receipt, items: [{ ...one, event: utf8('{}') }] });
  assert.match(altered.failures[0] ?? '', /^Event 1: what is said to have happened does not match/);
  assert.equal(explained(await sample.receiptBundle(1)).state, 'unknown');
});
