import type { Actor, Context } from '#kernel/context';
import type { OutboundFetch } from '#kernel/fetch';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { act, type Ledger, observe } from '#ledger';
import type { ElsewhereRefusal } from '../elsewhere/reason.ts';
import { inForce } from '../in-force.ts';
import { everyone } from '../scope.ts';
import { readPolicy, readVersionText } from '../read-policies.ts';
import { convertFile } from '../sources/convert-file.ts';
import { type Fetched, fetchFile } from '../sources/fetch-file.ts';
import { startsAsHtml } from '../sources/read-upload.ts';
import { runThread } from '../sources/run-thread.ts';
import { readText } from '../text/read-text.ts';
import type { CopyComparison } from './compare-copy.ts';
import type { Look } from './judge-look.ts';
import { noteLook } from './note-look.ts';

export type Looking = { readonly ledger: Ledger; readonly actor: Actor; readonly fetch: OutboundFetch };

/** Two texts of 5 MB without a line in common. */
const longestComparison = 60_000;

/** Fetches the page, compares it with the version in force and keeps what was found. Doing it twice changes nothing more. */
export async function lookAtCopy({ ledger, actor, fetch }: Looking, { copy: copyId }: { copy: string }): Promise<void> {
  const ctx = observe(ledger, actor);
  const copy = await ctx.db
    .selectFrom('policies.publicCopy as copy')
    .innerJoin('policies.document as document', 'document.id', 'copy.documentId')
    .select(['copy.url', 'document.slug'])
    .where('copy.id', '=', copyId)
    .executeTakeFirst();
  if (!copy) return;
  const { url, slug } = copy;
  const ours = await textInForce(ctx, slug);
  const look = ours ? await lookAt(fetch, url, ours) : ({ found: 'no-version' } as const);
  await act(ledger, actor, (tx) => noteLook(tx, { copyId, url, look }));
}

type InForceText = { readonly version: number; readonly text: string };

async function textInForce(ctx: Context, slug: string): Promise<InForceText | null> {
  const record = await readPolicy(ctx, slug);
  const current = record && inForce(record, everyone, ctx.now());
  if (!current) return null;
  const { number: version } = current.version;
  const text = await readVersionText(ctx, record.document.id, version);
  return text && { version, text: text.toString('utf8') };
}

async function lookAt(fetch: OutboundFetch, url: string, { version, text: ours }: InForceText): Promise<Look> {
  const fetched = await fetchFile(fetch, url);
  const read = fetched.ok ? await readPage(fetched.value) : fetched;
  if (!read.ok) return { found: 'nothing', reason: { refusal: read.refusal, facts: read.facts } };
  const compared = await runThread<CopyComparison>(
    new URL('./compare-thread.ts', import.meta.url),
    { ours, theirs: read.value },
    longestComparison,
  );
  if (!compared.ok) return { found: 'nothing', reason: { refusal: compared.refusal, facts: compared.facts } };
  return { found: 'text', version, comparison: compared.value };
}

/** The page's text as Markdown. Pictures in it are part of the page and no matter. */
async function readPage({ bytes, isHtml }: Fetched): Promise<Outcome<string, ElsewhereRefusal>> {
  const read = readText(bytes);
  if (!read.ok) return read;
  if (!isHtml && !startsAsHtml.test(read.value.slice(0, 1_000))) return read;
  const converted = await convertFile('html', bytes);
  if (!converted.ok) return converted;
  return converted.value.text === '' ? refuse('policies/page-without-text') : done(converted.value.text);
}
