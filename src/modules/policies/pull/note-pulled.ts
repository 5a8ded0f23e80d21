import type { Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { type Outcome, done } from '#kernel/outcome';
import { documentToWrite } from '../elsewhere/document-to-write.ts';
import { readDraft, readVersionText } from '../read-policies.ts';
import { saveDraft } from '../save-draft.ts';
import { judgePulled, plain, type Pulled } from './judge-pulled.ts';

export type Noted = { readonly pullId: string; readonly documentId: string; readonly source: string; readonly pulled: Pulled };

/** Part of a task that the process does for itself: keeps what was read, and makes it the draft where nobody writes one. */
export async function notePulled(ctx: Context, { pullId, documentId, source, pulled }: Noted): Promise<Outcome<null, never>> {
  if (!(await documentToWrite(ctx, documentId))) return done(null);
  const pull = await ctx.db.selectFrom('policies.pull').selectAll().where('id', '=', pullId).forUpdate().executeTakeFirst();
  // Somebody set another source meanwhile.
  if (!pull || sourceKey(pull) !== source) return done(null);
  const at = ctx.now();
  const note = (change: {
    state: typeof pull.state;
    taken?: Buffer;
    gitCommit?: string | null;
    waitingText?: string;
    reason?: string;
  }) =>
    ctx.db
      .updateTable('policies.pull')
      .set({ reason: null, waitingText: null, ...change, checkedAt: at, since: change.state === pull.state ? pull.since : at })
      .where('id', '=', pullId)
      .execute();
  if (pulled.found === 'nothing') {
    // A text that waits goes on waiting: it is read again as soon as it can be.
    const kept = pull.waitingText === null ? { state: 'refused' as const } : { state: pull.state, waitingText: pull.waitingText };
    await note({ ...kept, reason: JSON.stringify(pulled.reason) });
    return done(null);
  }
  const { text, commit: gitCommit } = pulled;
  const taken = digestOf(text);
  const draft = await readDraft(ctx, documentId);
  const isOurs = draft?.updatedBy === ctx.actor.kind && pull.taken?.equals(digestOf(draft.text)) === true;
  const verdict = judgePulled(text, {
    newest: await newestText(ctx, documentId),
    draft: draft ? (isOurs ? 'ours' : 'somebodys') : 'none',
    wasTaken: pull.taken?.equals(taken) === true,
  });
  if (verdict === 'waiting') await note({ state: 'waiting', gitCommit, waitingText: text });
  else if (verdict === 'known') await note({ state: 'drafted', gitCommit });
  else await note({ state: verdict, gitCommit, taken });
  if (verdict !== 'drafted') return done(null);
  const { summary = '', effectiveLocal = '', revision = 0 } = draft ?? {};
  const saved = await saveDraft(ctx, { documentId, text, summary, effectiveLocal, revision });
  if (!saved.ok) throw new Error(`a draft read under lock was refused with ${saved.refusal}`);
  await ctx.record({ type: 'pull.drafted', subject: pullId, body: draftedBody(documentId, taken, gitCommit) });
  return done(null);
}

export function digestOf(text: string): Buffer {
  return Buffer.from(sha256(Buffer.from(plain(text))));
}

export function draftedBody(document: string, taken: Buffer, commit: string | null) {
  return { document, hash: taken.toString('hex'), commit };
}

export function sourceKey({ url, branch, path }: { url: string; branch: string | null; path: string | null }): string {
  return JSON.stringify([url, branch, path]);
}

async function newestText(ctx: Context, documentId: string): Promise<string | null> {
  const newest = await ctx.db
    .selectFrom('policies.version')
    .select('number')
    .where('documentId', '=', documentId)
    .where('withdrawnAt', 'is', null)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return newest ? ((await readVersionText(ctx, documentId, newest.number))?.toString('utf8') ?? null) : null;
}
