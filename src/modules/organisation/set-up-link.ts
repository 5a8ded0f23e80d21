import { randomBytes } from 'node:crypto';
import type { Context } from '#kernel/context';
import { sameBytes, sha256 } from '#kernel/crypto';
import { type Outcome, done, refuse } from '#kernel/outcome';

const lifetime = Temporal.Duration.from({ minutes: 60 });

export type SetUpLinkRefusal = 'organisation/link-not-valid' | 'organisation/link-expired' | 'organisation/link-used';

/** A fresh link at each start, until one was used: an old one may lie in a terminal's history. */
export async function renewSetUpLink(ctx: Context): Promise<Outcome<{ token: string }, 'organisation/already-established'>> {
  ctx.require('organisation:manage');
  const established = await ctx.db.selectFrom('organisation.organisation').select('single').executeTakeFirst();
  if (established) return refuse('organisation/already-established');
  const token = randomBytes(32).toString('base64url');
  const link = { tokenHash: sha256(token), expiresAt: ctx.now().add(lifetime), usedAt: null };
  const renewed = await ctx.db
    .insertInto('organisation.setUpLink')
    .values(link)
    // Somebody may be setting up at this moment; then this waits, and must not make their spent link good again.
    .onConflict((conflict) => conflict.column('single').doUpdateSet(link).where('organisation.setUpLink.usedAt', 'is', null))
    .returning('single')
    .executeTakeFirst();
  return renewed ? done({ token }) : refuse('organisation/already-established');
}

/** Whether a link would work now. Looking at the form must not spend it. */
export async function checkSetUpLink(ctx: Context, token: string): Promise<Outcome<null, SetUpLinkRefusal>> {
  const link = await ctx.db.selectFrom('organisation.setUpLink').selectAll().executeTakeFirst();
  return judge(ctx, link, token);
}

/** Locks the link, so that of two set-ups at once the second waits and then finds it used. The operator (`null`) takes it out of use too. */
export async function spendSetUpLink(ctx: Context, token: string | null): Promise<Outcome<null, SetUpLinkRefusal>> {
  if (token === null) {
    // Without a link there would be no row to wait at: two operators at once would both find an empty installation.
    const used = { tokenHash: sha256(randomBytes(32)), expiresAt: ctx.now(), usedAt: ctx.now() };
    await ctx.db
      .insertInto('organisation.setUpLink')
      .values(used)
      .onConflict((conflict) => conflict.column('single').doUpdateSet(used))
      .execute();
    return done(null);
  }
  const link = await ctx.db.selectFrom('organisation.setUpLink').selectAll().forUpdate().executeTakeFirst();
  const judged = judge(ctx, link, token);
  if (!judged.ok) return judged;
  await ctx.db.updateTable('organisation.setUpLink').set({ usedAt: ctx.now() }).execute();
  return done(null);
}

type Link = { tokenHash: Buffer; expiresAt: Temporal.Instant; usedAt: Temporal.Instant | null };

function judge(ctx: Context, link: Link | undefined, token: string): Outcome<null, SetUpLinkRefusal> {
  if (link?.usedAt) return refuse('organisation/link-used');
  if (!link || !sameBytes(link.tokenHash, sha256(token))) return refuse('organisation/link-not-valid');
  if (Temporal.Instant.compare(ctx.now(), link.expiresAt) >= 0) return refuse('organisation/link-expired');
  return done(null);
}
