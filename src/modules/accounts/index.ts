import './tables.ts';
export { createOwner, type CreateOwnerRefusal, isEmailAddress } from './create-owner.ts';
export { resetOwner } from './reset-owner.ts';
export { accountsSentence, type AccountsRefusal } from './refusals.ts';
export { closeSession } from './sessions/close-session.ts';
export { describeDevice, type Device } from './sessions/describe-device.ts';
export { openSession, type SignInMethod } from './sessions/open-session.ts';
export { readStaffSession, type SignedInStaff } from './sessions/read-staff-session.ts';
export { readUserSession, type SignedInUser } from './sessions/read-user-session.ts';
export { checkPassphrase, type CheckPassphraseRefusal } from './sign-in/check-passphrase.ts';
export { consoleSignIn, type SignInView } from './sign-in/console-sign-in.tsx';
export { shortestPassphrase } from './sign-in/passphrase.ts';
export { type Allowance, takeAllowance } from './sign-in/take-allowance.ts';
export { permissions } from './roles/permissions.ts';
export { rolesOfStaff } from './roles/roles-of-staff.ts';
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
