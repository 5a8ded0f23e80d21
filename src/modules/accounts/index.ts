import './tables.ts';
export type { Surface } from './tables.ts';
export type { SignedIn } from './sessions/find-session.ts';
import './scim/tables.ts';
import './webhooks/tables.ts';
export { createOwner, type CreateOwnerRefusal, isEmailAddress } from './create-owner.ts';
export { resetOwner } from './reset-owner.ts';
export { accountsSentence, type AccountsRefusal } from './refusals.ts';
export { closeSession } from './sessions/close-session.ts';
export { describeDevice, type Device } from './sessions/describe-device.ts';
export { openSession, type SignInMethod } from './sessions/open-session.ts';
export { readStaffSession, type SignedInStaff } from './sessions/read-staff-session.ts';
export { SessionCache } from './sessions/session-cache.ts';
export { readUserSession, type SignedInUser } from './sessions/read-user-session.ts';
export { checkPassphrase, type CheckPassphraseRefusal } from './sign-in/check-passphrase.ts';
export { consoleSignIn, type SignInView } from './sign-in/console-sign-in.tsx';
export { shortestPassphrase } from './sign-in/passphrase.ts';
export { type Allowance, takeAllowance } from './sign-in/take-allowance.ts';
export { permissions } from './roles/permissions.ts';
export { rolesOfStaff } from './roles/roles-of-staff.ts';
export { acceptInvitation } from './invitations/accept-invitation.ts';
export { invite } from './invitations/invite.ts';
export { type Invitation, listInvitations, readInvitation } from './invitations/read-invitation.ts';
export { revokeInvitation } from './invitations/revoke-invitation.ts';
export { type Department, listDepartments, openDepartment } from './people/departments.ts';
export { askToGrant, grantRole } from './people/grant-role.ts';
export { leave } from './people/leave.ts';
export { listStaff, type StaffMember } from './people/list-staff.ts';
export { judgeAccess, lastAccessReview, reviewAccess } from './people/review-access.ts';
export { staffNames } from './people/staff-names.ts';
export { withdrawRole } from './people/withdraw-role.ts';
export { removeCustomRole } from './roles/remove-custom-role.ts';
export { listCustomRoles, saveCustomRole } from './roles/save-custom-role.ts';
export { consoleInvitation, type ConsoleInvitationView } from './invitations/console-invitation.tsx';
export { consolePeople, type ConsolePeopleView } from './people/console-people.tsx';
export { consolePerson, type ConsolePersonView } from './people/console-person.tsx';
export { consoleReviewAccess, type ReviewAccessView } from './people/console-review-access.tsx';
export { peopleText } from './people/people-text.ts';
export { consoleRoles, type ConsoleRolesView } from './roles/console-roles.tsx';
export { eraseSelf } from './self/erase-self.ts';
export { exportSelf } from './self/export-self.ts';
export { portalAccountErased, portalData, type PortalDataView } from './self/portal-data.tsx';
export { portalSettings, type PortalSettingsView } from './self/portal-settings.tsx';
export { channels, listPreferences, type Preference, preferenceNames, savePreference, topics } from './self/preferences.ts';

