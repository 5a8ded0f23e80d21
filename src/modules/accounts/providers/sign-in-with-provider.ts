import type { Context } from '#kernel/context';
import { objectId } from '#kernel/ids';
import { type Outcome, refuse } from '#kernel/outcome';
import { isEmailAddress } from '../create-owner.ts';
import type { Device } from '../sessions/describe-device.ts';
import { findProvisioned } from '../scim/find-provisioned.ts';
import { type Held, openSession, type OpenSessionRefusal } from '../sessions/open-session.ts';
import type { AccountKind, Surface } from '../tables.ts';
import type { Arrival } from './return-from-provider.ts';

export type ProviderSignIn = Pick<Arrival, 'providerId' | 'subject' | 'name' | 'email' | 'emailVerified' | 'session'> & {
  readonly device: Device;
} & Held;
export type ProviderSignInRefusal = OpenSessionRefusal | 'accounts/provider-unknown' | 'accounts/identity-unknown';

/**
 * Signs in whoever a provider knows by this subject; makes the account of a user, or of staff where the provider is trusted so far. Staff
 * whom a directory added is recognised by what the directory and the provider both call them, the first time.
 * No permission: the provider's signed answer is the proof. Never by an address, verified or not: whoever can make a provider say one
 * would be anybody.
 */
export async function signInWithProvider(
  ctx: Context,
  arrival: ProviderSignIn,
): Promise<Outcome<{ token: string; surface: Surface }, ProviderSignInRefusal>> {
  const { providerId, subject, device, held = null } = arrival;
  const known = (await findIdentity(ctx, arrival)) !== null;
  // Held until the session is there, so that disabling sees it. Newcomers come one by one: two first sign-ins make one account.
  const named = ctx.db
    .selectFrom('accounts.provider')
    .select(['audience', 'addressesVerified', 'everyoneIsStaff'])
    .where('id', '=', providerId)
    .where('disabledAt', 'is', null);
  const provider = await (known ? named.forShare() : named.forUpdate()).executeTakeFirst();
  if (!provider) return refuse('accounts/provider-unknown');
  let accountId = await findIdentity(ctx, arrival);
  if (accountId === null) {
    const { connectionId, accountId: person } = await findProvisioned(ctx, arrival);
    if (connectionId !== null && person !== null) {
      await recognise(ctx, arrival, person, connectionId);
      accountId = person;
    } else {
      // Where a directory says who works here, nobody else comes in, and nobody whom it let go comes in anew.
      const mayJoin = provider.everyoneIsStaff && connectionId === null;
      if (provider.audience === 'staff' && !mayJoin) return refuse('accounts/identity-unknown');
      const email = provider.addressesVerified && arrival.emailVerified ? arrival.email : null;
      accountId = await join(ctx, provider.audience === 'staff' ? 'staff' : 'user', { ...arrival, email });
    }
  }
  await ctx.db
    .updateTable('accounts.identity')
    .set({ usedAt: ctx.now() })
    .where('providerId', '=', providerId)
    .where('subject', '=', subject)
    .execute();
  return openSession(ctx, { accountId, method: 'oidc', device, providerId, providerSession: arrival.session, held });
}

async function findIdentity(
  ctx: Context,
  { providerId, subject }: Pick<Arrival, 'providerId' | 'subject'>,
): Promise<string | null> {
  const row = await ctx.db
    .selectFrom('accounts.identity')
    .select('accountId')
    .where('providerId', '=', providerId)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return row?.accountId ?? null;
}

async function recognise(
  ctx: Context,
  { providerId, subject }: Pick<Arrival, 'providerId' | 'subject'>,
  accountId: string,
  connectionId: string,
): Promise<void> {
  await ctx.db
    .insertInto('accounts.identity')
    .values({ providerId, subject, accountId, linkedAt: ctx.now(), usedAt: null })
    .execute();
  const body = { provider: providerId, by: 'scim', connection: connectionId };
  await ctx.record({ type: 'staff.provider-linked', subject: accountId, body });
}

async function join(
  ctx: Context,
  kind: AccountKind,
  { providerId, subject, name, email }: Pick<Arrival, 'providerId' | 'subject' | 'name' | 'email'>,
): Promise<string> {
  const id = objectId();
  const now = ctx.now();
  const row = { id, kind, name, passphraseHash: null, passphraseSetAt: null, createdAt: now, leftAt: null };
  const address = email !== null && isEmailAddress(email) ? email : null;
  const taken = await ctx.db
    .insertInto('accounts.account')
    .values({ ...row, email: address })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  // Somebody has the address. This is another person then, whatever the provider says.
  if (!taken)
    await ctx.db
      .insertInto('accounts.account')
      .values({ ...row, email: null })
      .execute();
  await ctx.db
    .insertInto('accounts.identity')
    .values({ providerId, subject, accountId: id, linkedAt: now, usedAt: null })
    .execute();
  await ctx.record({ type: `${kind}.joined`, subject: id, body: { through: providerId } });
  return id;
}
