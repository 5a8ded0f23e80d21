import { randomBytes } from 'node:crypto';
import { type Context, PermissionMissing } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { returnPath } from '../return-path.ts';
import { isHandedSubject } from './handed-account.ts';

export type NewHandOff = {
  /** Who it is, as the organisation's own site calls them. Two programs' subjects of one name are two people. */
  readonly subject: string;
  /** For which site: must be this one's public address, so that a ticket for a test site opens nothing here. */
  readonly audience: string;
  readonly returnTo: string | null;
};
export type MakeHandOffRefusal =
  | 'accounts/hand-off-subject-not-valid'
  | 'accounts/hand-off-audience-wrong'
  | 'accounts/return-path-not-valid';

export const handOffLasts = Temporal.Duration.from({ seconds: 60 });

/** A ticket with which one person signs in once, within a minute. @returns 256 random bits; only their hash is kept. */
export async function makeHandOff(
  ctx: Context,
  { subject, audience, returnTo, publicUrl }: NewHandOff & { readonly publicUrl: string },
): Promise<Outcome<{ ticket: string; expiresAt: Temporal.Instant }, MakeHandOffRefusal>> {
  ctx.require('accounts:hand-off');
  // Only a program has a name space of subjects.
  if (ctx.actor.kind !== 'program') throw new PermissionMissing('accounts:hand-off');
  if (!isHandedSubject(subject)) return refuse('accounts/hand-off-subject-not-valid');
  if (audience !== publicUrl) return refuse('accounts/hand-off-audience-wrong');
  const path = returnPath(returnTo, 'portal');
  if (returnTo !== null && path === null) return refuse('accounts/return-path-not-valid');
  const ticket = randomBytes(32).toString('base64url');
  const expiresAt = ctx.now().add(handOffLasts);
  await ctx.db.deleteFrom('accounts.handOff').where('expiresAt', '<=', ctx.now()).execute();
  await ctx.db
    .insertInto('accounts.handOff')
    .values({ ticketHash: sha256(ticket), programId: ctx.actor.id, subject, audience, returnTo: path, expiresAt })
    .execute();
  return done({ ticket, expiresAt });
}
