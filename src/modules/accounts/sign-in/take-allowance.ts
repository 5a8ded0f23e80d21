import { sql } from 'kysely';
import type { Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';

/** How often something may be done: `burst` at once, and as many again over `seconds`. */
export type Allowance = { readonly burst: number; readonly seconds: number };

/**
 * Takes one from the bucket of a key, shared by all processes. Called outside of the act it guards, since a refused act is rolled
 * back and the attempt must count all the same.
 * @param key What the allowance belongs to, with its purpose: `sign-in/ada@example.org`. Only its hash is kept.
 * @returns 0 when it may go on, else the whole seconds until it may.
 * @see ITU-T I.371, generic cell rate algorithm, with the instant at which the bucket is full again as its only state.
 */
export async function takeAllowance(ctx: Context, key: string, { burst, seconds }: Allowance): Promise<number> {
  const now = ctx.now();
  const keyHash = sha256(key);
  const oneLess = now.add({ milliseconds: Math.ceil((seconds * 1000) / burst) });
  const empty = now.add({ seconds });
  const taken = await sql<object>`
    insert into accounts.allowance as bucket (key_hash, full_at) values (${keyHash}, ${oneLess})
    on conflict (key_hash) do update
      set full_at = greatest(bucket.full_at, ${now}) + (${oneLess}::timestamptz - ${now}::timestamptz)
      where greatest(bucket.full_at, ${now}) + (${oneLess}::timestamptz - ${now}::timestamptz) <= ${empty}
    returning 1`.execute(ctx.db);
  if (taken.rows.length > 0) return 0;
  // Never further away than an empty bucket takes: a clock that was set back must lock nobody out for longer.
  const bucket = await ctx.db
    .updateTable('accounts.allowance')
    .set((eb) => ({ fullAt: eb.fn<Temporal.Instant>('least', ['fullAt', eb.val(empty)]) }))
    .where('keyHash', '=', keyHash)
    .returning('fullAt')
    .executeTakeFirst();
  const fullAt = (bucket?.fullAt ?? empty).epochMilliseconds;
  return Math.max(1, Math.ceil((fullAt - empty.epochMilliseconds + oneLess.epochMilliseconds - now.epochMilliseconds) / 1000));
}
