import type { Database } from './sql.ts';

/** What somebody may do, as `module/…:act`; the module that owns the act names it. */
export type Permission = `${string}:${string}`;

export type Actor =
  | ({ readonly kind: 'staff'; readonly id: string } & Granted)
  /** A program of the organisation, by the key it sent. */
  | ({ readonly kind: 'program'; readonly id: string } & Granted)
  | {
      readonly kind: 'user';
      readonly id: string;
      readonly mandates: readonly Mandate[];
      /** As for staff: theirs, but only after they have proved again who they are. */
      readonly onceProved: ReadonlySet<Permission>;
    }
  /** Somebody without an account who holds the receipt of one matter. */
  | { readonly kind: 'guest'; readonly matter: string }
  | { readonly kind: 'system'; readonly name: string }
  | { readonly kind: 'visitor' };

export type Granted = {
  /** In the whole organisation. */
  readonly may: ReadonlySet<Permission>;
  /** In single departments, by their id. */
  readonly within: ReadonlyMap<string, ReadonlySet<Permission>>;
  /** Held, but to be used only after the person has proved again who they are. */
  readonly onceProved: ReadonlySet<Permission>;
};

/** A user acts for another person: a parent for a child, an attorney for a principal. Only what the scope names. */
export type Mandate = { readonly id: string; readonly subject: string; readonly scope: ReadonlySet<Permission> };

/** Where an act takes place. An object of no department belongs to the whole organisation. */
export type Place = { readonly department?: string | null; readonly subject?: string };

/** Who may see an object. A move away from `public` is itself public. */
export type Visibility = 'rehearsal' | 'customers' | 'public';

/** A value a public leaf may carry beside its hash: what a stranger must be able to compute with. */
export type LeafField = string | number | boolean | null | readonly string[];

export type Body = { readonly bytes: Uint8Array; readonly mediaType: string };

/** A statement about an object; public unless the object is in rehearsal. */
export type ObjectEvent = {
  readonly type: string;
  readonly object: string;
  readonly fields?: Readonly<Record<string, LeafField>>;
  readonly body?: Body;
};

/** Something that concerns a person. Only a commitment to it leaves the database. */
export type SubjectEvent = {
  readonly type: string;
  readonly subject: string;
  readonly body: Json;
  /** Makes this the person's last event: their key is destroyed with it, and so everything sealed under it. */
  readonly thenErase?: true;
};

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export type NewEvent = ObjectEvent | SubjectEvent;

/**
 * What a verb is given: one transaction, one actor, one instant, one way to record.
 * Events are written when the verb has answered, in object order, in the same transaction.
 */
export type Context = {
  readonly db: Database;
  readonly actor: Actor;
  /** The instant of this act, truncated to milliseconds, the same for everything the verb writes. */
  readonly now: () => Temporal.Instant;
  readonly secrets: Secrets;
  /** @returns the event's id, to refer to it from a row. */
  readonly record: (event: NewEvent) => Promise<string>;
  /** @throws PermissionMissing, or ProofNeeded when only a fresh proof of who this is is missing. */
  readonly require: (permission: Permission, place?: Place) => void;
};

export class PermissionMissing extends Error {
  readonly permission: Permission;
  constructor(permission: Permission) {
    super(`permission missing: ${permission}`);
    this.permission = permission;
  }
}

/** The actor holds the permission, and must first prove again who they are. */
export class ProofNeeded extends Error {
  readonly permission: Permission;
  constructor(permission: Permission) {
    super(`a fresh proof is needed for ${permission}`);
    this.permission = permission;
  }
}

/** Whether the actor may do this there at once. People may do to themselves whatever a verb asks as `self:…`. */
export function may(actor: Actor, permission: Permission, place: Place = {}): boolean {
  return holds(actor, permission, place) && !('onceProved' in actor && actor.onceProved.has(permission));
}

/** Whether the actor may do this there, now or after a fresh proof: what a page offers. */
export function holds(actor: Actor, permission: Permission, place: Place = {}): boolean {
  if (actor.kind === 'system') return true;
  if (actor.kind === 'user') return actsFor(actor, permission, place);
  if (!isGranted(actor)) return false;
  const { department = null } = place;
  if (actor.kind === 'staff' && permission.startsWith('self:')) return place.subject === actor.id;
  return actor.may.has(permission) || (department !== null && actor.within.get(department)?.has(permission) === true);
}

/** Where the actor holds a permission, now or after a fresh proof: in the whole organisation, or only in these departments. */
export function departmentsOf(actor: Actor, permission: Permission): 'all' | readonly string[] {
  if (actor.kind === 'system') return 'all';
  if (!isGranted(actor)) return [];
  if (actor.may.has(permission)) return 'all';
  return [...actor.within].flatMap(([department, there]) => (there.has(permission) ? [department] : []));
}

/** Whether the actor holds a permission in any part of the organisation. */
export function holdsSomewhere(actor: Actor, permission: Permission): boolean {
  const scope = departmentsOf(actor, permission);
  return scope === 'all' || scope.length > 0;
}

/**
 * For lists, and for verbs that learn only from a row where they act: whoever holds the permission nowhere gets no further.
 * @throws PermissionMissing
 */
export function scopeOf({ actor }: Pick<Context, 'actor'>, permission: Permission): 'all' | readonly string[] {
  if (!holdsSomewhere(actor, permission)) throw new PermissionMissing(permission);
  return departmentsOf(actor, permission);
}

function isGranted(actor: Actor): actor is Extract<Actor, Granted> {
  return actor.kind === 'staff' || actor.kind === 'program';
}

function actsFor({ id, mandates }: Extract<Actor, { kind: 'user' }>, permission: Permission, { subject }: Place): boolean {
  if (!permission.startsWith('self:') || subject === undefined) return false;
  return subject === id || mandates.some((mandate) => mandate.subject === subject && mandate.scope.has(permission));
}

/** The mandate under which an actor does something for somebody else; `null` when they do it for themselves or by another right. */
export function mandateOf(actor: Actor, subject: string): Mandate | null {
  if (actor.kind !== 'user' || actor.id === subject) return null;
  return actor.mandates.find((mandate) => mandate.subject === subject) ?? null;
}

/** How an actor stands in the record: never a name, always an id. */
export function actorName(actor: Actor): string {
  if (actor.kind === 'visitor') return 'visitor';
  const who = actor.kind === 'system' ? actor.name : actor.kind === 'guest' ? actor.matter : actor.id;
  return `${actor.kind}:${who}`;
}

/** `YYYY-MM-DDTHH:mm:ss.sssZ`, the only form in which an instant enters a leaf. */
export function instantText(instant: Temporal.Instant): string {
  return instant.toString({ fractionalSecondDigits: 3 });
}

/** Boxes bound to a place, under a key derived from the root secret: what the database alone cannot open. */
export type Secrets = {
  seal(place: string, plain: Uint8Array): Buffer;
  /** @throws Error when place, key or content differ. */
  unseal(place: string, box: Uint8Array): Buffer;
};
