import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  canonicalPrivateEvent,
  commitTo,
  encodeBundle,
  encodeNote,
  encodePrivateLeaf,
  encodePublicLeaf,
  labelOf,
  parseBundle,
  parseNote,
  parsePolicy,
  parseProofFile,
  printPolicy,
  publicNoteKey,
  secretNoteKey,
  signNote,
  utf8,
  verifyBundle,
  type Bundle,
  type ReceiptBundle,
  type Report,
  type StatementBundle,
  type StatementItem,
  type StepCode,
} from '../src/index.ts';
import {
  allowed,
  fixed,
  policy,
  policyWithoutWitnesses,
  privateEntries,
  privateLogKey,
  proofOf,
  publicEntries,
  publicLeaves,
  publicLogKey,
  publicOrigin,
  receiptItems,
  statementItems,
  subjectKey,
  witnessedAt,
} from './sample-log.ts';

const now = witnessedAt + 60;
const statements: StatementBundle = { kind: 'statement', items: await statementItems(), policy: null };
const receipts: ReceiptBundle = { kind: 'receipt', items: await receiptItems(), policy: null, subjectKey };
const [firstStatement, secondStatement] = statements.items;
const [firstReceipt, secondReceipt, thirdReceipt] = receipts.items;
assert.ok(firstStatement && secondStatement && firstReceipt && secondReceipt && thirdReceipt);

function stateOf(report: Report, code: StepCode, item?: number): string | undefined {
  const steps = item === undefined ? report.whole : report.items[item]?.steps;
  return steps?.find((step) => step.code === code)?.state;
}

test('whole bundles verify, and say what they do not prove', () => {
  for (const bundle of [statements, receipts]) {
    const report = verifyBundle(bundle, policy, { now });
    assert.equal(report.state, 'ok');
    assert.equal(stateOf(report, 'superseding-excluded'), 'unknown');
    assert.deepEqual(
      report.items.map(({ index }) => index),
      bundle === statements ? [0, 1, 2] : [1, 3, 5],
    );
    const open = report.items.flatMap(({ steps }) => steps).filter(({ state }) => state !== 'ok');
    assert.deepEqual(open, []);
  }
  const age = verifyBundle(statements, policy, { now }).items[0]?.steps.find(({ code }) => code === 'checkpoint-age');
  assert.deepEqual(age?.facts, { size: 3, witnessedAt, ageSeconds: 60 });
});

test('a bundle file is read back as it was written', () => {
  for (const bundle of [statements, receipts, { ...receipts, subjectKey: null, policy: 'x' }] satisfies Bundle[]) {
    const parsed = parseBundle(encodeBundle(bundle));
    assert.ok(parsed.ok);
    assert.deepEqual(parsed.value, bundle);
  }
});

const deep = process.env['TROTH_DEEP'] === '1';

test('every single flipped bit of a proof is refused or fails', () => {
  const { proof } = firstStatement;
  for (let bit = 0; bit < utf8(proof).length * 8; bit++) {
    const altered = Buffer.from(proof);
    altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    const item: StatementItem = { ...firstStatement, proof: altered.toString() };
    assert.equal(verifyBundle({ ...statements, items: [item] }, policy, { now }).state, 'failed', `bit ${bit}`);
  }
});

test('a flipped bit anywhere in a bundle file is refused or fails', () => {
  for (const bundle of [
    { ...statements, items: [firstStatement] },
    { ...receipts, items: [firstReceipt] },
  ] satisfies Bundle[]) {
    const file = encodeBundle(bundle);
    for (let bit = 0; bit < file.length * 8; bit += deep ? 1 : 13) {
      const altered = file.slice();
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const parsed = parseBundle(altered);
      if (parsed.ok) assert.equal(verifyBundle(parsed.value, policy, { now }).state, 'failed', `bit ${bit}`);
    }
  }
});

test('the failing step and leaf are named', () => {
  assert.ok(firstStatement.body);
  const body = { ...firstStatement.body, bytes: utf8('We answer.\n') };
  const rows = [
    ['body-matches-leaf', { ...firstStatement, body }],
    ['body-matches-leaf', { ...firstStatement, body: secondStatement.body }],
    ['leaf-included', { ...firstStatement, leaf: secondStatement.leaf, body: secondStatement.body }],
    ['leaf-included', { ...firstStatement, proof: secondStatement.proof }],
    ['leaf-readable', { ...firstStatement, leaf: utf8('{}') }],
    ['proof-readable', { ...firstStatement, proof: 'c2sp.org/tlog-proof@v2\n' }],
  ] as const;
  for (const [code, item] of rows) {
    const report = verifyBundle({ ...statements, items: [secondStatement, item] }, policy, { now });
    assert.equal(report.state, 'failed', code);
    assert.equal(stateOf(report, code, 1), 'failed', code);
    assert.ok(report.items[0]?.steps.every(({ state }) => state === 'ok'));
  }
});

