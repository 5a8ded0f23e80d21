import type { Context } from '#kernel/context';
import { rowId } from '#kernel/ids';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { type AddressRefusal, checkAddress } from '../elsewhere/check-address.ts';
import { documentToWrite } from '../elsewhere/document-to-write.ts';
import { queuePull } from '../elsewhere/look-elsewhere.ts';

export type SetPullRefusal =
  | 'policies/document-not-found'
  | AddressRefusal
  | 'policies/branch-not-valid'
  | 'policies/path-not-valid';

export type PullSource = {
  readonly documentId: string;
  /** Of a file, or of a git repository. */
  readonly url: string;
  /** For a git repository; `null` for a file on the web. */
  readonly git: { readonly branch: string; readonly path: string } | null;
};

/** Sets where a document's text is written, and has somebody look at once. The same source a second time is only another look. */
export async function setPull(ctx: Context, source: PullSource): Promise<Outcome<{ pullId: string }, SetPullRefusal>> {
  const { documentId } = source;
  if (!(await documentToWrite(ctx, documentId))) return refuse('policies/document-not-found');
  const address = checkAddress(source.url);
  if (!address.ok) return address;
  const branch = source.git ? source.git.branch.trim() : null;
  const path = source.git ? source.git.path.trim() : null;
  if (branch !== null && !isBranch(branch)) return refuse('policies/branch-not-valid');
  if (path !== null && !isPath(path)) return refuse('policies/path-not-valid');
  const now = ctx.now();
  const known = await ctx.db
    .selectFrom('policies.pull')
    .select(['id', 'url', 'branch', 'path'])
    .where('documentId', '=', documentId)
    .executeTakeFirst();
  const pullId = known?.id ?? rowId(now);
  if (known?.url === address.value && known.branch === branch && known.path === path)
    await ctx.db.updateTable('policies.pull').set({ askedAt: now }).where('id', '=', pullId).execute();
  else {
    const nothing = { checkedAt: null, gitCommit: null, reason: null, taken: null, waitingText: null };
    const place = { url: address.value, branch, path };
    const fresh = { ...place, state: 'unchecked' as const, since: now, askedAt: now, ...nothing };
    await ctx.db
      .insertInto('policies.pull')
      .values({ id: pullId, documentId, ...fresh })
      .onConflict((conflict) => conflict.column('documentId').doUpdateSet(fresh))
      .execute();
    await ctx.record({ type: 'pull.set', subject: pullId, body: { document: documentId, ...place } });
  }
  await queuePull(ctx.db, pullId);
  return done({ pullId });
}

/** What git takes as a branch's name (gitcheckref-format), without the characters that shells and refspecs read. */
function isBranch(name: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N}._/+@-]{0,199}$/u.test(name) && !/\.\.|@\{|\/\/|\/\.|\.lock(?:\/|$)|[./]$/.test(name);
}

/** From the repository's top. */
function isPath(path: string): boolean {
  const parts = path.split('/');
  return path.length <= 500 && !/[\p{Cc}\\]/u.test(path) && parts.every((part) => !['', '.', '..'].includes(part));
}
