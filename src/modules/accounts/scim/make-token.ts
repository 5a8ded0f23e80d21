import { randomBytes } from 'node:crypto';
import type { Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';

/** @returns 256 random bits as base64url, told once: only their hash is kept. */
export async function makeToken(ctx: Context, connectionId: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await ctx.db
    .insertInto('accounts.scimToken')
    .values({ tokenHash: sha256(token), connectionId, createdAt: ctx.now(), expiresAt: null, lastUsedAt: null })
    .execute();
  return token;
}
