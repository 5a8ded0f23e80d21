import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import type { Context } from '#kernel/context';
import { ownAccount } from '../own-account.ts';
import { surfaceOf } from '../sessions/open-session.ts';
import type { AccountKind, Surface } from '../tables.ts';
import { userHandle } from './answer.ts';
import { makeChallenge } from './challenge.ts';
import type { RelyingParty } from './relying-party.ts';

// As long as the challenge: whoever has to fetch the security key from another room has the time.
const timeout = 300_000;

/** EdDSA, ES256, RS256 as COSE numbers them: what devices make today. */
export const algorithms = [-8, -7, -257];

/** Staff reach other people's data, so a device that somebody left unlocked is not enough. */
export function verificationOf(kind: AccountKind): 'required' | 'preferred' {
  return kind === 'staff' ? 'required' : 'preferred';
}

/** What a browser needs to make a passkey for whoever acts. */
export async function registrationOptions(
  ctx: Context,
  { party, organisation }: { party: RelyingParty; organisation: string },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { id, kind } = ownAccount(ctx, 'self:secure');
  const account = await ctx.db
    .selectFrom('accounts.account')
    .select(['email', 'name'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const userName = account.email ?? account.name ?? organisation;
  return generateRegistrationOptions({
    rpName: organisation,
    rpID: party.id,
    userID: userHandle(id),
    userName,
    userDisplayName: account.name ?? userName,
    challenge: makeChallenge(ctx, { purpose: 'register', surface: surfaceOf[kind], accountId: id }),
    timeout,
    supportedAlgorithmIDs: algorithms,
    excludeCredentials: await credentialsOf(ctx, id, party),
    // Kept by the device itself, so that signing in needs no address typed.
    authenticatorSelection: { residentKey: 'required', userVerification: verificationOf(kind) },
  });
}

/** What a browser needs to sign in with a passkey. Needs no permission: it tells nothing about anybody. */
export function signInOptions(
  ctx: Context,
  { party, surface }: { party: RelyingParty; surface: Surface },
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  return generateAuthenticationOptions({
    rpID: party.id,
    challenge: makeChallenge(ctx, { purpose: 'sign-in', surface }),
    timeout,
    userVerification: verificationOf(surface === 'console' ? 'staff' : 'user'),
  });
}

/** What a browser needs to prove again that whoever acts is there. */
export async function confirmOptions(
  ctx: Context,
  { party }: { party: RelyingParty },
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { id, kind } = ownAccount(ctx, 'self:read');
  return generateAuthenticationOptions({
    rpID: party.id,
    allowCredentials: await credentialsOf(ctx, id, party),
    challenge: makeChallenge(ctx, { purpose: 'confirm', surface: surfaceOf[kind], accountId: id }),
    timeout,
    userVerification: verificationOf(kind),
  });
}

async function credentialsOf(ctx: Context, accountId: string, party: RelyingParty) {
  const rows = await ctx.db
    .selectFrom('accounts.passkey')
    .select(['credentialId', 'transports'])
    .where('accountId', '=', accountId)
    .where('rpId', '=', party.id)
    .execute();
  return rows.map(({ credentialId, transports }) => ({ id: credentialId.toString('base64url'), transports }));
}
