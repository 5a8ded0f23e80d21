import { randomBytes, randomInt } from 'node:crypto';
import type { Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { rowId } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { mailAddress, queueMail } from '#mail';
import { linkLasts, sealPart } from '../links/link-box.ts';
import '../links/link-tables.ts';
import { ownAccount } from '../own-account.ts';
import type { Device } from '../sessions/describe-device.ts';
import { takeAllowance } from '../sign-in/take-allowance.ts';

export type ProofRequest = {
  readonly sessionId: string;
  /** Path of this site to go on to afterwards. */
  readonly returnTo: string;
  readonly publicUrl: string;
  readonly organisation: string;
  readonly locale: string;
  readonly device: Device;
};
export type AskForProofRefusal = 'accounts/no-address' | 'accounts/session-not-found';

/** Letters that one account may have sent to itself. @returns 0 when one more may go, else the seconds. Called outside of an act. */
export function allowProof(ctx: Context, accountId: string): Promise<number> {
  return takeAllowance(ctx, `proof/${accountId}`, { burst: 3, seconds: 15 * 60 });
}

/**
 * Sends a link and a code to the address of a user who is signed in, after `allowProof`: they prove by their mailbox that it is them.
 * It is good for this session alone, once, and signs nobody in. Staff prove themselves by what they hold, not by a mailbox.
 */
export async function askForProof(
  ctx: Context,
  { sessionId, returnTo, publicUrl, organisation, locale, device }: ProofRequest,
): Promise<Outcome<null, AskForProofRefusal>> {
  const { id: accountId, kind } = ownAccount(ctx, 'self:manage');
  const session = await ctx.db
    .selectFrom('accounts.session as session')
    .innerJoin('accounts.account as account', 'account.id', 'session.accountId')
    .select('account.email')
    .where('session.id', '=', sessionId)
    .where('session.accountId', '=', accountId)
    .executeTakeFirst();
  if (!session) return refuse('accounts/session-not-found');
  const address = kind === 'user' && session.email !== null ? mailAddress(session.email) : null;
  if (address === null) return refuse('accounts/no-address');
  const now = ctx.now();
  const id = rowId(now);
  const token = randomBytes(32).toString('base64url');
  // Eight digits, because it is there before anybody has opened the link; guesses are counted by `takeCodeAllowance`.
  const code = String(randomInt(100_000_000)).padStart(8, '0');
  await ctx.db.deleteFrom('accounts.link').where('sessionId', '=', sessionId).execute();
  await ctx.db
    .insertInto('accounts.link')
    .values({
      id,
      tokenHash: sha256(token),
      purpose: 'prove',
      address: sealPart(ctx.secrets, id, 'address', address),
      accountId,
      browserHash: null,
      code: sealPart(ctx.secrets, id, 'code', code),
      createdAt: now,
      expiresAt: now.add(linkLasts),
      sessionId,
      returnTo,
    })
    .execute();
  await queueMail(ctx, {
    to: address,
    template: 'prove-again',
    locale,
    usefulFor: linkLasts,
    values: {
      organisation,
      href: `${publicUrl}/${locale}/me/confirm/open?token=${token}`,
      code: `${code.slice(0, 4)} ${code.slice(4)}`,
      minutes: linkLasts.total('minutes'),
      ...device,
    },
  });
  await ctx.record({ type: 'user.proof-asked', subject: accountId, body: {} });
  return done(null);
}
