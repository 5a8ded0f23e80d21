import type { Context } from '#kernel/context';

/** Whose record an act of the house's own is written to. */
export function actingStaff({ actor }: Context): string {
  if (actor.kind !== 'staff') throw new Error(`only a member of staff connects others, not a ${actor.kind}`);
  return actor.id;
}
