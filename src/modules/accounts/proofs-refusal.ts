import type { CheckAssertionRefusal } from './passkeys/check-assertion.ts';
import type { RegisterPasskeyRefusal } from './passkeys/register-passkey.ts';
import type { RemovePasskeyRefusal } from './passkeys/remove-passkey.ts';
import type { RenamePasskeyRefusal } from './passkeys/rename-passkey.ts';
import type { ResetProofsRefusal } from './recovery/reset-proofs.ts';
import type { DisputeSignInRefusal } from './sessions/dispute-sign-in.ts';
import type { CloseDisputeRefusal } from './sessions/disputes.ts';
import type { EndSessionRefusal } from './sessions/end-session.ts';
import type { ChangePassphraseRefusal } from './sign-in/change-passphrase.ts';
import type { SettleDoubtRefusal } from './sessions/doubt.ts';
import type { RemoveDoubtedRefusal } from './sessions/remove-doubted.ts';
import type { ConfirmByCodeRefusal } from './step-up/confirm-by-code.ts';
import type { ConfirmByPassphraseRefusal } from './step-up/confirm-by-passphrase.ts';
import type { AskForProofRefusal } from './step-up/ask-for-proof.ts';
import type { ConfirmByLinkRefusal } from './step-up/confirm-by-link.ts';
import type { SecondStepRefusal } from './step-up/second-step.ts';
import type { RemoveTotpRefusal } from './totp/remove-totp.ts';
import type { SetUpTotpRefusal } from './totp/set-up-totp.ts';

/** Everything that is refused about how somebody proves who they are, and about their sessions. */
export type ProofsRefusal =
  | ChangePassphraseRefusal
  | CheckAssertionRefusal
  | CloseDisputeRefusal
  | ConfirmByCodeRefusal
  | ConfirmByPassphraseRefusal
  | DisputeSignInRefusal
  | EndSessionRefusal
  | AskForProofRefusal
  | ConfirmByLinkRefusal
  | 'accounts/letter-code-not-valid'
  | SettleDoubtRefusal
  | RemoveDoubtedRefusal
  | RegisterPasskeyRefusal
  | RemovePasskeyRefusal
  | RemoveTotpRefusal
  | RenamePasskeyRefusal
  | ResetProofsRefusal
  | SecondStepRefusal
  | SetUpTotpRefusal;
