import type { Context } from '#kernel/context';
import { type PolicyRecord, readVersionText } from './read-policies.ts';
import { type Comparison, diffTexts } from './text/diff-texts.ts';
import { fingerprintOf, returnsTo } from './text/fingerprint.ts';

export type VersionChange = {
  readonly before: number;
  readonly after: number;
  /** Null where a text was withheld. */
  readonly comparison: Comparison | null;
  /** The earlier version that said the same, when it was not the one before. */
  readonly returnsTo: number | null;
};

/** What each version of a document changed against the one before it, oldest first. Two texts are in memory at a time. */
export async function* listChanges(ctx: Context, { document, versions }: PolicyRecord): AsyncGenerator<VersionChange> {
  const earlier: { number: number; fingerprint: string }[] = [];
  let before: { number: number; text: string | null } | null = null;
  for (const { number } of versions.toReversed()) {
    const text = (await readVersionText(ctx, document.id, number))?.toString('utf8') ?? null;
    const fingerprint = text === null ? null : fingerprintOf(text);
    if (before) {
      const comparison = before.text === null || text === null ? null : diffTexts(before.text, text, document.language);
      const returned = fingerprint === null ? null : returnsTo(fingerprint, earlier);
      yield { before: before.number, after: number, comparison, returnsTo: returned };
    }
    if (fingerprint !== null) earlier.push({ number, fingerprint });
    before = { number, text };
  }
}
