import { type Context, holds } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { type KnownPermission, permissions } from '../roles/permissions.ts';

export type ScopesRefusal = 'accounts/key-scopes-missing' | 'accounts/key-scope-unknown' | 'accounts/key-scope-too-wide';

// A program that makes people, or other programs, could make itself whatever it is not.
const forPeopleAlone: ReadonlySet<KnownPermission> = new Set<KnownPermission>([
  'organisation:manage',
  'accounts:manage',
  'accounts:invite',
  'accounts:connect',
]);

/** What a program can be allowed to do. */
export const programScopes = permissions.filter((permission) => !forPeopleAlone.has(permission));

/** A key is never wider than whoever holds it in hand: in the whole organisation, not in one department. */
export function checkScopes(ctx: Context, asked: readonly string[]): Outcome<KnownPermission[], ScopesRefusal> {
  if (asked.length === 0) return refuse('accounts/key-scopes-missing');
  if (asked.some((scope) => !programScopes.some((known) => known === scope))) return refuse('accounts/key-scope-unknown');
  const scopes = programScopes.filter((scope) => asked.includes(scope));
  const tooWide = scopes.find((scope) => !holds(ctx.actor, scope));
  return tooWide === undefined ? done(scopes) : refuse('accounts/key-scope-too-wide', { scope: tooWide });
}
