import { randomBytes } from 'node:crypto';
import { encodeVkey, secretNoteKey, type SecretNoteKey } from '@troth/tlog';
import type { Context, Secrets } from '#kernel/context';
import type { LogId } from './tables.ts';

const place = (log: LogId) => `ledger.log/${log}/seed`;

/** Both logs of an installation, each with its own key. Origins never change: a checkpoint names its origin for ever. */
export async function createLogs(ctx: Context, host: string): Promise<void> {
  for (const id of ['public', 'private'] as const) {
    const origin = `${host}/log/${id}`;
    const seed = randomBytes(32);
    await ctx.db
      .insertInto('ledger.log')
      .values({
        id,
        origin,
        wrappedSeed: ctx.secrets.seal(place(id), seed),
        verifierKey: encodeVkey(secretNoteKey('note', origin, seed)),
        signedNote: null,
        signedAt: null,
        nextBatchAt: null,
      })
      .execute();
  }
}

/** The key that signs a log's checkpoints. @throws Error under another root secret than the one it was wrapped with. */
export function signingKey(secrets: Secrets, log: { id: LogId; origin: string; wrappedSeed: Buffer }): SecretNoteKey {
  return secretNoteKey('note', log.origin, secrets.unseal(place(log.id), log.wrappedSeed));
}
