import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { addKey, lastsRight, longestKeyDays, type MadeKey } from './make-key.ts';
import { checkScopes, type ScopesRefusal } from './program-scopes.ts';

export type KeyRotation = {
  readonly programId: string;
  readonly days: number;
  /** For how long the present keys go on to count, 0 to 7. */
  readonly overlapDays: number;
};
export type RotateKeyRefusal =
  | ScopesRefusal
  | 'accounts/key-unknown'
  | 'accounts/key-days-not-valid'
  | 'accounts/key-overlap-not-valid';

export const longestOverlapDays = 7;

/** A new secret for the same program. Whoever asks gets it in hand, so they must hold all that it may do. */
export async function rotateKey(
  ctx: Context,
  { programId, days, overlapDays }: KeyRotation,
): Promise<Outcome<MadeKey, RotateKeyRefusal>> {
  ctx.require('accounts:connect');
  if (!lastsRight(days)) return refuse('accounts/key-days-not-valid', { longest: longestKeyDays });
  if (!Number.isInteger(overlapDays) || overlapDays < 0 || overlapDays > longestOverlapDays)
    return refuse('accounts/key-overlap-not-valid', { longest: longestOverlapDays });
  const program = await ctx.db
    .selectFrom('accounts.program')
    .select(['name', 'scopes'])
    .where('id', '=', programId)
    .where('revokedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!program) return refuse('accounts/key-unknown');
  const allowed = checkScopes(ctx, program.scopes);
  if (!allowed.ok) return allowed;
  const end = ctx.now().add({ hours: 24 * overlapDays });
  await ctx.db
    .updateTable('accounts.programKey')
    .set({ expiresAt: end })
    .where('programId', '=', programId)
    .where('expiresAt', '>', end)
    .execute();
  return done(await addKey(ctx, programId, days, { name: program.name, scopes: allowed.value }));
}
