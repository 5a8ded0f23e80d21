import type { Context } from '#kernel/context';
import { readPull, type PullRecord } from '../pull/read-pull.ts';
import { type PolicyRecord, readDraft } from '../read-policies.ts';
import { type Comparison, diffTexts } from '../text/diff-texts.ts';
import { readCopy, type WatchedCopy } from '../watch/read-copies.ts';

export type ElsewhereStanding = {
  readonly slug: string;
  readonly title: string;
  readonly language: string;
  readonly copy: WatchedCopy | null;
  readonly pull: PullRecord | null;
  /** A newer text against the draft that is open, and the draft's revision; `null` when none waits. */
  readonly waiting: { readonly comparison: Comparison; readonly revision: number } | null;
};

/** Where else a document's text stands, and how it stands there. */
export async function loadElsewhere(ctx: Context, { document }: PolicyRecord): Promise<ElsewhereStanding> {
  const { id, slug, title, language } = document;
  const pull = await readPull(ctx, id);
  const text = pull?.waitingText ?? null;
  const draft = text === null ? null : await readDraft(ctx, id);
  const waiting =
    text === null ? null : { comparison: diffTexts(draft?.text ?? '', text, language), revision: draft?.revision ?? 0 };
  return { slug, title, language, copy: await readCopy(ctx, id), pull, waiting };
}
