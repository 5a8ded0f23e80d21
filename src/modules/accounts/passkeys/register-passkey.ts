import { verifyRegistrationResponse } from '@simplewebauthn/server';
import type { Context } from '#kernel/context';
import { rowId } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { ownAccount } from '../own-account.ts';
import { surfaceOf } from '../sessions/open-session.ts';
import { challengeIn, readRegistration } from './answer.ts';
import { openChallenge, spendChallenge } from './challenge.ts';
import { longestLabel, readLabel } from './label.ts';
import { algorithms, verificationOf } from './passkey-options.ts';
import type { RelyingParty } from './relying-party.ts';

/** @property answer JSON that the browser made of `registrationOptions`. */
export type NewPasskey = { readonly answer: string; readonly label: string; readonly party: RelyingParty };
export type RegisterPasskeyRefusal =
  | 'accounts/passkey-label-not-valid'
  | 'accounts/passkey-not-taken'
  | 'accounts/passkey-known'
  | 'accounts/too-many-passkeys';

const most = 20;

/** One more passkey for whoever acts. It may be the only one an attacker with a borrowed session would want, so the proof is fresh. */
export async function registerPasskey(
  ctx: Context,
  { answer, label: typed, party }: NewPasskey,
): Promise<Outcome<{ passkeyId: string }, RegisterPasskeyRefusal>> {
  const { id: accountId, kind } = ownAccount(ctx, 'self:secure');
  const label = readLabel(typed);
  if (label === null) return refuse('accounts/passkey-label-not-valid', { longest: longestLabel });
  const made = await verify(ctx, { answer, party, surface: surfaceOf[kind], accountId, verified: verificationOf(kind) });
  if (!made) return refuse('accounts/passkey-not-taken');
  const { credential, credentialBackedUp } = made.info;
  // One at a time for each account, so that the count holds.
  await ctx.db.selectFrom('accounts.account').select('id').where('id', '=', accountId).forUpdate().execute();
  const { n } = await ctx.db
    .selectFrom('accounts.passkey')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('accountId', '=', accountId)
    .executeTakeFirstOrThrow();
  if (n >= most) return refuse('accounts/too-many-passkeys', { most });
  const credentialId = Buffer.from(credential.id, 'base64url');
  const known = await ctx.db
    .selectFrom('accounts.passkey')
    .select('id')
    .where('credentialId', '=', credentialId)
    .executeTakeFirst();
  if (known) return refuse('accounts/passkey-known');
  if (!(await spendChallenge(ctx, made.challenge, made.end))) return refuse('accounts/passkey-not-taken');
  const now = ctx.now();
  const id = rowId(now);
  await ctx.db
    .insertInto('accounts.passkey')
    .values({
      id,
      accountId,
      credentialId,
      publicKey: credential.publicKey,
      rpId: party.id,
      counter: credential.counter,
      transports: credential.transports ?? [],
      backedUp: credentialBackedUp,
      label,
      createdAt: now,
      usedAt: null,
    })
    .execute();
  await ctx.record({ type: `${kind}.passkey-added`, subject: accountId, body: { passkey: id, label } });
  return done({ passkeyId: id });
}

type Registration = {
  answer: string;
  party: RelyingParty;
  surface: 'console' | 'portal';
  accountId: string;
  verified: 'required' | 'preferred';
};

/** What was made, if it was made for this site, this account and a challenge of the last five minutes. */
async function verify(ctx: Context, { answer, party, surface, accountId, verified }: Registration) {
  const response = readRegistration(answer);
  if (!response) return null;
  const challenge = challengeIn(response);
  const end = openChallenge(ctx, challenge, { purpose: 'register', surface, accountId });
  if (!end) return null;
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      supportedAlgorithmIDs: algorithms,
      requireUserVerification: verified === 'required',
    });
    return registrationInfo ? { info: registrationInfo, challenge, end } : null;
  } catch {
    // The library tells everything that is wrong with an answer by throwing; to us it is all one: not taken.
    return null;
  }
}
