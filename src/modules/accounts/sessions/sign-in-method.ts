/** How somebody showed who they are. */
export type SignInMethod = 'set-up' | 'passphrase' | 'passkey' | 'totp' | 'recovery-code' | 'oidc' | 'link' | 'hand-off';
