import { randomBytes } from 'node:crypto';
import {
  type AllowedFields,
  canonicalPrivateEvent,
  commitTo,
  encodePrivateLeaf,
  encodePublicLeaf,
  type Json,
  labelOf,
  leafHash,
  noCommitment,
} from '@troth/tlog';
import { type Actor, type NewEvent, type ObjectEvent, type Secrets, actorName, instantText, mandateOf } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { rowId } from '#kernel/ids';
import type { Database } from '#kernel/sql';
import { sealEvent } from './sealed-event.ts';
import { eraseSubject, type SubjectKey, subjectKey } from './subject-key.ts';
import type { LogId } from './tables.ts';
import { visibilityOf } from './visibility.ts';

type Scope = {
  readonly db: Database;
  readonly secrets: Secrets;
  readonly leafFields: AllowedFields;
  readonly now: Temporal.Instant;
  readonly actor: Actor;
};

type Pending = { readonly id: string; readonly log: LogId; readonly object: string; readonly event: NewEvent };
type Head = { seq: number; link: Buffer | null };

/** Collects the events of one act and writes them at its end: heads are then locked in one order, whoever records what first. */
export function openRecorder(scope: Scope): {
  readonly record: (event: NewEvent) => Promise<string>;
  readonly flush: () => Promise<number>;
} {
  const pending: Pending[] = [];
  return {
    async record(made) {
      const id = rowId(scope.now);
      const event = withMandate(made, scope.actor);
      // Taken now and not at flush: a move out of public is itself still a public statement.
      if ('subject' in event) pending.push({ id, log: 'private', object: event.subject, event });
      else {
        const visibility = await visibilityOf(scope.db, event.object);
        pending.push({ id, log: visibility === 'rehearsal' ? 'private' : 'public', object: event.object, event });
      }
      return id;
    },
    async flush() {
      if (pending.length > 0) await writeEvents(scope, pending);
      return pending.length;
    },
  };
}

/** What a delegate does for somebody stands in that person's record with the mandate it rests on, whatever the verb wrote. */
function withMandate(event: NewEvent, actor: Actor): NewEvent {
  const mandate = 'subject' in event ? mandateOf(actor, event.subject) : null;
  if (!('subject' in event) || !mandate) return event;
  return { ...event, body: { ...(isRecord(event.body) ? event.body : { said: event.body }), by: mandate.id } };
}

function isRecord(body: Json): body is { readonly [key: string]: Json } {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}

async function writeEvents(scope: Scope, pending: readonly Pending[]): Promise<void> {
  const heads = await lockHeads(scope.db, pending);
  const keys = new Map<string, SubjectKey>();
  for (const { id, log, object, event } of pending) {
    const head = heads.get(`${log}/${object}`);
    if (!head) throw new Error(`no head was locked for ${object}`);
    head.seq += 1;
    const at = instantText(scope.now);
    if (log === 'public' && 'object' in event) {
      await writePublic(scope, { id, event, seq: head.seq, at, head });
    } else {
      let key = keys.get(object);
      if (!key) keys.set(object, (key = await subjectKey(scope, object)));
      await writePrivate(scope, { id, object, event, seq: head.seq, at, head, key });
    }
  }
  for (const { log, object } of pending) {
    const head = heads.get(`${log}/${object}`);
    if (head) {
      await scope.db
        .updateTable('ledger.objectHead')
        .set({ seq: head.seq, link: head.link })
        .where('object', '=', object)
        .where('log', '=', log)
        .execute();
    }
  }
  for (const { event } of pending) {
    if ('subject' in event && event.thenErase) await eraseSubject(scope.db, event.subject, scope.now);
  }
}

/** Locks in (object, log) order, so that two acts on the same objects wait for each other instead of deadlocking. */
async function lockHeads(db: Database, pending: readonly Pending[]): Promise<Map<string, Head>> {
  const wanted = new Map(pending.map(({ log, object }) => [`${log}/${object}`, { log, object }]));
  const ordered = [...wanted.values()].toSorted((a, b) => (a.object + a.log < b.object + b.log ? -1 : 1));
  await db
    .insertInto('ledger.objectHead')
    .values(ordered.map(({ log, object }) => ({ log, object, seq: 0, link: null })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const heads = new Map<string, Head>();
  for (const { log, object } of ordered) {
    const row = await db
      .selectFrom('ledger.objectHead')
      .select(['seq', 'link'])
      .where('object', '=', object)
      .where('log', '=', log)
      .forUpdate()
      .executeTakeFirstOrThrow();
    heads.set(`${log}/${object}`, row);
  }
  return heads;
}

type PublicEntry = { id: string; event: ObjectEvent; seq: number; at: string; head: Head };

async function writePublic(scope: Scope, { id, event, seq, at, head }: PublicEntry): Promise<void> {
  const salt = event.body ? randomBytes(32) : null;
  const bodyHash = event.body && salt ? sha256(salt, event.body.bytes) : null;
  const leaf = encodePublicLeaf(
    {
      type: event.type,
      object: event.object,
      seq,
      prev: head.link?.toString('hex') ?? null,
      at,
      bodyHash: bodyHash?.toString('hex') ?? null,
      bodyLength: event.body?.bytes.length ?? 0,
      mediaType: event.body?.mediaType ?? null,
      fields: event.fields ?? {},
    },
    scope.leafFields,
  );
  head.link = Buffer.from(leafHash(leaf));
  await insertEvent(scope, { id, log: 'public', object: event.object, seq, type: event.type, leaf, bodyHash, sealed: null });
  if (event.body && salt && bodyHash) {
    await scope.db
      .insertInto('ledger.body')
      .values({
        hash: bodyHash,
        eventId: id,
        mediaType: event.body.mediaType,
        salt,
        bytes: event.body.bytes,
        withheldAt: null,
        withheldReason: null,
      })
      .execute();
  }
}

type PrivateEntry = { id: string; object: string; event: NewEvent; seq: number; at: string; head: Head; key: SubjectKey };

async function writePrivate(scope: Scope, { id, object, event, seq, at, head, key }: PrivateEntry): Promise<void> {
  const opening = randomBytes(32);
  const previous = head.link ?? noCommitment;
  const canonical = canonicalPrivateEvent({
    v: 1,
    type: event.type,
    seq,
    at,
    body: 'subject' in event ? event.body : rehearsed(event),
  });
  const commitment = commitTo(canonical, previous, opening);
  const leaf = encodePrivateLeaf({ label: labelOf(key.bytes, seq), commitment });
  head.link = Buffer.from(commitment);
  const sealed = sealEvent(key, id, { opening, canonical });
  await insertEvent(scope, { id, log: 'private', object, seq, type: event.type, leaf, bodyHash: null, sealed });
}

/** In rehearsal nothing of the statement is public, so the whole of it goes under the commitment. */
function rehearsed(event: ObjectEvent): Json {
  return {
    ...event.fields,
    ...(event.body ? { bodySha256: sha256(event.body.bytes).toString('hex'), mediaType: event.body.mediaType } : {}),
  };
}

type Row = {
  id: string;
  log: LogId;
  object: string;
  seq: number;
  type: string;
  leaf: Uint8Array;
  bodyHash: Buffer | null;
  sealed: Buffer | null;
};

async function insertEvent(scope: Scope, row: Row): Promise<void> {
  await scope.db
    .insertInto('ledger.event')
    .values({ ...row, index: null, actor: actorName(scope.actor), at: scope.now })
    .execute();
}
