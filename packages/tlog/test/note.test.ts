import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  cosign,
  encodeCheckpoint,
  encodeNote,
  encodeSkey,
  encodeVkey,
  parseCheckpoint,
  parseNote,
  parseSkey,
  parseVkey,
  publicNoteKey,
  secretNoteKey,
  signNote,
  toBase64,
  verifyNote,
  type NoteSignature,
} from '../src/index.ts';
import { fixed, publicEntries, publicLogKey, signedCheckpoint, witnessedAt, witnessKeys } from './sample-log.ts';

const [witness] = witnessKeys;
assert.ok(witness);
const text = 'one line\n\nand one after a blank line\n';
const signature = signNote(text, publicLogKey);

function note(signatures: readonly NoteSignature[], noteText = text): string {
  return encodeNote({ text: noteText, signatures });
}

function refusalOf(source: string): string {
  const verified = verifyNote(source, [publicLogKey, witnessKeys[0] ?? publicLogKey]);
  return verified.ok ? 'accepted' : verified.refusal;
}

test('keys are read back as written, and the id binds name, type and key', () => {
  for (const key of [publicLogKey, witness]) {
    const { seed: _, ...publicKey } = key;
    assert.deepEqual(parseVkey(encodeVkey(key)), { ok: true, value: publicKey });
    assert.deepEqual(parseSkey(encodeSkey(key)), { ok: true, value: key });
  }
  assert.notEqual(publicNoteKey('note', 'a', witness.publicKey).id, publicNoteKey('cosignature', 'a', witness.publicKey).id);
});

test('a key of the tessera project\u2019s test log is understood', () => {
  const parsed = parseVkey('example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx');
  assert.ok(parsed.ok);
  assert.equal(parsed.value.id, '33d7b496');
});

test('keys of another form are refused by name', () => {
  const vkey = encodeVkey(publicLogKey);
  const ecdsa = toBase64(new Uint8Array([2, ...publicLogKey.publicKey]));
  const rows = [
    ['key/not-a-key', ''],
    ['key/not-a-key', 'a+b'],
    ['key/not-a-key', `${vkey}=`],
    ['key/not-a-key', `${vkey}\n`],
    ['key/not-a-key', vkey.replace(publicLogKey.id, publicLogKey.id.toUpperCase())],
    ['key/name-invalid', vkey.replace('sample', 'sam ple')],
    ['key/name-invalid', vkey.replace(publicLogKey.name, '')],
    ['key/id-mismatch', vkey.replace('sample', 'simple')],
    ['key/type-unsupported', `a+00000000+${ecdsa}`],
    ['key/not-a-key', `a+00000000+${toBase64(new Uint8Array([1, 2]))}`],
  ] as const;
  for (const [refusal, source] of rows) {
    const parsed = parseVkey(source);
    assert.equal(parsed.ok ? 'accepted' : parsed.refusal, refusal, JSON.stringify(source));
  }
  assert.ok(!parseSkey(vkey).ok);
  assert.throws(() => publicNoteKey('note', 'with+plus', publicLogKey.publicKey), RangeError);
});

test('a note splits at its last blank line and verifies', () => {
  const parsed = parseNote(note([signature]));
  assert.deepEqual(parsed, { ok: true, value: { text, signatures: [signature] } });
  assert.equal(refusalOf(note([signature])), 'accepted');
});

test('unknown keys are ignored, even with a known name or id; a known key that does not verify spoils the note', () => {
  const bad = { ...signature, bytes: signature.bytes.with(3, (signature.bytes[3] ?? 0) ^ 1) };
  const rows: [string, NoteSignature[]][] = [
    ['accepted', [{ ...bad, name: 'stranger.invalid' }, signature]],
    ['accepted', [{ ...bad, id: '00000000' }, signature]],
    ['accepted', [signature, signature]],
    ['note/signature-invalid', [signature, bad]],
    ['note/signature-invalid', [bad, signature]],
    ['note/signature-invalid', [{ ...signature, bytes: signature.bytes.subarray(1) }]],
    ['note/no-known-signature', [{ ...signature, name: 'stranger.invalid' }]],
    ['note/no-known-signature', [{ ...signature, id: '00000000' }]],
  ];
  for (const [verdict, signatures] of rows) assert.equal(refusalOf(note(signatures)), verdict);
});

