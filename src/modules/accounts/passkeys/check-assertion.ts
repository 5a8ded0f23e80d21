import { type AuthenticationResponseJSON, verifyAuthenticationResponse, type WebAuthnCredential } from '@simplewebauthn/server';
import type { Context } from '#kernel/context';
import { sameBytes } from '#kernel/crypto';
import { type Outcome, done, refuse } from '#kernel/outcome';
import type { Device } from '../sessions/describe-device.ts';
import { noteRefused } from '../sign-in/note-refused.ts';
import { challengeIn, readAssertion, userHandle } from './answer.ts';
import { type ChallengeFor, openChallenge, spendChallenge } from './challenge.ts';
import type { RelyingParty } from './relying-party.ts';

export type CheckAssertionRefusal = 'accounts/passkey-not-recognised' | 'accounts/passkey-copied';

/** @property answer JSON that the browser made of our options. */
export type Assertion = {
  readonly answer: string;
  readonly wanted: ChallengeFor;
  readonly party: RelyingParty;
  readonly device: Device;
};

/**
 * Whose passkey answered, if it is one of this site, this surface and, where it is known, this account.
 * What is refused leaves traces too, so whoever calls must commit either answer.
 */
export async function checkAssertion(
  ctx: Context,
  { answer, wanted, party, device }: Assertion,
): Promise<Outcome<{ accountId: string; passkeySince: Temporal.Instant }, CheckAssertionRefusal>> {
  const response = readAssertion(answer);
  const passkey = response && (await findPasskey(ctx, response, wanted, party));
  if (!passkey) return refuse('accounts/passkey-not-recognised');
  const { accountId, kind } = passkey;
  const signed = await verify(ctx, { response, wanted, party, publicKey: passkey.publicKey, required: kind === 'staff' });
  if (!signed || !(await spendChallenge(ctx, signed.challenge, signed.end))) {
    await noteRefused(ctx, { accountId, method: 'passkey', device });
    return refuse('accounts/passkey-not-recognised');
  }
  // Signed by the right key, and yet not further than last time: there are two of them. Passkeys that do not count stay at 0.
  if ((signed.counter > 0 || passkey.counter > 0) && signed.counter <= passkey.counter) {
    await noteRefused(ctx, { accountId, method: 'passkey', device });
    await ctx.record({ type: `${kind}.passkey-refused`, subject: accountId, body: { passkey: passkey.id, why: 'counter' } });
    return refuse('accounts/passkey-copied');
  }
  await ctx.db
    .updateTable('accounts.passkey')
    .set({ counter: signed.counter, usedAt: ctx.now() })
    .where('id', '=', passkey.id)
    .execute();
  return done({ accountId, passkeySince: passkey.createdAt });
}

async function findPasskey(ctx: Context, response: AuthenticationResponseJSON, wanted: ChallengeFor, party: RelyingParty) {
  const row = await ctx.db
    .selectFrom('accounts.passkey as passkey')
    .innerJoin('accounts.account as account', 'account.id', 'passkey.accountId')
    .select(['passkey.id', 'passkey.accountId', 'passkey.publicKey', 'passkey.counter', 'passkey.createdAt', 'account.kind'])
    .where('passkey.credentialId', '=', Buffer.from(response.id, 'base64url'))
    .where('passkey.rpId', '=', party.id)
    .where('account.kind', '=', wanted.surface === 'console' ? 'staff' : 'user')
    .where('account.leftAt', 'is', null)
    // Two answers of one passkey take their turns, or both would be measured against the same counter.
    .forUpdate('passkey')
    .executeTakeFirst();
  if (!row) return null;
  const { userHandle: handle } = response.response;
  // Nobody typed an address, so the passkey itself has to say whose it is, and must not say another's.
  if (wanted.purpose === 'sign-in' ? handle === undefined : row.accountId !== wanted.accountId) return null;
  if (handle !== undefined && !sameBytes(Buffer.from(handle, 'base64url'), userHandle(row.accountId))) return null;
  return row;
}

type Signed = {
  response: AuthenticationResponseJSON;
  wanted: ChallengeFor;
  party: RelyingParty;
  publicKey: Buffer;
  required: boolean;
};

async function verify(ctx: Context, { response, wanted, party, publicKey, required }: Signed) {
  // The counter is judged above, after the signature: one that regressed is recorded only if the right key signed it.
  const credential: WebAuthnCredential = { id: response.id, publicKey: Uint8Array.from(publicKey), counter: 0 };
  const challenge = challengeIn(response);
  const end = openChallenge(ctx, challenge, wanted);
  if (!end) return null;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      credential,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: required,
    });
    return verified ? { challenge, end, counter: authenticationInfo.newCounter } : null;
  } catch {
    // Whatever is wrong with an answer, the library throws; the sentence to whoever sent it is one.
    return null;
  }
}
