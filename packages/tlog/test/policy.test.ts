import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  emptyRoot,
  encodeCheckpoint,
  encodeNote,
  encodeVkey,
  evaluateCheckpoint,
  fingerprintOf,
  parsePolicy,
  printPolicy,
  signNote,
  type Policy,
} from '../src/index.ts';
import {
  policy,
  policyWithoutWitnesses,
  privateLogKey,
  publicEntries,
  publicLogKey,
  publicOrigin,
  signedCheckpoint,
  witnessedAt,
  witnessKeys,
} from './sample-log.ts';

const [w1 = '', w2 = '', w3 = ''] = witnessKeys.map(encodeVkey);
const log = encodeVkey(publicLogKey);

function read(text: string): Policy {
  const parsed = parsePolicy(text);
  assert.ok(parsed.ok, text);
  return parsed.value;
}

test('a policy file is read back as printed', () => {
  for (const known of [policy, policyWithoutWitnesses]) {
    const plain = read(printPolicy(known));
    assert.deepEqual(read(printPolicy(plain)), plain);
    assert.equal(printPolicy(plain), printPolicy(known));
  }
});

test('comments, tabs, spaces, URLs and any order of logs and witnesses are taken', () => {
  const text = `# whom we trust\n\n \twitness\tA ${w1} https://a.invalid\n log ${log} https://log.invalid/  \n#x\nquorum A`;
  const { logs, witnesses, quorum } = read(text);
  assert.deepEqual([logs[0]?.url, witnesses[0]?.url, quorum], ['https://log.invalid/', 'https://a.invalid', 'A']);
  const words = read(`witness A ${w1}\nwitness B ${w2}\ngroup g all A\ngroup h any g B\nquorum h\n`);
  assert.deepEqual(
    words.groups.map(({ threshold }) => threshold),
    [1, 1],
  );
});

test('policy files that could be misread are refused by name and line', () => {
  const rows = [
    ['policy/quorum-missing', ''],
    ['policy/quorum-missing', `log ${log}\n`],
    ['policy/quorum-repeated', 'quorum none\nquorum none\n'],
    ['policy/invalid-characters', 'quorum none\r\n'],
    ['policy/line-unknown', 'Quorum none\n'],
    ['policy/line-unknown', 'quorum\u00a0none\n'],
    ['policy/line-malformed', 'quorum none none\n'],
    ['policy/line-malformed', 'log\n'],
    ['policy/line-malformed', `witness A\n`],
    ['policy/line-malformed', `log ${log} url more\n`],
    ['policy/line-malformed', 'group g all\n'],
    ['policy/key-invalid', `log ${w1}\n`],
    ['policy/key-invalid', `witness A ${log}\n`],
    ['policy/key-invalid', `log ${log.slice(1)}\n`],
    ['policy/key-repeated', `log ${log}\nlog ${log}\n`],
    ['policy/key-repeated', `witness A ${w1}\nwitness B ${w1}\n`],
    ['policy/name-taken', `witness A ${w1}\nwitness A ${w2}\n`],
    ['policy/name-taken', `witness none ${w1}\n`],
    ['policy/name-taken', `witness A ${w1}\ngroup A all A\n`],
    ['policy/name-unknown', 'quorum A\n'],
    ['policy/name-unknown', `witness A ${w1}\ngroup g all A B\n`],
    ['policy/name-unknown', 'group g any none\n'],
    ['policy/member-repeated', `witness A ${w1}\ngroup g 2 A A\n`],
    ['policy/member-repeated', `witness A ${w1}\ngroup g any A\ngroup h any A\n`],
    ['policy/threshold-invalid', `witness A ${w1}\ngroup g 0 A\n`],
    ['policy/threshold-invalid', `witness A ${w1}\ngroup g 2 A\n`],
    ['policy/threshold-invalid', `witness A ${w1}\ngroup g 01 A\n`],
  ] as const;
  for (const [refusal, text] of rows) {
    const parsed = parsePolicy(text);
    assert.equal(parsed.ok ? 'accepted' : parsed.refusal, refusal, text);
  }
  assert.deepEqual(parsePolicy('\n\nQuorum none\n'), { ok: false, refusal: 'policy/line-unknown', facts: { line: 3 } });
});

test('a checkpoint is measured against nested groups', () => {
  const base = `log ${log}\nwitness A ${w1}\nwitness B ${w2}\nwitness C ${w3}\n`;
  // The checkpoint carries as many witnesses as the column says, in the order A, B, C.
  const rows = [
    ['group g all A B\ngroup h 2 g C\nquorum h\n', ['not-met', 'not-met', 'not-met', 'met']],
    ['group g all A B\ngroup h any g C\nquorum h\n', ['not-met', 'not-met', 'met', 'met']],
    ['quorum A\n', ['not-met', 'met', 'met', 'met']],
    ['quorum none\n', ['not-asked', 'not-asked', 'not-asked', 'not-asked']],
  ] as const;
  for (const [rules, verdicts] of rows) {
    for (const [witnesses, verdict] of verdicts.entries()) {
      const evaluated = evaluateCheckpoint(signedCheckpoint(publicLogKey, publicEntries, witnesses), read(base + rules));
      assert.equal(evaluated.ok && evaluated.value.quorum, verdict, `${rules} with ${witnesses}`);
    }
  }
});

test('the answer names the log, its fingerprint, and which witnesses signed when', () => {
  const evaluated = evaluateCheckpoint(signedCheckpoint(publicLogKey, publicEntries, 2), policy);
  assert.ok(evaluated.ok);
  const { checkpoint, log, witnesses, witnessesKnown } = evaluated.value;
  assert.deepEqual([checkpoint.origin, checkpoint.size, witnessesKnown], [publicOrigin, 3, 3]);
  assert.deepEqual(log, { keyName: publicOrigin, fingerprint: fingerprintOf(publicLogKey) });
  assert.deepEqual(
    witnesses.map(({ name, time }) => [name, time]),
    [
      ['one.witness.invalid', witnessedAt],
      ['two.witness.invalid', witnessedAt + 1],
    ],
  );
});

test('witnesses alone make no checkpoint', () => {
  const onlyWitnesses = { ...policy, logs: [] };
  const evaluated = evaluateCheckpoint(signedCheckpoint(publicLogKey, publicEntries, 3), onlyWitnesses);
  assert.equal(evaluated.ok ? 'accepted' : evaluated.refusal, 'checkpoint/not-signed-by-log');
});

test('a log of the policy cannot sign under the origin of another', () => {
  const text = encodeCheckpoint({ origin: publicOrigin, size: 0, root: emptyRoot(), extensions: [] });
  const source = encodeNote({ text, signatures: [signNote(text, privateLogKey)] });
  const evaluated = evaluateCheckpoint(source, policyWithoutWitnesses);
  assert.equal(evaluated.ok ? 'accepted' : evaluated.refusal, 'checkpoint/not-signed-by-log');
});
