import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { ownAccount } from '../own-account.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import { hashPassphrase, shortestPassphrase } from './passphrase.ts';

export type PassphraseChange = { readonly passphrase: string; readonly again: string; readonly sessionId: string };
export type ChangePassphraseRefusal = 'accounts/passphrase-too-short' | 'accounts/passphrases-differ' | 'accounts/no-passphrase';

/** A new passphrase for whoever acts. Whoever knows the old one is signed out: every session but this one ends. */
export async function changePassphrase(
  ctx: Context,
  { passphrase, again, sessionId }: PassphraseChange,
): Promise<Outcome<{ ended: number }, ChangePassphraseRefusal>> {
  const { id, kind } = ownAccount(ctx, 'self:secure');
  // Users sign in at their organisation, by a link or by a passkey: one more secret would be one more to lose.
  if (kind === 'user') return refuse('accounts/no-passphrase');
  if (passphrase.length < shortestPassphrase) return refuse('accounts/passphrase-too-short', { shortest: shortestPassphrase });
  if (passphrase.normalize('NFC') !== again.normalize('NFC')) return refuse('accounts/passphrases-differ');
  await ctx.db
    .updateTable('accounts.account')
    .set({ passphraseHash: await hashPassphrase(passphrase), passphraseSetAt: ctx.now() })
    .where('id', '=', id)
    .execute();
  const ended = await endSessions(ctx, id, { except: sessionId });
  await ctx.record({ type: `${kind}.passphrase-changed`, subject: id, body: { sessions: ended } });
  return done({ ended });
}
