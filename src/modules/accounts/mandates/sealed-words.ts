import { z } from 'zod';
import type { Context } from '#kernel/context';
import { isErased, sealFor, subjectKey, unsealFor } from '#ledger';

const requested = z.object({
  principalName: z.string(),
  principalAddress: z.string(),
  bornOn: z.string().nullable(),
  words: z.string(),
  proof: z.string(),
});
const offered = z.object({ delegateAddress: z.string(), words: z.string() });

/** What a delegate typed about whom they ask to act for. */
export type RequestedWords = z.infer<typeof requested>;
/** What a principal typed about whom they let act. */
export type OfferedWords = z.infer<typeof offered>;

type Row = { readonly id: string; readonly sealed: Uint8Array };

/** @param author The account that typed it: with their erasure nobody reads it any more. */
export async function sealWords(
  ctx: Context,
  author: string,
  mandateId: string,
  words: RequestedWords | OfferedWords,
): Promise<Buffer> {
  return sealFor(await subjectKey(ctx, author), `mandate/${mandateId}`, Buffer.from(JSON.stringify(words)));
}

export async function openRequest(ctx: Context, delegateId: string, row: Row): Promise<RequestedWords | null> {
  const plain = await open(ctx, delegateId, row);
  return plain === null ? null : requested.parse(plain);
}

export async function openOffer(ctx: Context, principalId: string, row: Row): Promise<OfferedWords | null> {
  const plain = await open(ctx, principalId, row);
  return plain === null ? null : offered.parse(plain);
}

async function open(ctx: Context, author: string, { id, sealed }: Row): Promise<unknown> {
  if (await isErased(ctx.db, author)) return null;
  return JSON.parse(unsealFor(await subjectKey(ctx, author), `mandate/${id}`, sealed).toString('utf8'));
}
