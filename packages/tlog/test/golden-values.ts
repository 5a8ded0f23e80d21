import {
  appendLeaves,
  emptyEdge,
  encodeBundle,
  encodeEntries,
  encodeSkey,
  encodeVkey,
  fingerprintOf,
  leafHash,
  parseUtf8,
  printPolicy,
  proveConsistency,
  proveInclusion,
  rootOf,
  toBase64,
  toHex,
  type Json,
  type PublicNoteKey,
  type SecretNoteKey,
} from '../src/index.ts';
import { entryAt, naiveTree } from './naive-tree.ts';
import {
  bodies,
  opened,
  policy,
  privateEntries,
  privateLogKey,
  publicEntries,
  publicLogKey,
  receiptItems,
  signedCheckpoint,
  statementItems,
  subjectKey,
  witnessKeys,
} from './sample-log.ts';

/** Our own vectors, by file name: everything FORMAT.md promises to keep, computed from the fixed seeds of the sample logs. */
export async function goldenValues(): Promise<Record<string, Json>> {
  return {
    'tree.json': await treeValues(),
    'keys.json': [publicLogKey, privateLogKey, ...witnessKeys].map(keyValues),
    'public-leaves.json': publicEntries.map((entry, i) => ({
      entry: text(entry),
      leafHash: toHex(leafHash(entry)),
      salt: toHex(bodies[i]?.salt ?? entry),
      body: text(bodies[i]?.bytes ?? entry),
    })),
    'private-leaves.json': {
      subjectKey: toHex(subjectKey),
      events: opened.map(({ n, event, opening, previous, leaf }) => ({
        n,
        event: text(event),
        opening: toHex(opening),
        previous: toHex(previous),
        leaf: toHex(leaf),
        leafHash: toHex(leafHash(leaf)),
      })),
    },
    'log.json': {
      policy: printPolicy(policy),
      publicCheckpoint: signedCheckpoint(publicLogKey, publicEntries, 3),
      privateCheckpoint: signedCheckpoint(privateLogKey, privateEntries, 2),
      publicEntryBundle: toBase64(encodeEntries(publicEntries)),
    },
    'bundles.json': {
      statement: text(encodeBundle({ kind: 'statement', items: await statementItems(), policy: printPolicy(policy) })),
      receipt: text(encodeBundle({ kind: 'receipt', items: await receiptItems(), policy: null, subjectKey })),
    },
  };
}

async function treeValues(): Promise<Json> {
  const hashes = Array.from({ length: 300 }, (_, i) => leafHash(entryAt(i)));
  const { readTile } = naiveTree(hashes);
  return {
    entries: 'entry 0, entry 1, … in UTF-8',
    roots: [0, 1, 2, 3, 7, 255, 256, 257, 300].map((size) => ({
      size,
      root: toHex(rootOf(appendLeaves(emptyEdge, hashes.slice(0, size)))),
    })),
    inclusion: { index: 256, size: 300, path: (await proveInclusion(readTile, 256, 300)).map(toHex) },
    consistency: { from: 7, to: 300, proof: (await proveConsistency(readTile, 7, 300)).map(toHex) },
  };
}

function keyValues(key: SecretNoteKey): Json {
  const { seed: _, ...publicKey }: SecretNoteKey & PublicNoteKey = key;
  return { seed: toHex(key.seed), skey: encodeSkey(key), vkey: encodeVkey(publicKey), fingerprint: fingerprintOf(publicKey) };
}

function text(bytes: Uint8Array): string {
  return parseUtf8(bytes) ?? '';
}
