import type { Database } from '#kernel/sql';

/** The exact bytes that a statement carried; `null` when they were withheld or it had none. Whoever calls decides who may read them. */
export async function bodyOfEvent(db: Database, eventId: string): Promise<Buffer | null> {
  const row = await db.selectFrom('ledger.body').select('bytes').where('eventId', '=', eventId).executeTakeFirst();
  return row?.bytes ?? null;
}
