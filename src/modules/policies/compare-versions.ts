import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { type LoggedTextRefusal, readLoggedText } from './read-logged-text.ts';
import type { PolicyRecord } from './read-policies.ts';
import { type Comparison, diffTexts } from './text/diff-texts.ts';

export type CompareRefusal = LoggedTextRefusal | 'policies/nothing-before';
type Compared = Comparison & { readonly before: number; readonly after: number };

// Comparing costs up to 0.2 s of this process and anybody may ask, again and again; texts in the log never change.
const kept = new Map<string, Comparison>();
const mostKept = 32;
const longestKept = 500_000;

/** What a version changed against the one before it. */
export async function compareVersions(
  ctx: Context,
  record: PolicyRecord,
  number: number,
): Promise<Outcome<Compared, CompareRefusal>> {
  const at = record.versions.findIndex((version) => version.number === number);
  if (at < 0) return refuse('policies/version-not-found');
  const previous = record.versions[at + 1];
  if (!previous) return refuse('policies/nothing-before');
  const before = await readLoggedText(ctx, record, previous.number);
  if (!before.ok) return before;
  const after = await readLoggedText(ctx, record, number);
  if (!after.ok) return after;
  const key = `${before.value.bodyHash} ${after.value.bodyHash}`;
  const comparison =
    kept.get(key) ?? diffTexts(before.value.bytes.toString('utf8'), after.value.bytes.toString('utf8'), record.document.language);
  if (before.value.bytes.length + after.value.bytes.length <= longestKept) keep(key, comparison);
  return done({ before: previous.number, after: number, ...comparison });
}

function keep(key: string, comparison: Comparison): void {
  kept.delete(key);
  const [oldest] = kept.keys();
  if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
  kept.set(key, comparison);
}
