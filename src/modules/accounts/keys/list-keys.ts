import { type Context, holds, PermissionMissing } from '#kernel/context';

export type KeyOfProgram = {
  readonly prefix: string;
  readonly createdAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
  /** To the hour. */
  readonly usedAt: Temporal.Instant | null;
};

export type KeptProgram = {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly madeBy: { readonly label: string; readonly left: boolean };
  readonly createdAt: Temporal.Instant;
  readonly revokedAt: Temporal.Instant | null;
  /** Newest first, expired ones too. */
  readonly keys: readonly KeyOfProgram[];
};

/** Programs with their keys, those that count first. A key keeps its scopes when its maker leaves: the list says so, for a review. */
export async function listKeys(ctx: Context): Promise<KeptProgram[]> {
  if (!holds(ctx.actor, 'accounts:connect')) throw new PermissionMissing('accounts:connect');
  const programs = await ctx.db
    .selectFrom('accounts.program as program')
    .innerJoin('accounts.account as account', 'account.id', 'program.madeBy')
    .selectAll('program')
    .select(['account.name as makerName', 'account.email as makerEmail', 'account.leftAt'])
    .orderBy((eb) => eb('program.revokedAt', 'is not', null))
    .orderBy('program.createdAt', 'desc')
    .execute();
  const rows = await ctx.db
    .selectFrom('accounts.programKey')
    .select(['programId', 'prefix', 'createdAt', 'expiresAt', 'usedAt'])
    .orderBy('createdAt', 'desc')
    .execute();
  const keys = Map.groupBy(rows, ({ programId }) => programId);
  return programs.map(({ id, name, scopes, createdAt, revokedAt, makerName, makerEmail, leftAt }) => ({
    id,
    name,
    scopes,
    createdAt,
    revokedAt,
    madeBy: { label: makerName ?? makerEmail ?? '', left: leftAt !== null },
    keys: keys.get(id) ?? [],
  }));
}
