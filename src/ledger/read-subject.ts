import { noCommitment, parsePrivateLeaf } from '@troth/tlog';
import type { Context } from '#kernel/context';
import { unsealEvent } from './sealed-event.ts';
import { subjectKey } from './subject-key.ts';

/** One event of a person with all that opens its commitment. */
export type SubjectEntry = {
  readonly n: number;
  /** Its place in the private log, or `null` until the next batch is signed. */
  readonly index: number | null;
  readonly leaf: Buffer;
  readonly opening: Uint8Array;
  readonly canonical: Uint8Array;
  readonly previous: Uint8Array;
};

/** Everything recorded about one person, oldest first, with the key that finds it. @throws SubjectErased */
export async function readSubject(ctx: Context, subject: string): Promise<{ key: Buffer; entries: SubjectEntry[] }> {
  const key = await subjectKey(ctx, subject);
  const rows = await ctx.db
    .selectFrom('ledger.event as event')
    .innerJoin('ledger.log as log', 'log.id', 'event.log')
    .select(['event.id', 'event.index', 'event.seq', 'event.leaf', 'event.sealed', 'log.signedSize'])
    .where('event.log', '=', 'private')
    .where('event.object', '=', subject)
    .orderBy('event.seq')
    .execute();
  let previous = noCommitment;
  const entries = rows.map((row) => {
    const leaf = parsePrivateLeaf(row.leaf);
    if (!leaf.ok || !row.sealed || row.seq === null) throw new Error(`event ${row.id} of a subject is damaged`);
    const entry = {
      n: row.seq,
      index: row.index !== null && row.index < row.signedSize ? row.index : null,
      leaf: row.leaf,
      ...unsealEvent(key, row.id, row.sealed),
      previous,
    };
    previous = leaf.value.commitment;
    return entry;
  });
  return { key: key.bytes, entries };
}
