import type { Context } from '#kernel/context';
import { objectId } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { isEmailAddress } from '../create-owner.ts';
import { addressKey, longestWords, mandateKindOf, mandateScopeOf, mostWaiting } from './mandate.ts';
import { dateIn, mandateEnd, type MandateEndRefusal } from './mandate-end.ts';
import { requireOneself } from './require-oneself.ts';
import { sealWords } from './sealed-words.ts';

export type MandateRequest = {
  readonly delegateId: string;
  readonly kind: string;
  readonly principalName: string;
  /** Empty for somebody without one, such as a small child. */
  readonly principalAddress: string;
  /** Of a child, for a parent; else empty. */
  readonly bornOn: string;
  readonly words: string;
  /** What the delegate can show: which document, of whom, of when. */
  readonly proof: string;
  readonly scope: readonly string[];
  /** Last day, `2027-06-30`. */
  readonly until: string;
  readonly zone: string;
};
export type RequestMandateRefusal =
  | 'accounts/mandate-kind-not-known'
  | 'accounts/mandate-scope-not-known'
  | 'accounts/principal-missing'
  | 'accounts/principal-address-not-valid'
  | 'accounts/birthday-missing'
  | 'accounts/proof-missing'
  | 'accounts/mandate-words-too-long'
  | 'accounts/mandate-with-oneself'
  | 'accounts/too-many-mandates'
  | MandateEndRefusal;

/**
 * Asks to act for somebody; staff decide on the proof. Whether that person has an account is not looked up here, so that neither the
 * answer nor its time tells.
 */
export async function requestMandate(
  ctx: Context,
  input: MandateRequest,
): Promise<Outcome<{ mandateId: string }, RequestMandateRefusal>> {
  const { delegateId } = input;
  requireOneself(ctx, delegateId);
  const kind = mandateKindOf(input.kind);
  if (!kind) return refuse('accounts/mandate-kind-not-known');
  const principalName = input.principalName.trim();
  if (principalName === '' || principalName.length > 120) return refuse('accounts/principal-missing');
  const principalAddress = input.principalAddress.trim();
  if (principalAddress !== '' && !isEmailAddress(principalAddress)) return refuse('accounts/principal-address-not-valid');
  const bornOn = kind === 'parent' ? input.bornOn.trim() : null;
  if (bornOn !== null && !dateIn(bornOn)) return refuse('accounts/birthday-missing');
  const scope = mandateScopeOf(input.scope);
  if (!scope) return refuse('accounts/mandate-scope-not-known');
  const words = input.words.trim();
  const proof = input.proof.trim();
  if (proof.length < 10) return refuse('accounts/proof-missing');
  if (proof.length > longestWords || words.length > longestWords)
    return refuse('accounts/mandate-words-too-long', { longest: longestWords });
  const end = mandateEnd({ until: input.until, zone: input.zone, bornOn }, ctx.now());
  if (!end.ok) return end;
  // Locked, so that several requests sent at once are counted one after the other.
  const self = await ctx.db
    .selectFrom('accounts.account')
    .select('email')
    .where('id', '=', delegateId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  // A child has often the address of its parent; everybody else has an own one.
  const own = self.email !== null && addressKey(self.email) === addressKey(principalAddress);
  if (own && kind !== 'parent') return refuse('accounts/mandate-with-oneself');
  const waiting = await ctx.db
    .selectFrom('accounts.mandate')
    .select('id')
    .where('delegateId', '=', delegateId)
    .where('state', '=', 'requested')
    .execute();
  if (waiting.length >= mostWaiting) return refuse('accounts/too-many-mandates', { most: mostWaiting });
  const id = objectId();
  await ctx.db
    .insertInto('accounts.mandate')
    .values({
      id,
      kind,
      delegateId,
      principalId: null,
      addressHash: null,
      sealed: await sealWords(ctx, delegateId, id, { principalName, principalAddress, bornOn, words, proof }),
      scope,
      state: 'requested',
      requestedAt: ctx.now(),
      expiresAt: end.value,
      decidedBy: null,
      decidedAt: null,
      reason: null,
      endedAt: null,
      endedBy: null,
    })
    .execute();
  await ctx.record({ type: 'user.mandate-requested', subject: delegateId, body: { mandate: id, kind, scope } });
  return done({ mandateId: id });
}
