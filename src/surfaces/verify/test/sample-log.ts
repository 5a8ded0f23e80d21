import { createHash } from 'node:crypto';
import {
  canonicalPrivateEvent,
  commitTo,
  cosign,
  coverLeaf,
  encodeBundle,
  encodeCheckpoint,
  encodeNote,
  encodePrivateLeaf,
  encodeProofFile,
  encodePublicLeaf,
  growTiles,
  hashBody,
  labelOf,
  leafHash,
  noCommitment,
  printPolicy,
  proveInclusion,
  rootFromTiles,
  secretNoteKey,
  signNote,
  toHex,
  utf8,
  type Bundle,
  type Policy,
  type ReceiptItem,
  type StatementItem,
  type TileReader,
} from '@troth/tlog';

// Two small logs, the same at every run: each key, salt and opening is the SHA-256 of a name.

export const fixed = (name: string): Uint8Array => new Uint8Array(createHash('sha256').update(`checker ${name}`).digest());

export const publicKey = secretNoteKey('note', 'trust.harbour.invalid/log/public', fixed('public'));
export const privateKey = secretNoteKey('note', 'trust.harbour.invalid/log/private', fixed('private'));
export const witness = secretNoteKey('cosignature', 'witness.invalid', fixed('witness'));
/** 2026-11-20T08:00:00Z. */
export const witnessedAt = 1_795_161_600;
export const now = witnessedAt + 3600;

const logs = [publicKey, privateKey].map((key) => ({ key, url: null }));
export const policy: Policy = { logs, witnesses: [], groups: [], quorum: 'none' };
export const witnessedPolicy: Policy = {
  logs,
  witnesses: [{ name: 'harbour-watch', key: witness, url: null }],
  groups: [],
  quorum: 'harbour-watch',
};
export const strangersPolicy: Policy = {
  ...policy,
  logs: [{ key: secretNoteKey('note', publicKey.name, fixed('a stranger')), url: null }],
};
export const policyText = printPolicy(policy);

/** A log of these entries: its tiles, and its signed checkpoint at any size. */
export class SampleLog {
  readonly key: typeof publicKey;
  readonly entries: readonly Uint8Array[];

  constructor(key: typeof publicKey, entries: readonly Uint8Array[]) {
    this.key = key;
    this.entries = entries;
  }

  readonly readTile: TileReader = async (level, n, width) => {
    const tiles = await growTiles(() => new Uint8Array(0), 0, this.entries.map(leafHash));
    const tile = tiles.find((filled) => filled.level === level && filled.n === n);
    if (!tile || tile.width < width) throw new Error('no such tile');
    return tile.bytes.slice(0, width * 32);
  };

  async checkpoint(size = this.entries.length, witnessed = false): Promise<string> {
    const root = await rootFromTiles(this.readTile, size);
    const text = encodeCheckpoint({ origin: this.key.name, size, root, extensions: [] });
    const cosignatures = witnessed ? [cosign(text, witness, witnessedAt)] : [];
    return encodeNote({ text, signatures: [signNote(text, this.key), ...cosignatures] });
  }

  async proof(index: number, size = this.entries.length, witnessed = false): Promise<string> {
    const path = await proveInclusion(this.readTile, index, size);
    return encodeProofFile({ extra: null, index, path, checkpoint: await this.checkpoint(size, witnessed) });
  }
}

const privacyText = `# Privacy policy

## What we keep, and for how long

We keep your messages for **two years**, then erase them from every system, backups included.

## Who sees your data

Nobody outside Harbour Bank sees it, except those named in the list of recipients.
`;
export const texts = [privacyText, privacyText.replace('two years', 'one year')];
export const bodies = texts.map((text, i) => ({
  salt: fixed(`salt ${i}`),
  bytes: utf8(text),
  mediaType: 'text/markdown; charset=utf-8',
}));

/** Fourteen entries; the policy is entry 12, its next version 13. A different `world` gives another history from entry 5 on. */
export function publicLog(world = ''): SampleLog {
  const entries: Uint8Array[] = [];
  for (let i = 0; i < 14; i++) {
    const body = bodies[i - 12];
    const leaf = {
      type: 'policy.version-published',
      object: body ? 'privacy' : i < 5 ? `o${i}` : `o${i}${world}`,
      seq: i === 13 ? 2 : 1,
      prev: i === 13 ? toHex(leafHash(entries[12] ?? new Uint8Array(0))) : null,
      at: `2026-11-${String(i + 1).padStart(2, '0')}T09:00:00.000Z`,
      bodyHash: body ? hashBody(body.salt, body.bytes) : null,
      bodyLength: body?.bytes.length ?? 0,
      mediaType: body?.mediaType ?? null,
      fields: {},
    };
    entries.push(encodePublicLeaf(leaf, { 'policy.version-published': [] }));
  }
  return new SampleLog(publicKey, entries);
}

const events = [
  ['question.asked', { question: 'Does “two years” include backups?', policy: 'privacy' }],
  ['question.answered', { answer: 'Yes. Backups are overwritten after thirty days.', late: false }],
  ['question.shown-to-everyone', { object: 'q7' }],
] as const;
export const subjectKey = fixed('subject');

const opened: Omit<ReceiptItem, 'proof'>[] = [];
let previous = noCommitment;
for (const [i, [type, body]] of events.entries()) {
  const event = canonicalPrivateEvent({ v: 1, type, seq: i + 1, at: `2026-11-1${i}T10:00:00.000Z`, body });
  const opening = fixed(`opening ${i}`);
  const commitment = commitTo(event, previous, opening);
  opened.push({ leaf: encodePrivateLeaf({ label: labelOf(subjectKey, i + 1), commitment }), n: i + 1, opening, event, previous });
  previous = commitment;
}

/** The person's three leaves at 1, 3 and 5 among covers. */
export const privateLog = new SampleLog(
  privateKey,
  Array.from({ length: 7 }, (_, i) => {
    const cover = coverLeaf(new Uint8Array([...fixed(`cover ${i}`), ...fixed(`cover ${i} too`)]));
    return i % 2 === 1 ? (opened[(i - 1) / 2]?.leaf ?? cover) : cover;
  }),
);

/** @param size Of the log at that time. */
export async function statement(
  index: number,
  log = publicLog(),
  size = log.entries.length,
  witnessed = false,
): Promise<StatementItem> {
  const leaf = log.entries[index] ?? new Uint8Array(0);
  return { proof: await log.proof(index, size, witnessed), leaf, body: bodies[index - 12] ?? null };
}

export async function statementBundle(...items: readonly StatementItem[]): Promise<Bundle> {
  return { kind: 'statement', items: items.length > 0 ? items : [await statement(12)], policy: null };
}

export async function receiptBundle(from = 0): Promise<Extract<Bundle, { kind: 'receipt' }>> {
  const items = await Promise.all(
    opened.slice(from).map(async (item, i) => ({ ...item, proof: await privateLog.proof(2 * (i + from) + 1) })),
  );
  return { kind: 'receipt', items, policy: null, subjectKey };
}

export const file = (name: string, bundle: Bundle) => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(encodeBundle(bundle)),
});
