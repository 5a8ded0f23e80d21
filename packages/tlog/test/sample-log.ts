import { hash } from 'node:crypto';
import {
  appendLeaves,
  canonicalPrivateEvent,
  commitTo,
  cosign,
  coverLeaf,
  emptyEdge,
  encodeCheckpoint,
  encodeNote,
  encodePrivateLeaf,
  encodeProofFile,
  encodePublicLeaf,
  hashBody,
  labelOf,
  leafHash,
  noCommitment,
  proveInclusion,
  rootOf,
  secretNoteKey,
  signNote,
  toHex,
  utf8,
  type AllowedFields,
  type Policy,
  type PublicLeaf,
  type ReceiptItem,
  type StatementItem,
} from '../src/index.ts';
import { naiveTree } from './naive-tree.ts';

// Two small logs, the same at every run: all keys, salts and openings are SHA-256 of a name.

export function fixed(name: string): Uint8Array {
  return new Uint8Array(hash('sha256', `troth sample ${name}`, 'buffer'));
}

export const publicOrigin = 'sample.invalid/log/public';
const privateOrigin = 'sample.invalid/log/private';
export const publicLogKey = secretNoteKey('note', publicOrigin, fixed('public log'));
export const privateLogKey = secretNoteKey('note', privateOrigin, fixed('private log'));
export const witnessKeys = ['one', 'two', 'three'].map((name) =>
  secretNoteKey('cosignature', `${name}.witness.invalid`, fixed(`witness ${name}`)),
);
/** 2026-01-02T03:04:05Z. */
export const witnessedAt = 1_767_323_045;

/** Both logs, three witnesses, two of which must have cosigned. */
export const policy: Policy = {
  logs: [publicLogKey, privateLogKey].map((key) => ({ key, url: null })),
  witnesses: witnessKeys.map((key) => ({ name: key.name, key, url: null })),
  groups: [{ name: 'two-of-three', threshold: 2, members: witnessKeys.map(({ name }) => name) }],
  quorum: 'two-of-three',
};
export const policyWithoutWitnesses: Policy = { logs: policy.logs, witnesses: [], groups: [], quorum: 'none' };

export const allowed: AllowedFields = {
  'policy.version-published': ['audience', 'effectiveAt', 'languages', 'major', 'zone'],
};

/** The checkpoint of these leaves, signed by the log and by the first `witnesses` witnesses. */
export function signedCheckpoint(key: typeof publicLogKey, leaves: readonly Uint8Array[], witnesses: number): string {
  const root = rootOf(appendLeaves(emptyEdge, leaves.map(leafHash)));
  const text = encodeCheckpoint({ origin: key.name, size: leaves.length, root, extensions: [] });
  const cosignatures = witnessKeys.slice(0, witnesses).map((witness, i) => cosign(text, witness, witnessedAt + i));
  return encodeNote({ text, signatures: [signNote(text, key), ...cosignatures] });
}

export async function proofOf(
  key: typeof publicLogKey,
  leaves: readonly Uint8Array[],
  index: number,
  witnesses = 2,
): Promise<string> {
  const path = await proveInclusion(naiveTree(leaves.map(leafHash)).readTile, index, leaves.length);
  return encodeProofFile({ extra: null, index, path, checkpoint: signedCheckpoint(key, leaves, witnesses) });
}

const texts = [
  'We answer within five working days.\n',
  'We answer within three working days.\n',
  'Wir antworten in drei Tagen. 🙂\n',
];
export const bodies = texts.map((text, i) => ({
  salt: fixed(`salt ${i}`),
  bytes: utf8(text),
  mediaType: 'text/markdown; charset=utf-8',
}));

export const publicLeaves: PublicLeaf[] = [];
for (const [i, body] of bodies.entries()) {
  const before = publicLeaves.at(-1);
  publicLeaves.push({
    type: 'policy.version-published',
    object: 'd0c5a1',
    seq: i + 1,
    prev: before ? toHex(leafHash(encodePublicLeaf(before, allowed))) : null,
    at: `2026-01-0${i + 1}T00:00:00.000Z`,
    bodyHash: hashBody(body.salt, body.bytes),
    bodyLength: body.bytes.length,
    mediaType: body.mediaType,
    fields: {
      audience: null,
      effectiveAt: '2026-02-01T00:00:00.000Z',
      languages: ['de', 'en'],
      major: i > 0,
      zone: 'Europe/Berlin',
    },
  });
}
export const publicEntries = publicLeaves.map((leaf) => encodePublicLeaf(leaf, allowed));

export async function statementItems(witnesses = 2): Promise<StatementItem[]> {
  return Promise.all(
    publicEntries.map(async (leaf, i) => ({
      proof: await proofOf(publicLogKey, publicEntries, i, witnesses),
      leaf,
      body: bodies[i] ?? null,
    })),
  );
}

export const subjectKey = fixed('subject key');
const events = ['support.question-asked', 'support.question-answered', 'support.answer-read'].map((type, i) =>
  canonicalPrivateEvent({ v: 1, type, seq: i + 1, at: `2026-01-02T00:00:0${i}.000Z`, body: { clause: 's4', n: i, note: 'ä' } }),
);

type Opened = Omit<ReceiptItem, 'proof'>;
export const opened: Opened[] = [];
let previous = noCommitment;
for (const [i, event] of events.entries()) {
  const opening = fixed(`opening ${i}`);
  const commitment = commitTo(event, previous, opening);
  const leaf = encodePrivateLeaf({ label: labelOf(subjectKey, i + 1), commitment });
  opened.push({ leaf, n: i + 1, opening, event, previous });
  previous = commitment;
}

/** The subject's three leaves at 1, 3 and 5 among covers. */
export const privateEntries = Array.from({ length: 7 }, (_, i) => {
  const cover = coverLeaf(new Uint8Array([...fixed(`cover ${i}`), ...fixed(`cover ${i} too`)]));
  return i % 2 === 1 ? (opened[(i - 1) / 2]?.leaf ?? cover) : cover;
});

export async function receiptItems(): Promise<ReceiptItem[]> {
  return Promise.all(
    opened.map(async (item, i) => ({ ...item, proof: await proofOf(privateLogKey, privateEntries, 2 * i + 1) })),
  );
}
