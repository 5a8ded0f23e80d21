import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { entriesOf, readBody } from '#ledger';
import type { PolicyRecord } from './read-policies.ts';

export type LoggedText = { readonly bytes: Buffer; readonly salt: Buffer; readonly bodyHash: string };
export type LoggedTextRefusal = 'policies/version-not-found' | 'policies/text-withheld';

/** The text as the log keeps it, not the working copy beside it: what was withheld there is withheld here. */
export async function readLoggedText(
  ctx: Context,
  { versions }: PolicyRecord,
  number: number,
): Promise<Outcome<LoggedText, LoggedTextRefusal>> {
  const eventId = versions.find((version) => version.number === number)?.eventId ?? null;
  if (eventId === null) return refuse('policies/version-not-found');
  const bodyHash = (await entriesOf(ctx.db, [eventId])).get(eventId)?.bodyHash ?? null;
  const body = bodyHash === null ? null : await readBody(ctx.db, Buffer.from(bodyHash, 'hex'));
  if (bodyHash === null || !body || body.state === 'none') throw new Error(`version ${number} has no body in the log`);
  // A policy that is not public was not found before this; what is left is a text taken back by law.
  return body.state === 'open' ? done({ bytes: body.bytes, salt: body.salt, bodyHash }) : refuse('policies/text-withheld');
}
