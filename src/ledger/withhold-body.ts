import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';

export const withholdReasons = ['court-order', 'erasure-request', 'personal-data', 'unlawful-content'] as const;
export type WithholdReason = (typeof withholdReasons)[number];
export type WithholdRefusal = 'ledger/body-not-found' | 'ledger/body-already-withheld';

/**
 * Lawful takedown: text and salt are destroyed, the leaf and every proof stay, and the log says that and why.
 * Without the salt the hash no longer lets anybody confirm a guess of what was withheld.
 * Who may ask for it is the calling verb's to check: staff by permission, a person for what is their own.
 */
export async function withholdBody(
  ctx: Context,
  { hash, reason }: { hash: Buffer; reason: WithholdReason },
): Promise<Outcome<null, WithholdRefusal>> {
  const body = await ctx.db
    .selectFrom('ledger.body as body')
    .innerJoin('ledger.event as event', 'event.id', 'body.eventId')
    .select(['body.withheldAt', 'event.object', 'body.hash'])
    .where('body.hash', '=', hash)
    .forUpdate('body')
    .executeTakeFirst();
  if (!body?.object) return refuse('ledger/body-not-found');
  if (body.withheldAt) return refuse('ledger/body-already-withheld');
  await ctx.db
    .updateTable('ledger.body')
    .set({ bytes: null, salt: null, withheldAt: ctx.now(), withheldReason: reason })
    .where('hash', '=', hash)
    .execute();
  await ctx.record({ type: 'body.withheld', object: body.object, fields: { reason, withheld: body.hash.toString('hex') } });
  return done(null);
}
