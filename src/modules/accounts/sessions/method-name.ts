import { proofsText } from '../proofs-text.ts';
import type { SignInMethod } from './sign-in-method.ts';

const known = {
  'set-up': 'method.set-up',
  passphrase: 'method.passphrase',
  passkey: 'method.passkey',
  totp: 'method.totp',
  'recovery-code': 'method.recovery-code',
  oidc: 'method.oidc',
  link: 'method.link',
  'hand-off': 'method.hand-off',
} as const satisfies Record<SignInMethod, string>;

/** How somebody signed in, in plain words; a method of a later version as it was recorded. */
export function methodName(method: string, locale: string): string {
  return isKnown(method) ? proofsText(locale)(known[method]) : method;
}

function isKnown(method: string): method is SignInMethod {
  return Object.hasOwn(known, method);
}