test('a bundle without its text leaves the record open, not proved', () => {
  const report = verifyBundle({ ...statements, items: [{ ...firstStatement, body: null }] }, policy, { now });
  assert.equal(report.state, 'unknown');
  assert.equal(stateOf(report, 'body-matches-leaf', 0), 'unknown');
});

test('no key inside a bundle is trusted', () => {
  const impostor = secretNoteKey('note', publicOrigin, fixed('impostor'));
  const parsed = parseProofFile(firstStatement.proof);
  assert.ok(parsed.ok);
  const note = parseNote(parsed.value.checkpoint);
  assert.ok(note.ok);
  const checkpoint = encodeNote({ text: note.value.text, signatures: [signNote(note.value.text, impostor)] });
  const proof = firstStatement.proof.replace(parsed.value.checkpoint, checkpoint);
  const ownPolicy = printPolicy({ ...policyWithoutWitnesses, logs: [{ key: impostor, url: null }] });
  const bundle: Bundle = { kind: 'statement', items: [{ ...firstStatement, proof }], policy: ownPolicy };
  const believed = parsePolicy(ownPolicy);
  assert.ok(believed.ok);
  assert.equal(verifyBundle(bundle, believed.value, { now }).state, 'ok', 'the forgery is well made');
  const report = verifyBundle(bundle, policyWithoutWitnesses, { now });
  assert.equal(stateOf(report, 'checkpoint-signed', 0), 'failed');
  assert.equal(stateOf(report, 'leaf-included', 0), 'unknown');
});

test('too few witnesses fail; a policy without witnesses says that the log stands alone', async () => {
  const one = { ...statements, items: await statementItems(1) };
  assert.equal(stateOf(verifyBundle(one, policy, { now }), 'checkpoint-witnessed', 0), 'failed');
  const alone = verifyBundle(one, policyWithoutWitnesses, { now });
  assert.equal(alone.state, 'ok');
  assert.equal(stateOf(alone, 'checkpoint-witnessed', 0), 'unknown');
  assert.equal(stateOf(alone, 'checkpoint-age', 0), 'unknown');
});

test('a checkpoint witnessed in the reader\u2019s future has no known age', () => {
  const report = verifyBundle(statements, policy, { now: witnessedAt - 3_600 });
  assert.equal(stateOf(report, 'checkpoint-age', 0), 'unknown');
});

test('receipts fail when one is missing, altered, reordered or of somebody else', () => {
  const rows = [
    ['receipt-chain-unbroken', [firstReceipt, thirdReceipt]],
    ['receipt-chain-unbroken', [secondReceipt, firstReceipt]],
    ['receipt-chain-unbroken', [{ ...firstReceipt, previous: fixed('x') }]],
  ] as const;
  for (const [code, items] of rows) {
    const report = verifyBundle({ ...receipts, items }, policy, { now });
    assert.equal(report.state, 'failed');
    assert.equal(stateOf(report, code), 'failed');
  }
  const other = verifyBundle({ ...receipts, subjectKey: fixed('other') }, policy, { now });
  assert.equal(stateOf(other, 'label-matches-subject-key', 0), 'failed');
  const opening = verifyBundle({ ...receipts, items: [{ ...firstReceipt, opening: fixed('x') }] }, policy, { now });
  assert.equal(stateOf(opening, 'event-matches-leaf', 0), 'failed');
  const renumbered = verifyBundle({ ...receipts, items: [{ ...secondReceipt, n: 1 }] }, policy, { now });
  assert.equal(renumbered.state, 'failed');
});

test('an event that counts itself differently than its place is not the one committed to', async () => {
  const event = canonicalPrivateEvent({ v: 1, type: 'a.b', seq: 2, at: '2026-01-02T00:00:00.000Z', body: null });
  const commitment = commitTo(event, firstReceipt.previous, firstReceipt.opening);
  const leaf = encodePrivateLeaf({ label: labelOf(subjectKey, 1), commitment });
  const proof = await proofOf(privateLogKey, [leaf], 0);
  const report = verifyBundle({ ...receipts, items: [{ ...firstReceipt, event, leaf, proof }] }, policy, { now });
  assert.equal(stateOf(report, 'leaf-included', 0), 'ok');
  assert.equal(stateOf(report, 'event-matches-leaf', 0), 'failed');
});

