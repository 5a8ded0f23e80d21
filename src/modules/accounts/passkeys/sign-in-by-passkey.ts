import type { Context } from '#kernel/context';
import { type Outcome, done } from '#kernel/outcome';
import type { Device } from '../sessions/describe-device.ts';
import { type Held, openSession, type OpenSessionRefusal } from '../sessions/open-session.ts';
import type { Surface } from '../tables.ts';
import { checkAssertion, type CheckAssertionRefusal } from './check-assertion.ts';
import type { RelyingParty } from './relying-party.ts';

export type PasskeySignIn = {
  readonly answer: string;
  readonly surface: Surface;
  readonly party: RelyingParty;
  readonly device: Device;
} & Held;

/**
 * Signs in whoever's passkey answered; no address is typed. Needs no permission, because nobody is signed in yet.
 * @returns the answer inside an act that is done either way: a refused attempt is shown to the account's owner.
 */
export async function signInByPasskey(
  ctx: Context,
  { answer, surface, party, device, held = null }: PasskeySignIn,
): Promise<Outcome<Outcome<{ token: string }, CheckAssertionRefusal>, OpenSessionRefusal>> {
  const checked = await checkAssertion(ctx, { answer, wanted: { purpose: 'sign-in', surface }, party, device });
  if (!checked.ok) return done(checked);
  const opened = await openSession(ctx, { ...checked.value, method: 'passkey', device, held });
  return opened.ok ? done(done({ token: opened.value.token })) : opened;
}
