import {
  appendLeaves,
  emptyEdge,
  equalBytes,
  evaluateCheckpoint,
  type EvaluatedCheckpoint,
  hashLength,
  leafHash,
  parseEntries,
  type Policy,
  rootOf,
  type Tile,
  tilePath,
  toHex,
} from '@troth/tlog';
import { Tower } from '#ledger';
import { StartupProblem } from '../app/startup-problem.ts';
import { type Fetched } from './fetch-bounded.ts';

/** Fetches what lies at a path below the log's prefix; at most `limit` bytes. */
export type ReadLog = (path: string, limit: number) => Promise<Fetched>;

export type LogReport = { readonly verified: boolean; readonly lines: readonly string[] };

const mostCheckpointBytes = 64 * 1024;
const entryBytes = 2 + 65_535;

/**
 * Fetches a whole log, recomputes its root from every entry and every tile, and compares it with what a trusted key signed.
 * @returns `null` when there is no log at this place yet.
 */
export async function verifyLog(
  read: ReadLog,
  policy: Policy,
  progress: (at: number, size: number) => void,
): Promise<LogReport | null> {
  const answer = await read('checkpoint', mostCheckpointBytes);
  if (answer.status === 404) return null;
  if (answer.status !== 200) return failed(`The checkpoint cannot be had: the server answers ${answer.status}.`);
  const evaluated = evaluateCheckpoint(Buffer.from(answer.bytes).toString('utf8'), policy);
  if (!evaluated.ok) return failed(`The checkpoint is not one that a log of your policy signed (${evaluated.refusal}).`);
  const { checkpoint, quorum } = evaluated.value;
  const about = describe(evaluated.value);
  if (quorum === 'not-met') return failed(...about, 'Too few of the witnesses of your policy have confirmed this checkpoint.');
  const found = await recompute(read, checkpoint.size, progress);
  if ('fault' in found) return failed(...about, found.fault);
  if (!equalBytes(found.root, checkpoint.root)) {
    return failed(...about, `The ${checkpoint.size} entries give another root than the signed one: ${toHex(found.root)}`);
  }
  return {
    verified: true,
    lines: [...about, 'Verified: every entry and every tile was fetched, and they give the signed root.'],
  };
}

function failed(...lines: string[]): LogReport {
  return { verified: false, lines };
}

function describe({ checkpoint, log, witnesses, witnessesKnown }: EvaluatedCheckpoint): string[] {
  const names = witnesses.map(({ name }) => name).join(', ');
  return [
    `Log          ${checkpoint.origin}`,
    `Entries      ${checkpoint.size}`,
    `Root         ${toHex(checkpoint.root)}`,
    `Signed by    ${log.keyName}, key ${log.fingerprint}`,
    witnesses.length === 0
      ? `Witnesses    none: signed by ${log.keyName} alone; not witnessed`
      : `Witnesses    ${witnesses.length} of ${witnessesKnown}: ${names}`,
  ];
}

type Recomputed = { readonly root: Uint8Array } | { readonly fault: string };

async function recompute(read: ReadLog, size: number, progress: (at: number, size: number) => void): Promise<Recomputed> {
  const tower = new Tower();
  let edge = emptyEdge;
  for (let n = 0; n * 256 < size; n += 1) {
    const width = Math.min(256, size - n * 256);
    const bundle = await readTile(read, { level: 'entries', n, width }, 256 * entryBytes);
    const entries = bundle && parseEntries(bundle)?.slice(0, width);
    if (entries?.length !== width) return { fault: `Entries ${n * 256} to ${n * 256 + width - 1} cannot be had or read.` };
    const hashes = entries.map(leafHash);
    edge = appendLeaves(edge, hashes);
    for (const hash of hashes) {
      for (const layer of tower.add({ leaf: hash, tile: hash })) {
        const fault = await compareTile(read, layer);
        if (fault) return { fault };
      }
    }
    progress(edge.size, size);
  }
  for (const layer of tower.rest()) {
    const fault = await compareTile(read, layer);
    if (fault) return { fault };
  }
  return { root: rootOf(edge) };
}

async function compareTile(read: ReadLog, { level, n, pairs }: ReturnType<Tower['rest']>[number]): Promise<string | null> {
  const tile = { level, n, width: pairs.length };
  const bytes = await readTile(read, tile, 256 * hashLength);
  if (!bytes || bytes.length < pairs.length * hashLength) return `The tile ${tilePath(tile)} cannot be had.`;
  const at = pairs.findIndex(({ leaf }, i) => !equalBytes(leaf, bytes.subarray(i * hashLength, (i + 1) * hashLength)));
  if (at === -1) return null;
  return `The tile ${tilePath(tile)} does not belong to the entries, from entry ${(n * 256 + at) * 256 ** level} on.`;
}

/** A partial tile may be gone once the full one exists. */
async function readTile(read: ReadLog, tile: Tile, limit: number): Promise<Uint8Array | null> {
  for (const path of new Set([tilePath(tile), tilePath({ ...tile, width: 256 })])) {
    const { status, bytes } = await read(path, limit);
    if (status === 200) return bytes;
    if (status !== 404) throw new StartupProblem(`The server answers ${status} for ${path}.`);
  }
  return null;
}
