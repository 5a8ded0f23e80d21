import type { Context } from '#kernel/context';
import { objectId } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { actingStaff } from '../providers/acting-staff.ts';
import { newSecret } from './new-secret.ts';
import { checkScopes, type ScopesRefusal } from './program-scopes.ts';

export type NewKey = { readonly name: string; readonly scopes: readonly string[]; readonly days: number };
export type MadeKey = { readonly programId: string; readonly key: string; readonly expiresAt: Temporal.Instant };
export type MakeKeyRefusal = ScopesRefusal | 'accounts/key-name-not-valid' | 'accounts/key-days-not-valid';

export const longestKeyName = 80;
export const longestKeyDays = 365;

/** Makes a program of the organisation and its first key. */
export async function makeKey(ctx: Context, { name, scopes, days }: NewKey): Promise<Outcome<MadeKey, MakeKeyRefusal>> {
  ctx.require('accounts:connect');
  const madeBy = actingStaff(ctx);
  const called = name.trim();
  if (called === '' || called.length > longestKeyName) return refuse('accounts/key-name-not-valid', { longest: longestKeyName });
  const allowed = checkScopes(ctx, scopes);
  if (!allowed.ok) return allowed;
  if (!lastsRight(days)) return refuse('accounts/key-days-not-valid', { longest: longestKeyDays });
  const programId = objectId();
  const createdAt = ctx.now();
  await ctx.db
    .insertInto('accounts.program')
    .values({ id: programId, name: called, scopes: allowed.value, madeBy, createdAt, revokedAt: null })
    .execute();
  return done(await addKey(ctx, programId, days, { name: called, scopes: allowed.value }));
}

/** @param days Whole days, 1 to a year: a key without an end outlives everybody who knows what it is for. */
export function lastsRight(days: number): boolean {
  return Number.isInteger(days) && days >= 1 && days <= longestKeyDays;
}

/** Within the caller's act, which has checked that it may be. */
export async function addKey(
  ctx: Context,
  programId: string,
  days: number,
  facts: { readonly name: string; readonly scopes: readonly string[] },
): Promise<MadeKey> {
  const { key, prefix, secretHash } = newSecret();
  const createdAt = ctx.now();
  const expiresAt = createdAt.add({ hours: 24 * days });
  await ctx.db
    .insertInto('accounts.programKey')
    .values({ prefix, programId, secretHash, createdAt, expiresAt, usedAt: null })
    .execute();
  const body = { program: programId, key: prefix, ...facts, expiresAt: expiresAt.toString() };
  await ctx.record({ type: 'staff.key-made', subject: actingStaff(ctx), body });
  return { programId, key, expiresAt };
}