export { addProvider, type AddProviderRefusal, type NewProvider } from './providers/add-provider.ts';
export { changeProvider, type ChangeProviderRefusal } from './providers/change-provider.ts';
export { disableProvider } from './providers/disable-provider.ts';
export { enableProvider } from './providers/enable-provider.ts';
export { linkIdentity } from './providers/link-identity.ts';
export { listIdentities } from './providers/list-identities.ts';
export { listProviders, type Provider, readProviders } from './providers/list-providers.ts';
export { returnFromProvider } from './providers/return-from-provider.ts';
export { signInWithProvider } from './providers/sign-in-with-provider.ts';
export { startAtProvider } from './providers/start-at-provider.ts';
export { unlinkIdentity } from './providers/unlink-identity.ts';
export { listKeys, type KeptProgram } from './keys/list-keys.ts';
export { longestKeyDays, makeKey, type MakeKeyRefusal } from './keys/make-key.ts';
export { programScopes } from './keys/program-scopes.ts';
export { readKey } from './keys/read-key.ts';
export { revokeKey } from './keys/revoke-key.ts';
export { rotateKey, type RotateKeyRefusal } from './keys/rotate-key.ts';
export { findHandedAccount, handedAccount, isHandedSubject } from './hand-off/handed-account.ts';
export { makeHandOff, type MakeHandOffRefusal } from './hand-off/make-hand-off.ts';
export { spendHandOff } from './hand-off/spend-hand-off.ts';
export { judgeSecurity, type SecurityFacts, type SecurityFinding } from './check-up/judge-security.ts';
export { securityFacts } from './check-up/security-facts.ts';
export { type SecurityView, securityJust, securityPage } from './check-up/security-page.tsx';
export { newPasskeyPage, type NewPasskeyView } from './passkeys/new-passkey-page.tsx';
export { type PasskeyPlace } from './passkeys/passkey-form.tsx';
export { portalPasskeyPage, type PortalPasskeyView } from './passkeys/portal-passkey-page.tsx';
export { recoveryCodesPage } from './recovery/recovery-codes-page.tsx';
export { disputePage, type DisputeView } from './sessions/dispute-page.tsx';
export { sessionsPage, type SessionsView } from './sessions/sessions-page.tsx';
export { passphrasePage, type PassphraseView } from './sign-in/passphrase-page.tsx';
export { confirmPage, type ConfirmView } from './step-up/confirm-page.tsx';
export { secondStepPage, type SecondStepView } from './step-up/second-step-page.tsx';
export { base32, totpAddress } from './totp/totp-code.ts';
export { totpPage, type TotpView } from './totp/totp-page.tsx';
export { ownAddress, confirmPath } from './own-pages.ts';
export { ownPasskeys } from './passkeys/own-passkeys.ts';
export { confirmOptions, registrationOptions, signInOptions } from './passkeys/passkey-options.ts';
export { registerPasskey, type RegisterPasskeyRefusal } from './passkeys/register-passkey.ts';
export { type RelyingParty, relyingParty } from './passkeys/relying-party.ts';
export { removePasskey } from './passkeys/remove-passkey.ts';
export { renamePasskey } from './passkeys/rename-passkey.ts';
export { signInByPasskey } from './passkeys/sign-in-by-passkey.ts';
export { makeRecoveryCodes } from './recovery/recovery-codes.ts';
export { resetProofs } from './recovery/reset-proofs.ts';
export { disputeSignIn } from './sessions/dispute-sign-in.ts';
export { closeDispute, type CloseDisputeRefusal, type Dispute, openDisputes, readDispute } from './sessions/disputes.ts';
export { endOtherSessions, endSession } from './sessions/end-session.ts';
export { ownSessions } from './sessions/own-sessions.ts';
export { signInHistory } from './sessions/sign-in-history.ts';
export { changePassphrase, type ChangePassphraseRefusal } from './sign-in/change-passphrase.ts';
export { takeCodeAllowance } from './step-up/code-allowance.ts';
export { confirmByCode } from './step-up/confirm-by-code.ts';
export { confirmByPasskey } from './step-up/confirm-by-passkey.ts';
export { confirmByPassphrase } from './step-up/confirm-by-passphrase.ts';
export { proveAgain } from './step-up/prove-again.ts';
export { beginSecondStep, finishSecondStep, readHalfSession } from './step-up/second-step.ts';
export { waysToProve } from './step-up/ways-to-prove.ts';
export { removeTotp } from './totp/remove-totp.ts';
export { offerTotp, readOffer, setUpTotp, type SetUpTotpRefusal } from './totp/set-up-totp.ts';
export { consoleConnections } from './console-connections.tsx';
export { consoleProvider, type EnteredProvider, type ProviderView } from './providers/console-provider.tsx';
export { consoleProviders, type ProviderListView } from './providers/console-providers.tsx';
export { goToProvider, type GoToProviderView } from './providers/go-to-provider.tsx';
export { ownProviders, ownProvidersPath, type OwnProvidersView } from './providers/own-providers.tsx';
export { providerProblem, type ProviderProblemView } from './providers/provider-problem.tsx';
export { providerConfirmMissing, type ProviderError, providerError } from './providers/provider-errors.ts';
export { tryProvider } from './providers/try-provider.ts';
export { consoleKeys, type KeyListView } from './keys/console-keys.tsx';
export { consoleKey, type KeyView } from './keys/console-key.tsx';
export { consoleKeyTold } from './keys/console-key-told.tsx';
export { keyConfirmMissing, type KeyError, keyError } from './keys/key-errors.ts';
export { handOffPage, type HandOffView } from './hand-off/hand-off-page.tsx';
export { type JsonObject as ScimObject, isObject as isScimObject } from './scim/canonical.ts';
export {
  type ChangeScimGroupRefusal,
  createScimGroup,
  type CreateScimGroupRefusal,
  patchScimGroup,
  removeScimGroup,
  replaceScimGroup,
} from './scim/change-scim-group.ts';
export { type ChangeScimUserRefusal, patchScimUser, replaceScimUser } from './scim/change-scim-user.ts';
export { closeScimConnection } from './scim/close-scim-connection.ts';
export { createScimUser, type CreateScimUserRefusal } from './scim/create-scim-user.ts';
export { findConnection } from './scim/find-connection.ts';
export { handOverAccount } from './scim/hand-over-account.ts';
export { type Asked as ScimAsked, type Listed as ScimListed } from './scim/list-resources.ts';
export { consoleScim, type ScimView } from './scim/console-scim.tsx';
export { consoleScimTold, type ScimToldView } from './scim/console-scim-told.tsx';
export { scimCloseUnconfirmed } from './scim/scim-text.ts';
export { listGrantable } from './scim/list-grantable.ts';
export { listScimConnections, type ScimConnection } from './scim/list-scim-connections.ts';
export { listScimGroups, readScimGroup } from './scim/list-scim-groups.ts';
export { listScimUsers, readScimUser } from './scim/list-scim-users.ts';
export { mapScimGroup } from './scim/map-scim-group.ts';
export { noteScimClaim } from './scim/note-scim-claim.ts';
export { openScimConnection } from './scim/open-scim-connection.ts';
export { projectResource } from './scim/project-resource.ts';
export { removeScimUser, type RemoveScimUserRefusal } from './scim/remove-scim-user.ts';
export { replaceScimToken } from './scim/replace-scim-token.ts';
export { type Attribute as ScimAttribute, groupType, type ResourceType as ScimResourceType, userType } from './scim/schema.ts';
export { addWebhook, type AddWebhookRefusal } from './webhooks/add-webhook.ts';
export {
  pauseWebhook,
  removeWebhook,
  replaceWebhookSecret,
  replayDelivery,
  resumeWebhook,
  testWebhook,
} from './webhooks/change-webhook.ts';
export { deliverWebhook } from './webhooks/deliver-webhook.ts';
export { consoleWebhook, type WebhookView } from './webhooks/console-webhook.tsx';
export { consoleWebhooks, type WebhookListView } from './webhooks/console-webhooks.tsx';
export { consoleWebhookTold, type WebhookToldView } from './webhooks/console-webhook-told.tsx';
export { listWebhooks, type Webhook } from './webhooks/list-webhooks.ts';
export { webhookRemoveUnconfirmed } from './webhooks/webhooks-text.ts';
export { sendWebhookOnce } from './webhooks/send-webhook-once.ts';
export { sweepWebhooks, wakeWebhooks } from './webhooks/sweep-webhooks.ts';
export { acceptMandate } from './mandates/accept-mandate.ts';
export { approveMandate } from './mandates/approve-mandate.ts';
export { endMandate, endMandatesOf } from './mandates/end-mandate.ts';
export { listMandates, type OwnMandates, type SeenMandate } from './mandates/list-mandates.ts';
export { actingUnder } from './mandates/mandates-in-force.ts';
export { offerMandate } from './mandates/offer-mandate.ts';
export { refuseMandate } from './mandates/refuse-mandate.ts';
export { requestMandate } from './mandates/request-mandate.ts';
export { listAllMandates, type MandateCase, readMandateCase, type ReviewedMandate } from './mandates/review-mandates.ts';
export { consoleMandate, type ConsoleMandateView } from './mandates/console-mandate.tsx';
export { consoleMandates, type ConsoleMandatesView } from './mandates/console-mandates.tsx';
export { mandateError } from './mandates/mandate-errors.ts';
export { ActingFrame, type ActingView, portalActing } from './mandates/portal-acting.tsx';
export { portalMandates, type PortalMandatesView } from './mandates/portal-mandates.tsx';
export { type OfferMandateView, portalOfferMandate } from './mandates/portal-offer-mandate.tsx';
export { portalRequestMandate, type RequestMandateView } from './mandates/portal-request-mandate.tsx';
// What needs two people.
export { consoleApprovals, type ConsoleApprovalsView } from './approvals/console-approvals.tsx';
export { decideApproval } from './approvals/decide-approval.ts';
export { type Deed, needsSecondPerson } from './approvals/four-eyes.ts';
export { listApprovals, listFourEyes } from './approvals/list-approvals.ts';
export { readSecondPerson, type SecondPerson } from './approvals/read-second-person.ts';
export { requestApproval, type RequestApprovalRefusal } from './approvals/request-approval.ts';
export { SecondPersonPart } from './approvals/second-person-part.tsx';
export { secondPersonMissing, type SecondPersonRefusal } from './approvals/second-person-missing.ts';
export { askFourEyesOff, setFourEyes } from './approvals/set-four-eyes.ts';
// Links sent by mail.
export { allowLink } from './links/allow-link.ts';
export { askForLink } from './links/ask-for-link.ts';
export { changeAddress } from './links/change-address.ts';
export { confirmAddress } from './links/confirm-address.ts';
export { allowLinkCode, enterLinkCode } from './links/enter-link-code.ts';
export { openLink } from './links/open-link.ts';
export { tellNewDevice } from './links/tell-new-device.ts';
export {
  portalAddress,
  type PortalAddressView,
  portalConfirmAddress,
  type PortalConfirmAddressView,
} from './links/portal-address.tsx';
export { portalLinkSent, type PortalLinkSentView } from './links/portal-link-sent.tsx';
export { portalLinkCode, portalOpenLink, type PortalOpenLinkView } from './links/portal-open-link.tsx';
export { portalSignedIn, type PortalSignedInView } from './links/portal-signed-in.tsx';
export { portalSignIn, type PortalSignInView } from './links/portal-sign-in.tsx';
export { tellDispute } from './sessions/tell-dispute.ts';
export { seedStaff, type SeedStaff } from './seed.ts';
export { roleName } from './roles/role-name.ts';
export { forgetOldAccess } from './sessions/forget-old-access.ts';
