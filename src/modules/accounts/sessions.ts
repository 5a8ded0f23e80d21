import { randomBytes } from 'node:crypto';
import type { Actor, Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { type Outcome, done } from '#kernel/outcome';
import { permissionsOf } from './roles.ts';

const idleLimit = Temporal.Duration.from({ hours: 2 });
const absoluteLimit = Temporal.Duration.from({ hours: 12 });

/** @returns the token for the cookie: 256 random bits as base64url. It is told once and never stored. */
export async function openSession(ctx: Context, { staffId }: { staffId: string }): Promise<Outcome<{ token: string }, never>> {
  const token = randomBytes(32).toString('base64url');
  const now = ctx.now();
  await ctx.db.deleteFrom('accounts.session').where('expiresAt', '<', now).execute();
  await ctx.db
    .insertInto('accounts.session')
    .values({ tokenHash: sha256(token), staffId, createdAt: now, seenAt: now, expiresAt: now.add(absoluteLimit) })
    .execute();
  await ctx.record({ type: 'staff.signed-in', subject: staffId, body: {} });
  return done({ token });
}

export async function closeSession(ctx: Context, { token }: { token: string }): Promise<Outcome<null, never>> {
  const closed = await ctx.db
    .deleteFrom('accounts.session')
    .where('tokenHash', '=', sha256(token))
    .returning('staffId')
    .executeTakeFirst();
  if (closed) await ctx.record({ type: 'staff.signed-out', subject: closed.staffId, body: {} });
  return done(null);
}

export type SignedIn = { readonly actor: Actor & { kind: 'staff' }; readonly email: string };

/** Who holds this cookie, or `null` when the session is unknown, idle for two hours or older than twelve. */
export async function readSession(ctx: Context, { token }: { token: string }): Promise<SignedIn | null> {
  const now = ctx.now();
  const row = await ctx.db
    .updateTable('accounts.session as session')
    .from('accounts.staff as staff')
    .set({ seenAt: now })
    .whereRef('staff.id', '=', 'session.staffId')
    .where('session.tokenHash', '=', sha256(token))
    .where('session.expiresAt', '>', now)
    .where('session.seenAt', '>', now.subtract(idleLimit))
    .returning(['staff.id', 'staff.role', 'staff.email'])
    .executeTakeFirst();
  return row ? { actor: { kind: 'staff', id: row.id, role: row.role, may: permissionsOf(row.role) }, email: row.email } : null;
}
