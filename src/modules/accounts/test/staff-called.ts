import type { Actor, Permission } from '../../../kernel/context.ts';

/** The member of staff whose account this is, allowed exactly this and proved just now. */
export function staffCalled(id: string, ...may: Permission[]): Extract<Actor, { kind: 'staff' }> {
  return { kind: 'staff', id, may: new Set(may), within: new Map(), onceProved: new Set() };
}
