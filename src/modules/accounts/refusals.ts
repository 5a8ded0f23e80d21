import type { Values } from '#kernel/i18n';
import { translator } from '#kernel/i18n';
import type { CheckPassphraseRefusal } from './sign-in/check-passphrase.ts';
import type { AcceptInvitationRefusal } from './invitations/accept-invitation.ts';
import type { AcceptWithProviderRefusal } from './invitations/accept-with-provider.ts';
import type { InviteRefusal } from './invitations/invite.ts';
import type { RevokeInvitationRefusal } from './invitations/revoke-invitation.ts';
import type { DecideApprovalRefusal } from './approvals/decide-approval.ts';
import type { EndFourEyesRefusal } from './approvals/end-four-eyes.ts';
import type { RequestApprovalRefusal } from './approvals/request-approval.ts';
import type { SetFourEyesRefusal } from './approvals/set-four-eyes.ts';
import type { AcceptMandateRefusal } from './mandates/accept-mandate.ts';
import type { ApproveMandateRefusal } from './mandates/approve-mandate.ts';
import type { EndMandateRefusal } from './mandates/end-mandate.ts';
import type { OfferMandateRefusal } from './mandates/offer-mandate.ts';
import type { RefuseMandateRefusal } from './mandates/refuse-mandate.ts';
import type { RequestMandateRefusal } from './mandates/request-mandate.ts';
import type { OpenDepartmentRefusal } from './people/departments.ts';
import type { GrantRoleRefusal } from './people/grant-role.ts';
import type { LeaveRefusal } from './people/leave.ts';
import type { WithdrawRoleRefusal } from './people/withdraw-role.ts';
import type { RemoveCustomRoleRefusal } from './roles/remove-custom-role.ts';
import type { EraseSelfRefusal } from './self/erase-self.ts';
import type { SavePreferenceRefusal } from './self/preferences.ts';
import type { SaveCustomRoleRefusal } from './roles/save-custom-role.ts';

import type { SpendHandOffRefusal } from './hand-off/spend-hand-off.ts';
import type { MakeKeyRefusal } from './keys/make-key.ts';
import type { RevokeKeyRefusal } from './keys/revoke-key.ts';
import type { RotateKeyRefusal } from './keys/rotate-key.ts';
import type { AddProviderRefusal } from './providers/add-provider.ts';
import type { ChangeProviderRefusal } from './providers/change-provider.ts';
import type { LinkIdentityRefusal } from './providers/link-identity.ts';
import type { EndSessionsAtProviderRefusal } from './providers/end-sessions-at-provider.ts';
import type { ReadLogoutRefusal } from './providers/read-logout-token.ts';
import type { ReturnRefusal } from './providers/return-from-provider.ts';
import type { ProviderSignInRefusal } from './providers/sign-in-with-provider.ts';
import type { StartRefusal } from './providers/start-at-provider.ts';
import type { UnlinkIdentityRefusal } from './providers/unlink-identity.ts';
import type { OpenSessionRefusal } from './sessions/open-session.ts';
import type { CreateOwnerRefusal } from './create-owner.ts';
import type { ResetOwnerRefusal } from './reset-owner.ts';
import type { ProofsRefusal } from './proofs-refusal.ts';
import type { HandOverAccountRefusal } from './scim/hand-over-account.ts';
import type { MapScimGroupRefusal } from './scim/map-scim-group.ts';
import type { NameScimProviderRefusal } from './scim/name-scim-provider.ts';
import type { OpenScimConnectionRefusal } from './scim/open-scim-connection.ts';
import type { ReplaceScimTokenRefusal } from './scim/replace-scim-token.ts';
import type { AddWebhookRefusal } from './webhooks/add-webhook.ts';
import type { ChangeWebhookRefusal } from './webhooks/change-webhook.ts';
import de from './messages/refusals.de.json' with { type: 'json' };
import en from './messages/refusals.en.json' with { type: 'json' };

export type AccountsRefusal =
  | CheckPassphraseRefusal
  | CreateOwnerRefusal
  | OpenSessionRefusal
  | ResetOwnerRefusal
  | SavePreferenceRefusal
  | EraseSelfRefusal
  | PeopleRefusal
  | ProofsRefusal
  | ConnectionsRefusal
  | ProvisioningRefusal
  | MandateRefusal
  | ApprovalRefusal
  | LinksRefusal;

/** Who works here, in which role. */
export type PeopleRefusal =
  | GrantRoleRefusal
  | WithdrawRoleRefusal
  | LeaveRefusal
  | OpenDepartmentRefusal
  | SaveCustomRoleRefusal
  | RemoveCustomRoleRefusal
  | InviteRefusal
  | RevokeInvitationRefusal
  | AcceptInvitationRefusal
  | AcceptWithProviderRefusal;

type ConnectionsRefusal =
  | AddProviderRefusal
  | ChangeProviderRefusal
  | StartRefusal
  | ReturnRefusal
  | ReadLogoutRefusal
  | EndSessionsAtProviderRefusal
  | ProviderSignInRefusal
  | LinkIdentityRefusal
  | UnlinkIdentityRefusal
  | MakeKeyRefusal
  | RotateKeyRefusal
  | RevokeKeyRefusal
  | SpendHandOffRefusal;

type ProvisioningRefusal =
  | OpenScimConnectionRefusal
  | ReplaceScimTokenRefusal
  | MapScimGroupRefusal
  | NameScimProviderRefusal
  | HandOverAccountRefusal
  | AddWebhookRefusal
  | ChangeWebhookRefusal;

/** What needs two people. */
type ApprovalRefusal = EndFourEyesRefusal | SetFourEyesRefusal | RequestApprovalRefusal | DecideApprovalRefusal;

/** Who acts for whom. */
export type MandateRefusal =
  | RequestMandateRefusal
  | OfferMandateRefusal
  | AcceptMandateRefusal
  | ApproveMandateRefusal
  | RefuseMandateRefusal
  | EndMandateRefusal;
import type { AskForLinkRefusal } from './links/ask-for-link.ts';
import type { ConfirmAddressRefusal } from './links/confirm-address.ts';
import type { EnterLinkCodeRefusal } from './links/enter-link-code.ts';
import type { OpenLinkRefusal } from './links/open-link.ts';

/** Of links sent by mail. */
type LinksRefusal =
  | AskForLinkRefusal
  | ConfirmAddressRefusal
  | EnterLinkCodeRefusal
  | OpenLinkRefusal
  | 'accounts/too-many-attempts';

const text = translator({ en, de });

/** What happened, what was kept and what to do, for whoever was refused. A refusal without a sentence does not compile. */
export function accountsSentence(refusal: AccountsRefusal, facts: Values, locale: string): string {
  return text(locale)(refusal, facts);
}
