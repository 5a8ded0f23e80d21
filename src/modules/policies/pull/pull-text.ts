import type { Actor } from '#kernel/context';
import type { OutboundFetch } from '#kernel/fetch';
import type { Refused } from '#kernel/outcome';
import { act, type Ledger } from '#ledger';
import { fetchFile } from '../sources/fetch-file.ts';
import { readUpload } from '../sources/read-upload.ts';
import type { Pulled, PullRefusal } from './judge-pulled.ts';
import { notePulled, sourceKey } from './note-pulled.ts';
import { type GitAsking, readGitFile } from './read-git-file.ts';

export type Pulling = GitAsking & { readonly ledger: Ledger; readonly actor: Actor; readonly fetch: OutboundFetch };

/** Reads a document's source and keeps what was found. Nothing is published. Doing it twice changes nothing more. */
export async function pullText(pulling: Pulling, { pull: pullId }: { pull: string }): Promise<void> {
  const { ledger, actor } = pulling;
  const row = await ledger.db
    .selectFrom('policies.pull')
    .select(['documentId', 'url', 'branch', 'path'])
    .where('id', '=', pullId)
    .executeTakeFirst();
  if (!row) return;
  const pulled = await read(pulling, row);
  await act(ledger, actor, (ctx) => notePulled(ctx, { pullId, documentId: row.documentId, source: sourceKey(row), pulled }));
}

async function read(
  pulling: Pulling,
  { url, branch, path }: { url: string; branch: string | null; path: string | null },
): Promise<Pulled> {
  const isGit = branch !== null && path !== null;
  const file = isGit ? await readGitFile(pulling, { url, branch, path }) : await fetchFile(pulling.fetch, url);
  if (!file.ok) return nothing(file);
  const text = await readUpload(file.value.bytes);
  if (!text.ok) return nothing(text);
  return { found: 'text', text: text.value.text, commit: 'commit' in file.value ? file.value.commit : null };
}

function nothing({ refusal, facts }: Refused<PullRefusal>): Pulled {
  return { found: 'nothing', reason: { refusal, facts } };
}
