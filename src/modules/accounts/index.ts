import './tables.ts';
export { type CheckPassphraseRefusal, checkPassphrase, noteFailedSignIn } from './check-passphrase.ts';
export { type CreateOwnerRefusal, createOwner, isEmailAddress } from './create-owner.ts';
export { shortestPassphrase } from './passphrase.ts';
export { resetOwner } from './reset-owner.ts';
export { closeSession, openSession, readSession, type SignedIn } from './sessions.ts';
export { type AccountsRefusal, accountsSentence } from './refusals.ts';
export { consoleSignIn, type SignInView } from './console-sign-in.tsx';