test('hostile notes are refused by name', () => {
  const good = note([signature]);
  const many = note(Array.from({ length: 101 }, () => signature));
  const rows = [
    ['note/no-signatures', ''],
    ['note/no-signatures', 'one line\n'],
    ['note/signature-line-malformed', text],
    ['note/no-signatures', good.trimEnd()],
    ['note/no-signatures', `${text}\n`],
    ['note/invalid-characters', good.replace('one', 'o\rne')],
    ['note/invalid-characters', good.replace('one', 'o\u0000ne')],
    ['note/invalid-characters', good.replace('one', 'o\ud800ne')],
    ['note/signature-line-malformed', good.replace('\u2014 ', '- ')],
    ['note/signature-line-malformed', good.replace('\u2014 ', '\u2014  ')],
    ['note/signature-line-malformed', good.replace(/\n$/, ' \n')],
    ['note/signature-line-malformed', good.replace(/=\n$/, '\n')],
    ['note/signature-line-malformed', good.replace('sample.invalid', 'sample\u00a0invalid')],
    ['note/signature-line-malformed', good.replace('sample.invalid', 'sample+invalid')],
    ['note/signature-line-malformed', `${text}\n\u2014 a AAAAAA==\n`],
    ['note/too-many-signatures', many],
    ['note/signature-invalid', good.replace('one line', 'One line')],
  ] as const;
  for (const [refusal, source] of rows) assert.equal(refusalOf(source), refusal, JSON.stringify(source.slice(0, 80)));
});

test('sixteen signatures and more are taken', () => {
  const others = Array.from({ length: 31 }, (_, i) =>
    signNote(text, secretNoteKey('note', `other${i}.invalid`, fixed(`other ${i}`))),
  );
  assert.equal(refusalOf(note([...others, signature])), 'accepted');
});

test('a cosignature binds the time and the whole text', () => {
  const cosignature = cosign(text, witness, witnessedAt);
  const verified = verifyNote(note([cosignature]), [witness]);
  assert.ok(verified.ok);
  assert.deepEqual(
    verified.value.signatures.map(({ time }) => time),
    [witnessedAt],
  );
  const later = { ...cosignature, bytes: cosignature.bytes.with(7, (cosignature.bytes[7] ?? 0) ^ 1) };
  assert.equal(refusalOf(note([later])), 'note/signature-invalid');
  assert.equal(refusalOf(note([cosignature], 'another text\n')), 'note/signature-invalid');
  const beyond = { ...cosignature, bytes: cosignature.bytes.with(0, 0x7f) };
  assert.equal(refusalOf(note([beyond])), 'note/signature-invalid');
});

test('a key signs only what its type is for', () => {
  assert.throws(() => signNote(text, witness), RangeError);
  assert.throws(() => cosign(text, publicLogKey, witnessedAt), RangeError);
  assert.throws(() => cosign(text, witness, -1), RangeError);
});

test('checkpoints are read back as written, with their extension lines', () => {
  for (const extensions of [[], ['x', 'y z']]) {
    const checkpoint = { origin: 'o', size: 2 ** 53 - 1, root: fixed('root'), extensions };
    assert.deepEqual(parseCheckpoint(encodeCheckpoint(checkpoint)), { ok: true, value: checkpoint });
  }
});

test('checkpoints of another form are refused by name', () => {
  const root = toBase64(fixed('root'));
  const rows = [
    ['checkpoint/malformed', ''],
    ['checkpoint/malformed', `o\n1\n${root}`],
    ['checkpoint/malformed', `\n1\n${root}\n`],
    ['checkpoint/malformed', `o\n1\n${root}\n\n`],
    ['checkpoint/malformed', `o\n1\n${root}\nx\n\ny\n`],
    ['checkpoint/malformed', `o\n1\n`],
    ['checkpoint/size-invalid', `o\n01\n${root}\n`],
    ['checkpoint/size-invalid', `o\n+1\n${root}\n`],
    ['checkpoint/size-invalid', `o\n-0\n${root}\n`],
    ['checkpoint/size-invalid', `o\n1e3\n${root}\n`],
    ['checkpoint/size-invalid', `o\n9007199254740992\n${root}\n`],
    ['checkpoint/size-invalid', `o\n18446744073709551615\n${root}\n`],
    ['checkpoint/root-invalid', `o\n1\n${root.slice(0, -1)}\n`],
    ['checkpoint/root-invalid', `o\n1\n${root.replace(/.=$/, 'B=')}\n`],
    ['checkpoint/root-invalid', 'o\n1\nAAAA\n'],
  ] as const;
  for (const [refusal, source] of rows) {
    const parsed = parseCheckpoint(source);
    assert.equal(parsed.ok ? 'accepted' : parsed.refusal, refusal, JSON.stringify(source));
  }
  assert.throws(() => encodeCheckpoint({ origin: 'a\nb', size: 1, root: fixed('root'), extensions: [] }), RangeError);
  assert.throws(() => encodeCheckpoint({ origin: 'a', size: -1, root: fixed('root'), extensions: [] }), RangeError);
});

test('a signed checkpoint with its witnesses verifies as one note', () => {
  const verified = verifyNote(signedCheckpoint(publicLogKey, publicEntries, 3), [publicLogKey, ...witnessKeys]);
  assert.ok(verified.ok);
  assert.deepEqual(
    verified.value.signatures.map(({ time }) => time),
    [null, witnessedAt, witnessedAt + 1, witnessedAt + 2],
  );
});
