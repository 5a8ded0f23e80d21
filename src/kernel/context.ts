import type { Database } from './sql.ts';

/** What somebody may do, as `module/…:act`; the module that owns the act names it. */
export type Permission = `${string}:${string}`;

export type Actor =
  | { readonly kind: 'staff'; readonly id: string; readonly role: string; readonly may: ReadonlySet<Permission> }
  | { readonly kind: 'system'; readonly name: string }
  | { readonly kind: 'visitor' };

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
  /** @throws PermissionMissing */
  readonly require: (permission: Permission) => void;
};

export class PermissionMissing extends Error {
  readonly permission: Permission;
  constructor(permission: Permission) {
    super(`permission missing: ${permission}`);
    this.permission = permission;
  }
}

export function may(actor: Actor, permission: Permission): boolean {
  return actor.kind === 'system' || (actor.kind === 'staff' && actor.may.has(permission));
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
