import { randomBytes } from 'node:crypto';
import type { Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import type { Surface } from '../tables.ts';

/** What a challenge may be answered for. Whose it is is known everywhere but at sign-in. */
export type ChallengeFor =
  | { readonly purpose: 'sign-in'; readonly surface: Surface }
  | { readonly purpose: 'register' | 'confirm'; readonly surface: Surface; readonly accountId: string };

const lasts = { minutes: 5 };
const endLength = 8;

/**
 * 16 random bytes and the end of their validity in a box that opens for this purpose and account alone. Making one writes nothing,
 * so that visitors who ask for thousands fill no table.
 */
export function makeChallenge(ctx: Context, wanted: ChallengeFor): Uint8Array<ArrayBuffer> {
  const plain = Buffer.alloc(endLength + 16, randomBytes(endLength + 16));
  plain.writeBigInt64BE(BigInt(ctx.now().add(lasts).epochMilliseconds));
  return Uint8Array.from(ctx.secrets.seal(placeOf(wanted), plain));
}

/** When a challenge that came back ends; `null` when it is not ours, for something else, or over. */
export function openChallenge(ctx: Context, challenge: string, wanted: ChallengeFor): Temporal.Instant | null {
  let plain: Buffer;
  try {
    plain = ctx.secrets.unseal(placeOf(wanted), Buffer.from(challenge, 'base64url'));
  } catch {
    return null;
  }
  const end = Temporal.Instant.fromEpochMilliseconds(Number(plain.readBigInt64BE()));
  return Temporal.Instant.compare(ctx.now(), end) < 0 ? end : null;
}

/** @returns whether this was the first time: of two at once, one. */
export async function spendChallenge(ctx: Context, challenge: string, end: Temporal.Instant): Promise<boolean> {
  await ctx.db.deleteFrom('accounts.spentChallenge').where('expiresAt', '<=', ctx.now()).execute();
  const spent = await ctx.db
    .insertInto('accounts.spentChallenge')
    // Of the bytes: the same challenge has more than one spelling in base64.
    .values({ challengeHash: sha256(Buffer.from(challenge, 'base64url')), expiresAt: end })
    .onConflict((conflict) => conflict.doNothing())
    .returning('expiresAt')
    .executeTakeFirst();
  return spent !== undefined;
}

function placeOf(wanted: ChallengeFor): string {
  const whose = wanted.purpose === 'sign-in' ? '' : wanted.accountId;
  return `accounts.challenge/${wanted.surface}/${wanted.purpose}/${whose}`;
}
