import type { Visibility } from '#kernel/context';
import type { Database } from '#kernel/sql';

/** What lies behind a public entry's hash: readable, withheld with a reason, open to customers only, or nothing was attached. */
export type EntryBody =
  | { readonly state: 'none' }
  | { readonly state: 'open'; readonly bytes: Buffer; readonly salt: Buffer; readonly mediaType: string }
  | { readonly state: 'withheld'; readonly reason: string; readonly at: Temporal.Instant }
  | { readonly state: 'customers' };

export type BodyRow = {
  readonly hash: Buffer | null;
  readonly mediaType: string | null;
  readonly salt: Buffer | null;
  readonly bytes: Buffer | null;
  readonly withheldAt: Temporal.Instant | null;
  readonly withheldReason: string | null;
  readonly visibility: Visibility | null;
};

/** The body with this hash as a visitor may see it; `null` when no entry carries the hash. */
export async function readBody(db: Database, hash: Uint8Array): Promise<EntryBody | null> {
  const row = await db
    .selectFrom('ledger.body as body')
    .innerJoin('ledger.event as event', 'event.id', 'body.eventId')
    .leftJoin('ledger.object as object', 'object.id', 'event.object')
    .select([
      'body.hash',
      'body.mediaType',
      'body.salt',
      'body.bytes',
      'body.withheldAt',
      'body.withheldReason',
      'object.visibility',
    ])
    .where('body.hash', '=', Buffer.from(hash))
    .executeTakeFirst();
  return row ? bodyOf(row) : null;
}

export function bodyOf(row: BodyRow): EntryBody {
  if (!row.hash) return { state: 'none' };
  if (row.withheldAt) return { state: 'withheld', reason: row.withheldReason ?? '', at: row.withheldAt };
  // Leaving the public takes the text back from visitors too; the statement that it left stays.
  if (row.visibility !== 'public') return { state: 'customers' };
  if (!row.salt || !row.bytes || !row.mediaType) throw new Error('a body that is not withheld has salt and bytes');
  return { state: 'open', bytes: row.bytes, salt: row.salt, mediaType: row.mediaType };
}
