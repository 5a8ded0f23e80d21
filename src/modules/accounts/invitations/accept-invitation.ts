import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { hashPassphrase, shortestPassphrase } from '../sign-in/passphrase.ts';
import { holdInvitation, joinByInvitation } from './join-by-invitation.ts';

export type Acceptance = { readonly token: string; readonly name: string; readonly passphrase: string };
export type AcceptInvitationRefusal =
  | 'accounts/invitation-not-found'
  | 'accounts/name-missing'
  | 'accounts/passphrase-too-short'
  | 'accounts/works-here';

/**
 * Whoever holds the link joins the staff; that they could open it is the proof of their address. Needs no permission: the token is it.
 */
export async function acceptInvitation(
  ctx: Context,
  { token, name, passphrase }: Acceptance,
): Promise<Outcome<{ accountId: string }, AcceptInvitationRefusal>> {
  const invitation = await holdInvitation(ctx, token);
  if (!invitation) return refuse('accounts/invitation-not-found');
  const called = name.trim().slice(0, 120);
  if (called === '') return refuse('accounts/name-missing');
  if (passphrase.length < shortestPassphrase) return refuse('accounts/passphrase-too-short', { shortest: shortestPassphrase });
  const joining = { name: called, passphraseHash: await hashPassphrase(passphrase) };
  const accountId = await joinByInvitation(ctx, invitation, joining);
  return accountId === null ? refuse('accounts/works-here') : done({ accountId });
}
