import type { Database } from '#kernel/sql';

export type EntryOfEvent = { readonly index: number | null; readonly bodyHash: string | null };

/** Where events stand in the public record: `index` is `null` until a signed checkpoint covers them. */
export async function entriesOf(db: Database, eventIds: readonly string[]): Promise<Map<string, EntryOfEvent>> {
  if (eventIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('ledger.event as event')
    .innerJoin('ledger.log as log', 'log.id', 'event.log')
    .select(['event.id', 'event.index', 'event.bodyHash', 'log.signedSize'])
    .where('event.log', '=', 'public')
    .where('event.id', 'in', eventIds)
    .execute();
  return new Map(
    rows.map(({ id, index, bodyHash, signedSize }) => [
      id,
      { index: index !== null && index < signedSize ? index : null, bodyHash: bodyHash?.toString('hex') ?? null },
    ]),
  );
}
