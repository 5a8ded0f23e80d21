import { parsePrivateEvent } from '@troth/tlog';
import { type Context, mandateOf, PermissionMissing } from '#kernel/context';
import { isErased, readSubject } from '#ledger';

/** Something a delegate did for the principal, as it stands in the principal's record. */
export type MandateAct = { readonly type: string; readonly at: Temporal.Instant; readonly what: string | null };

/** What was done for a person, by mandate, newest first. Empty once the person is erased. Whoever calls decides who may see it. */
export async function actsFor(ctx: Context, principalId: string): Promise<ReadonlyMap<string, readonly MandateAct[]>> {
  if (await isErased(ctx.db, principalId)) return new Map();
  const { entries } = await readSubject(ctx, principalId);
  const acts = entries.flatMap(({ canonical }) => {
    const event = parsePrivateEvent(canonical);
    const by = event && byIn(event.body);
    return event && typeof by === 'string'
      ? [{ by, type: event.type, at: Temporal.Instant.from(event.at), what: whatIn(event.body) }]
      : [];
  });
  const grouped = Map.groupBy(acts.toReversed(), ({ by }) => by);
  return new Map([...grouped].map(([mandate, done]) => [mandate, done.map(({ type, at, what }) => ({ type, at, what }))]));
}

/** What a delegate did under the one mandate they act under at this moment, newest first. @throws PermissionMissing */
export async function actsUnder(ctx: Context, accountId: string): Promise<readonly MandateAct[]> {
  const mandate = mandateOf(ctx.actor, accountId);
  if (!mandate) throw new PermissionMissing('self:read');
  return (await actsFor(ctx, accountId)).get(mandate.id) ?? [];
}

/** Which setting was changed, or what was looked at. */
function whatIn(body: unknown): string | null {
  const said = typeof body === 'object' && body !== null ? { name: null, what: null, ...body } : { name: null, what: null };
  const what: unknown = said.what ?? said.name;
  return typeof what === 'string' ? what : null;
}

function byIn(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'by' in body ? body.by : undefined;
}
