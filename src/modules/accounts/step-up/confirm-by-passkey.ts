import type { Context } from '#kernel/context';
import { type Outcome, done } from '#kernel/outcome';
import { ownAccount } from '../own-account.ts';
import { checkAssertion, type CheckAssertionRefusal } from '../passkeys/check-assertion.ts';
import type { RelyingParty } from '../passkeys/relying-party.ts';
import type { Device } from '../sessions/describe-device.ts';
import { surfaceOf } from '../sessions/open-session.ts';
import { proveAgain, type ProveAgainRefusal } from './prove-again.ts';

export type PasskeyConfirmation = {
  readonly sessionId: string;
  readonly answer: string;
  readonly party: RelyingParty;
  readonly device: Device;
};

/** Whoever acts proves again with a passkey of theirs. @returns the answer inside an act that is done either way. */
export async function confirmByPasskey(
  ctx: Context,
  { sessionId, answer, party, device }: PasskeyConfirmation,
): Promise<Outcome<Outcome<{ token: string }, CheckAssertionRefusal>, ProveAgainRefusal>> {
  const { id, kind } = ownAccount(ctx, 'self:manage');
  const wanted = { purpose: 'confirm', surface: surfaceOf[kind], accountId: id } as const;
  const checked = await checkAssertion(ctx, { answer, wanted, party, device });
  if (!checked.ok) return done(checked);
  const proved = await proveAgain(ctx, { sessionId, method: 'passkey', passkeySince: checked.value.passkeySince });
  return proved.ok ? done(proved) : proved;
}
