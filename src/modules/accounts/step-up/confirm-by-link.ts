import type { Context } from '#kernel/context';
import { sameBytes, sha256 } from '#kernel/crypto';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { openPart } from '../links/link-box.ts';
import '../links/link-tables.ts';
import { ownAccount } from '../own-account.ts';
import type { Device } from '../sessions/describe-device.ts';
import { noteRefused } from '../sign-in/note-refused.ts';
import { proveAgain, type ProveAgainRefusal } from './prove-again.ts';

export type LinkConfirmation = { readonly sessionId: string; readonly token: string };
export type ConfirmByLinkRefusal = ProveAgainRefusal | 'accounts/proof-link-not-valid';
export type ProvedByLetter = { readonly token: string; readonly returnTo: string };

/** Whoever acts proves again by the link that was sent for exactly this session. It is spent, with its code. */
export async function confirmByLink(
  ctx: Context,
  { sessionId, token }: LinkConfirmation,
): Promise<Outcome<ProvedByLetter, ConfirmByLinkRefusal>> {
  const link = await proofLink(ctx, sessionId).where('link.tokenHash', '=', sha256(token)).executeTakeFirst();
  return link ? spend(ctx, link, sessionId) : refuse('accounts/proof-link-not-valid');
}

export type LetterCodeConfirmation = { readonly sessionId: string; readonly code: string; readonly device: Device };

/**
 * The same by the code in the letter, after `takeCodeAllowance`: mail is often read on another device.
 * @returns the answer inside an act that is done either way: a wrong code is shown to the account's owner.
 */
export async function confirmByLetterCode(
  ctx: Context,
  { sessionId, code, device }: LetterCodeConfirmation,
): Promise<Outcome<Outcome<ProvedByLetter, 'accounts/letter-code-not-valid'>, ConfirmByLinkRefusal>> {
  const { id } = ownAccount(ctx, 'self:manage');
  const link = await proofLink(ctx, sessionId).executeTakeFirst();
  const expected = link?.code ? openPart(ctx.secrets, link.id, 'code', link.code) : '';
  const same = sameBytes(sha256(code.replaceAll(/[\s-]/g, '')), sha256(expected));
  if (!link || !same) {
    await noteRefused(ctx, { accountId: id, method: 'link', device });
    return done(refuse('accounts/letter-code-not-valid'));
  }
  const proved = await spend(ctx, link, sessionId);
  return proved.ok ? done(proved) : proved;
}

/** Only of this account, this session and this purpose, and only while the letter went to the address that the account still has. */
function proofLink(ctx: Context, sessionId: string) {
  const { id } = ownAccount(ctx, 'self:manage');
  return ctx.db
    .selectFrom('accounts.link as link')
    .innerJoin('accounts.account as account', 'account.id', 'link.accountId')
    .select(['link.id', 'link.code', 'link.address', 'link.returnTo', 'account.email'])
    .where('link.purpose', '=', 'prove')
    .where('link.accountId', '=', id)
    .where('link.sessionId', '=', sessionId)
    .where('link.expiresAt', '>', ctx.now())
    .forUpdate('link');
}

type ProofLink = Awaited<ReturnType<ReturnType<typeof proofLink>['executeTakeFirstOrThrow']>>;

async function spend(
  ctx: Context,
  { id, address, email, returnTo }: ProofLink,
  sessionId: string,
): Promise<Outcome<ProvedByLetter, ConfirmByLinkRefusal>> {
  if (email === null || openPart(ctx.secrets, id, 'address', address) !== email) return refuse('accounts/proof-link-not-valid');
  await ctx.db.deleteFrom('accounts.link').where('id', '=', id).execute();
  const proved = await proveAgain(ctx, { sessionId, method: 'link' });
  return proved.ok ? done({ token: proved.value.token, returnTo: returnTo ?? '' }) : proved;
}
