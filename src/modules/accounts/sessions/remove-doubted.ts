import type { Context } from '#kernel/context';
import { type Outcome, refuse } from '#kernel/outcome';
import { restoreAddress, type RestoreAddressRefusal } from '../links/restore-address.ts';
import { ownAccount } from '../own-account.ts';
import { removePasskey, type RemovePasskeyRefusal } from '../passkeys/remove-passkey.ts';
import { unlinkIdentity, type UnlinkIdentityRefusal } from '../providers/unlink-identity.ts';
import { dropRecoveryCodes, type DropRecoveryCodesRefusal } from '../recovery/recovery-codes.ts';
import { removeTotp, type RemoveTotpRefusal } from '../totp/remove-totp.ts';

export type RemoveDoubtedRefusal =
  | DropRecoveryCodesRefusal
  | RemovePasskeyRefusal
  | RemoveTotpRefusal
  | RestoreAddressRefusal
  | UnlinkIdentityRefusal
  | 'accounts/not-removable';

/** One press of the list behind "this was not me": what somebody else added goes, and an address goes back to the one before. */
export async function removeDoubted(
  ctx: Context,
  { kind, id }: { kind: string; id: string },
): Promise<Outcome<null, RemoveDoubtedRefusal>> {
  const own = ownAccount(ctx, 'self:secure');
  switch (kind) {
    case 'passkey':
      return removePasskey(ctx, { passkeyId: id });
    case 'provider':
      return unlinkIdentity(ctx, { accountId: own.id, providerId: id });
    case 'totp':
      return removeTotp(ctx);
    case 'recovery-codes':
      return dropRecoveryCodes(ctx);
    case 'address':
      return restoreAddress(ctx);
    default:
      // A passphrase is not removed but changed, on a page of its own.
      return refuse('accounts/not-removable');
  }
}
