import { randomBytes } from 'node:crypto';
import { handedAccount, isHandedSubject } from '#accounts';
import { type Context, PermissionMissing } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { askedDocuments } from './asked-documents.ts';

export type NewAcceptanceLink = {
  readonly subject: string;
  readonly policy: string;
  /** For which site: must be this one's public address, so that a link for a test site asks nobody here. */
  readonly audience: string;
  /** Where the page leads on to; one of the addresses that staff allowed. */
  readonly returnTo: string | null;
  readonly publicUrl: string;
};

export type MakeLinkRefusal =
  | 'policies/subject-not-valid'
  | 'policies/audience-wrong'
  | 'policies/policy-not-found'
  | 'policies/acceptance-not-asked'
  | 'policies/return-address-not-allowed';

/** Long enough to read a text, short enough that a link left behind is soon of no use. */
const linkLasts = Temporal.Duration.from({ minutes: 30 });

/** A link with which one person is asked about one document, once. @returns 256 random bits; only their hash is kept. */
export async function makeAcceptanceLink(
  ctx: Context,
  { subject, policy, audience, returnTo, publicUrl }: NewAcceptanceLink,
): Promise<Outcome<{ ticket: string; expiresAt: Temporal.Instant }, MakeLinkRefusal>> {
  ctx.require('acceptances:record');
  if (ctx.actor.kind !== 'program') throw new PermissionMissing('acceptances:record');
  if (!isHandedSubject(subject)) return refuse('policies/subject-not-valid');
  if (audience !== publicUrl) return refuse('policies/audience-wrong');
  const [document] = await askedDocuments(ctx, { slug: policy });
  if (!document?.isPublic) return refuse('policies/policy-not-found');
  if (!document.rule.asked) return refuse('policies/acceptance-not-asked');
  if (returnTo !== null && !(await isAllowed(ctx, returnTo))) return refuse('policies/return-address-not-allowed');
  const programId = ctx.actor.id;
  const accountId = await handedAccount(ctx, { programId, subject });
  if (accountId === null) throw new PermissionMissing('acceptances:record');
  const ticket = randomBytes(32).toString('base64url');
  const expiresAt = ctx.now().add(linkLasts);
  await ctx.db.deleteFrom('policies.acceptanceLink').where('expiresAt', '<=', ctx.now()).execute();
  await ctx.db
    .insertInto('policies.acceptanceLink')
    .values({ ticketHash: sha256(ticket), programId, accountId, documentId: document.id, audience, returnTo, expiresAt })
    .execute();
  return done({ ticket, expiresAt });
}

async function isAllowed(ctx: Context, address: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('policies.returnAddress')
    .select('address')
    .where('address', '=', address)
    .executeTakeFirst();
  return row !== undefined;
}
