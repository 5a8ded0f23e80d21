import type { Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { objectId } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { isEmailAddress } from '../create-owner.ts';
import { addressKey, conferredKinds, longestWords, mandateScopeOf, mostWaiting } from './mandate.ts';
import { mandateEnd, type MandateEndRefusal } from './mandate-end.ts';
import { requireOneself } from './require-oneself.ts';
import { sealWords } from './sealed-words.ts';

export type MandateOffer = {
  readonly principalId: string;
  readonly kind: string;
  readonly delegateAddress: string;
  readonly words: string;
  readonly scope: readonly string[];
  /** Last day, `2027-06-30`. */
  readonly until: string;
  readonly zone: string;
};
export type OfferMandateRefusal =
  | 'accounts/mandate-kind-not-known'
  | 'accounts/mandate-scope-not-known'
  | 'accounts/delegate-address-not-valid'
  | 'accounts/mandate-words-too-long'
  | 'accounts/mandate-with-oneself'
  | 'accounts/too-many-mandates'
  | MandateEndRefusal;

/** Somebody lets another person act for them. It holds once whoever has shown that the address is theirs accepts it. */
export async function offerMandate(
  ctx: Context,
  input: MandateOffer,
): Promise<Outcome<{ mandateId: string }, OfferMandateRefusal>> {
  const { principalId } = input;
  requireOneself(ctx, principalId);
  const kind = conferredKinds.find((known) => known === input.kind);
  if (!kind) return refuse('accounts/mandate-kind-not-known');
  const delegateAddress = input.delegateAddress.trim();
  if (!isEmailAddress(delegateAddress)) return refuse('accounts/delegate-address-not-valid');
  const scope = mandateScopeOf(input.scope);
  if (!scope) return refuse('accounts/mandate-scope-not-known');
  const words = input.words.trim();
  if (words.length > longestWords) return refuse('accounts/mandate-words-too-long', { longest: longestWords });
  const end = mandateEnd({ until: input.until, zone: input.zone, bornOn: null }, ctx.now());
  if (!end.ok) return end;
  const self = await ctx.db
    .selectFrom('accounts.account')
    .select('email')
    .where('id', '=', principalId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (self.email !== null && addressKey(self.email) === addressKey(delegateAddress))
    return refuse('accounts/mandate-with-oneself');
  const waiting = await ctx.db
    .selectFrom('accounts.mandate')
    .select('id')
    .where('principalId', '=', principalId)
    .where('state', '=', 'offered')
    .execute();
  if (waiting.length >= mostWaiting) return refuse('accounts/too-many-mandates', { most: mostWaiting });
  const id = objectId();
  await ctx.db
    .insertInto('accounts.mandate')
    .values({
      id,
      kind,
      delegateId: null,
      principalId,
      addressHash: offerKey(delegateAddress),
      sealed: await sealWords(ctx, principalId, id, { delegateAddress, words }),
      scope,
      state: 'offered',
      requestedAt: ctx.now(),
      expiresAt: end.value,
      decidedBy: null,
      decidedAt: null,
      reason: null,
      endedAt: null,
      endedBy: null,
    })
    .execute();
  await ctx.record({ type: 'user.mandate-offered', subject: principalId, body: { mandate: id, kind, scope } });
  return done({ mandateId: id });
}

/** By which the owner of an address finds what is offered to it. */
export function offerKey(address: string): Buffer {
  return sha256(`mandate/${addressKey(address)}`);
}
