import { randomBytes } from 'node:crypto';
import type { Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { rowId } from '#kernel/ids';
import { enqueue } from '#kernel/jobs';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { proofSince } from '../step-up/proof-since.ts';
import type { AccountKind, Surface } from '../tables.ts';
import type { Device } from './describe-device.ts';
import { limits } from './limits.ts';
import type { SignInMethod } from './sign-in-method.ts';
import '../links/link-tables.ts';

export type NewSession = {
  readonly accountId: string;
  readonly method: SignInMethod;
  readonly device: Device;
  /** Through which provider, when it was one: disabling it ends the session. */
  readonly providerId?: string;
  /** The provider's own name for its session: signing out over there ends this one. */
  readonly providerSession?: string | null;
  /** Since when the account has the passkey that was shown. */
  readonly passkeySince?: Temporal.Instant;
} & Held;

export type Held = {
  /** The token that this browser held on the surface until now. Its session ends, whosever it is: one browser is one session. */
  readonly held?: string | null;
};
export type OpenSessionRefusal = 'accounts/account-closed';

/** Which surface an account of each kind enters. */
export const surfaceOf = { staff: 'console', user: 'portal' } as const satisfies Record<AccountKind, Surface>;

/**
 * Signs an account in, after whoever calls has made sure of the proof.
 * @see OWASP ASVS 5.0, V7.2.4
 * @returns the token for the cookie: 256 random bits as base64url. It is told once and never stored.
 */
export async function openSession(
  ctx: Context,
  { accountId, method, device, providerSession = null, held = null, ...by }: NewSession,
): Promise<Outcome<{ token: string; surface: Surface }, OpenSessionRefusal>> {
  // Locked, so that somebody who leaves at this moment gets no session that the leaving did not see.
  const account = await ctx.db
    .selectFrom('accounts.account')
    .select('kind')
    .where('id', '=', accountId)
    .where('leftAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!account) return refuse('accounts/account-closed');
  const surface = surfaceOf[account.kind];
  if (held !== null) await endHeld(ctx, held, surface);
  const token = randomBytes(32).toString('base64url');
  const now = ctx.now();
  await ctx.db
    .insertInto('accounts.session')
    .values({
      id: rowId(now),
      tokenHash: sha256(token),
      accountId,
      surface,
      method,
      createdAt: now,
      seenAt: now,
      expiresAt: now.add(limits[surface].absolute),
      provedAt: now,
      proofSince: await proofSince(ctx, accountId, { method, ...by }),
      providerId: by.providerId ?? null,
      providerSessionHash: providerSession === null ? null : sha256(providerSession),
      ...device,
    })
    .execute();
  const signIn = rowId(now);
  if (await isNewDevice(ctx, accountId, device)) await enqueue(ctx.db, 'accounts/tell-new-device', { signIn });
  await ctx.db
    .insertInto('accounts.signIn')
    .values({ id: signIn, accountId, at: now, method, outcome: 'signed-in', ...device })
    .execute();
  await ctx.record({ type: `${account.kind}.signed-in`, subject: accountId, body: { method } });
  return done({ token, surface });
}

/** A token that somebody kept a copy of opens nothing once its browser has signed in again. */
async function endHeld(ctx: Context, held: string, surface: Surface): Promise<void> {
  const ended = await ctx.db
    .deleteFrom('accounts.session as session')
    .using('accounts.account as account')
    .whereRef('account.id', '=', 'session.accountId')
    .where('session.tokenHash', '=', sha256(held))
    .where('session.surface', '=', surface)
    .returning(['account.id', 'account.kind'])
    .executeTakeFirst();
  if (ended) await ctx.record({ type: `${ended.kind}.session-ended`, subject: ended.id, body: { sessions: 1 } });
}

/** Signed in before, but never with this browser from this network. The very first sign-in is no news to its owner. */
async function isNewDevice(ctx: Context, accountId: string, { device, network }: Device): Promise<boolean> {
  const before = await ctx.db
    .selectFrom('accounts.signIn')
    .select((eb) => [
      eb.fn.countAll<number>().as('all'),
      eb.fn
        .countAll<number>()
        .filterWhere((each) => each.and([each('device', '=', device), each('network', '=', network)]))
        .as('here'),
    ])
    .where('accountId', '=', accountId)
    .where('outcome', '=', 'signed-in')
    .executeTakeFirstOrThrow();
  return before.all > 0 && before.here === 0;
}
