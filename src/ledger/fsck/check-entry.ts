import { parsePrivateLeaf, parsePublicLeaf } from '@troth/tlog';
import { sql } from 'kysely';
import { instantText } from '#kernel/context';
import type { Database } from '#kernel/sql';
import type { LogId } from '../tables.ts';
import type { Tell } from './fault.ts';

type EntryRow = {
  readonly index: number;
  readonly object: string | null;
  readonly seq: number | null;
  readonly type: string | null;
  readonly at: Temporal.Instant;
  readonly leaf: Buffer;
  readonly bodyHash: Buffer | null;
  readonly mediaType: string | null;
  readonly withheldAt: Temporal.Instant | null;
  /** SHA-256 over salt and text, computed where they lie: 256 texts of 5 MB would not fit here. */
  readonly actualHash: Buffer | null;
  readonly actualLength: number | null;
};

/** The entries from `first` up to before `end`, each with what is known of its text. */
export async function readEntryRows(db: Database, log: LogId, first: number, end: number): Promise<EntryRow[]> {
  const { rows } = await sql<EntryRow>`
    select e.index, e.object, e.seq, e.type, e.at, e.leaf, e.body_hash, b.media_type, b.withheld_at,
      pg_catalog.sha256(b.salt || b.bytes) as actual_hash, octet_length(b.bytes) as actual_length
    from ledger.event e left join ledger.body b on b.event_id = e.id
    where e.log = ${log} and e.index >= ${first} and e.index < ${end} order by e.index`.execute(db);
  return rows;
}

/** One entry by itself: the form of its leaf, its row, its text. */
export function checkEntry(row: EntryRow, log: LogId, tell: Tell): void {
  if (log === 'private') {
    const leaf = parsePrivateLeaf(row.leaf);
    if (!leaf.ok) tell('leaf-unreadable', log, row.index, { refusal: leaf.refusal });
    return;
  }
  // Which fields a type may have is the writer's affair; an older entry may have been written under another list.
  const leaf = parsePublicLeaf(row.leaf, null);
  if (!leaf.ok) return tell('leaf-unreadable', log, row.index, { refusal: leaf.refusal });
  const { value } = leaf;
  const bodyHash = row.bodyHash?.toString('hex') ?? null;
  const columns = {
    object: row.object === value.object,
    number: row.seq === value.seq,
    type: row.type === value.type,
    time: instantText(row.at) === value.at,
    'text hash': bodyHash === value.bodyHash,
  };
  const column = Object.entries(columns).find(([, same]) => !same)?.[0];
  if (column !== undefined) tell('row-differs', log, row.index, { column });
  if (value.bodyHash === null || row.withheldAt) return;
  if (!row.actualHash) return tell('body-missing', log, row.index);
  const same = row.actualHash.toString('hex') === value.bodyHash;
  if (!same || row.actualLength !== value.bodyLength || row.mediaType !== value.mediaType) tell('body-differs', log, row.index);
}
