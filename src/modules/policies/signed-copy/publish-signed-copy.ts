import type { Context } from '#kernel/context';

type Version = { readonly documentId: string; readonly number: number; readonly language: string };

/** A statement of its own, so that its hash is the hash of exactly the file that people download. `null` when the draft had none. */
export async function publishSignedCopy(ctx: Context, { documentId, number, language }: Version): Promise<string | null> {
  const copy = await ctx.db
    .selectFrom('policies.signedCopy')
    .select('bytes')
    .where('documentId', '=', documentId)
    .executeTakeFirst();
  if (!copy) return null;
  return ctx.record({
    type: 'policy.signed-copy-published',
    object: documentId,
    fields: { version: number, language },
    body: { bytes: copy.bytes, mediaType: 'application/pdf' },
  });
}