test('statements about one object are linked; a gap stays open, a second history fails', async () => {
  assert.equal(
    stateOf(verifyBundle({ ...statements, items: statements.items.toReversed() }, policy, { now }), 'object-chain-unbroken'),
    'ok',
  );
  const gap = verifyBundle({ ...statements, items: statements.items.toSpliced(1, 1) }, policy, { now });
  assert.deepEqual([stateOf(gap, 'object-chain-unbroken'), gap.state], ['unknown', 'ok']);
  const [, second] = publicLeaves;
  assert.ok(second);
  for (const rewritten of [
    { ...second, prev: 'a'.repeat(64) },
    { ...second, at: '2026-01-09T00:00:00.000Z' },
  ]) {
    const leaf = encodePublicLeaf(rewritten, allowed);
    const entries = [...publicEntries, leaf];
    const item = { ...secondStatement, leaf, proof: await proofOf(publicLogKey, entries, 3) };
    const others = rewritten.prev === second.prev ? [secondStatement] : [firstStatement];
    const report = verifyBundle({ ...statements, items: [...others, item] }, policy, { now });
    assert.equal(stateOf(report, 'leaf-included', 1), 'ok');
    assert.equal(stateOf(report, 'object-chain-unbroken'), 'failed');
    assert.equal(report.state, 'failed');
  }
});

test('receipts from a later event on are unbroken only as far as shown', () => {
  const report = verifyBundle({ ...receipts, items: [secondReceipt, thirdReceipt] }, policy, { now });
  assert.equal(stateOf(report, 'receipt-chain-unbroken'), 'unknown');
  assert.equal(report.state, 'unknown');
});

test('without the subject key the record holds and only the label stays open', () => {
  const report = verifyBundle({ ...receipts, subjectKey: null }, policy, { now });
  assert.equal(report.state, 'ok');
  assert.equal(stateOf(report, 'label-matches-subject-key', 0), 'unknown');
});

test('two histories of one size in one bundle are told as such', async () => {
  const rewritten = privateEntries.with(6, privateEntries[0] ?? new Uint8Array(96));
  const proof = await proofOf(privateLogKey, rewritten, 3);
  const report = verifyBundle({ ...receipts, items: [firstReceipt, { ...secondReceipt, proof }] }, policy, { now });
  assert.equal(stateOf(report, 'one-view-of-the-log'), 'failed');
});

test('a log cannot sign in the name of another log of the policy', async () => {
  const posing = { ...privateLogKey, name: publicOrigin };
  const renamed = { ...publicNoteKey('note', publicOrigin, privateLogKey.publicKey), seed: privateLogKey.seed };
  for (const key of [posing, renamed]) {
    const proof = await proofOf(key, publicEntries, 0);
    const report = verifyBundle({ ...statements, items: [{ ...firstStatement, proof }] }, policy, { now });
    assert.equal(stateOf(report, 'checkpoint-signed', 0), 'failed');
  }
  assert.notEqual(publicLogKey.id, renamed.id);
});

test('bundle files of another form are refused by name', () => {
  const good = Buffer.from(encodeBundle(statements)).toString();
  const rows = [
    ['bundle/not-canonical', good.trimEnd()],
    ['bundle/not-canonical', ` ${good}`],
    ['bundle/not-canonical', '[]\n'],
    ['bundle/format-unknown', good.replace('troth-bundle/v1', 'troth-bundle/v2')],
    ['bundle/kind-unknown', good.replace('"kind":"statement"', '"kind":"gossip"')],
    ['bundle/members-wrong', good.replace('"policy":null', '"policy":null,"subjectKey":null')],
    ['bundle/members-wrong', good.replace('"policy":null', '"policy":1')],
    ['bundle/no-items', '{"format":"troth-bundle/v1","items":[],"kind":"statement","policy":null}\n'],
    ['bundle/item-malformed', good.replace('"leaf":"', '"leaf":"=')],
    ['bundle/item-malformed', good.replace('"proof"', '"proog"')],
    [
      'bundle/subject-key-malformed',
      '{"format":"troth-bundle/v1","items":[],"kind":"receipt","policy":null,"subjectKey":"AA=="}\n',
    ],
  ] as const;
  for (const [refusal, text] of rows) {
    const parsed = parseBundle(utf8(text));
    assert.equal(parsed.ok ? 'accepted' : parsed.refusal, refusal);
  }
});
