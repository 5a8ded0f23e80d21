import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { ownAccount } from '../own-account.ts';
import type { Device } from '../sessions/describe-device.ts';
import { noteRefused } from '../sign-in/note-refused.ts';
import { checkTotp } from '../totp/check-totp.ts';
import { proveAgain, type ProveAgainRefusal } from './prove-again.ts';

export type CodeConfirmation = { readonly sessionId: string; readonly code: string; readonly device: Device };
export type ConfirmByCodeRefusal = 'accounts/code-not-recognised';

/**
 * Whoever acts proves again with a code of their app, after `takeCodeAllowance`. Recovery codes are for signing in: whoever is
 * signed in already has a better way.
 * @returns the answer inside an act that is done either way.
 */
export async function confirmByCode(
  ctx: Context,
  { sessionId, code, device }: CodeConfirmation,
): Promise<Outcome<Outcome<{ token: string }, ConfirmByCodeRefusal>, ProveAgainRefusal>> {
  const { id } = ownAccount(ctx, 'self:manage');
  if (!(await checkTotp(ctx, id, code))) {
    await noteRefused(ctx, { accountId: id, method: 'totp', device });
    return done(refuse('accounts/code-not-recognised'));
  }
  const proved = await proveAgain(ctx, { sessionId, method: 'totp' });
  return proved.ok ? done(proved) : proved;
}
