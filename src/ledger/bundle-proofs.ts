import { encodeBundle, encodeProofFile, proveInclusion } from '@troth/tlog';
import type { Context } from '#kernel/context';
import type { Database } from '#kernel/sql';
import { type PublicEntry, readEntry } from './read-entry.ts';
import { readLogs, type SignedLog } from './read-log.ts';
import { readSubject } from './read-subject.ts';
import { tileReader } from './tile-reader.ts';

/** What may follow an entry in its file: enough for a version to see its successor and the entry after, in almost every history. */
const mostFollowing = 8;
const mostFollowingBytes = 1_000_000;

/**
 * One file with which a stranger checks an entry offline: the leaf, its text where it is public, and the proof up to the signature.
 * The same object's next entries are included, since they may supersede this one, as far as their texts are public and short enough
 * (the very next one always): an unbroken chain, so that the reader sees up to which one the object is known.
 * @param policy Whom to trust for the log, for reading only: checking never uses it.
 * @returns `null` when no signed checkpoint covers the entry.
 */
export async function bundleStatement(db: Database, index: number, policy: string | null): Promise<Uint8Array | null> {
  const logs = await readLogs(db);
  const log = logs.find(({ id }) => id === 'public');
  const entry = await readEntry(db, index);
  if (!log || !entry) return null;
  const items = await Promise.all(
    [entry, ...(await following(db, entry))].map(async ({ index: at, leafBytes, body }) => ({
      proof: await proofOf(db, log, at),
      leaf: leafBytes,
      body: body.state === 'open' ? { salt: body.salt, bytes: body.bytes, mediaType: body.mediaType } : null,
    })),
  );
  return encodeBundle({ kind: 'statement', items, policy });
}

async function following(db: Database, entry: PublicEntry): Promise<PublicEntry[]> {
  const found: PublicEntry[] = [];
  let length = 0;
  for (let at = entry.nextIndex; at !== null && found.length < mostFollowing; at = found.at(-1)?.nextIndex ?? null) {
    const next = await readEntry(db, at);
    if (!next) break;
    length += next.leaf.bodyLength;
    const open = next.body.state === 'open' || next.body.state === 'none';
    if (found.length > 0 && (!open || length > mostFollowingBytes)) break;
    found.push(next);
  }
  return found;
}

/** Everything recorded about one person that is signed so far, with what opens it. @returns `null` while nothing is signed yet. */
export async function bundleReceipt(ctx: Context, subject: string): Promise<Uint8Array | null> {
  const log = (await readLogs(ctx.db)).find(({ id }) => id === 'private');
  const { key, entries } = await readSubject(ctx, subject);
  if (!log) return null;
  const items = await Promise.all(
    entries.flatMap(({ index, canonical, ...entry }) =>
      // Signed between the two looks: it is in the next receipt.
      index === null || index >= log.size
        ? []
        : [proofOf(ctx.db, log, index).then((proof) => ({ ...entry, proof, event: canonical }))],
    ),
  );
  if (items.length === 0) return null;
  return encodeBundle({
    kind: 'receipt',
    items: items.map(({ proof, leaf, n, opening, event, previous }) => ({ proof, leaf, n, opening, event, previous })),
    policy: null,
    subjectKey: key,
  });
}

/** The path from a leaf to the signed root. @throws Error when the log was never signed. */
export async function proveEntry(db: Database, log: SignedLog, index: number): Promise<{ path: Uint8Array[]; note: string }> {
  if (log.note === null) throw new Error(`the ${log.id} log was never signed`);
  return { path: await proveInclusion(tileReader(db, log.id), index, log.size), note: log.note };
}

async function proofOf(db: Database, log: SignedLog, index: number): Promise<string> {
  const { path, note } = await proveEntry(db, log, index);
  return encodeProofFile({ extra: null, index, path, checkpoint: note });
}
