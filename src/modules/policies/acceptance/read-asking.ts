import type { Context } from '#kernel/context';
import { sha256 } from '#kernel/crypto';
import { bodyOfEvent } from '#ledger';
import { type Asking, askingOf } from './asking.ts';
import type { AskedDocument, AskedVersion } from './asked-documents.ts';
import { askingWords, wordingHash } from './asking-words.ts';
import type { DecisionRow } from './acceptor.ts';
import { foldDecisions, type Standing } from './fold-decisions.ts';
import { wordingChanged } from './wording-changed.ts';

/** What one person is asked about one document, with everything that the answer will be bound to. */
export type Question = {
  readonly document: AskedDocument;
  readonly version: AskedVersion;
  /** The exact bytes in force. */
  readonly text: Buffer;
  readonly textHash: Buffer;
  /** The version that the person answered about before; `null` at the first time. */
  readonly since: AskedVersion | null;
  readonly summaries: readonly { readonly number: number; readonly summary: string }[];
  readonly words: readonly string[];
  readonly wordingHash: Buffer;
};

export type Stood = { readonly standing: Standing<DecisionRow>; readonly asking: Asking };

/** How a person stands to a document, from their decisions about it. */
export async function standingTo(ctx: Context, document: AskedDocument, decisions: readonly DecisionRow[]): Promise<Stood> {
  const standing = foldDecisions(decisions.filter(({ documentId }) => documentId === document.id));
  const { current, rule, versions, language } = document;
  const asking = await askingOf(rule, standing, current?.number ?? null, async (since) => {
    const before = versions.find(({ number }) => number === since);
    return !current || !before || wordingChanged(ctx, before, current, language);
  });
  return { standing, asking };
}

/** The question as it stands now, in the reader's language; `null` where no text is in force, or it was withheld. */
export async function readQuestion(
  ctx: Context,
  document: AskedDocument,
  decisions: readonly DecisionRow[],
  { organisation, locale }: { readonly organisation: string; readonly locale: string },
): Promise<Question | null> {
  const version = document.current;
  const text = version?.eventId ? await bodyOfEvent(ctx.db, version.eventId) : null;
  if (!version || !text) return null;
  const since = document.versions.find(({ number }) => number === versionBefore(decisions, version.number)) ?? null;
  const summaries = await summariesOf(ctx, document, version.number, since?.number ?? version.number - 1);
  const words = askingWords(
    {
      organisation,
      title: document.title,
      version: version.number,
      since: since?.number ?? null,
      summaries: summaries.map(({ summary }) => summary),
    },
    locale,
  );
  return { document, version, text, textHash: sha256(text), since, summaries, words, wordingHash: wordingHash(words) };
}

/** The older version that the person said yes to last; without a yes the one they answered about. The same after their answer as before. */
function versionBefore(decisions: readonly DecisionRow[], current: number): number | null {
  const older = decisions.filter(({ version }) => version < current).toSorted((a, b) => b.n - a.n);
  const yes = older.find(({ kind }) => kind === 'accepted' || kind === 'carried');
  return (yes ?? older[0])?.version ?? null;
}

/** Of the versions after one and up to another, oldest first; those that were withdrawn never meant anything to anybody. */
async function summariesOf(ctx: Context, { versions }: AskedDocument, to: number, after: number) {
  const wanted = versions.filter(({ number, withdrawnAt }) => number > after && number <= to && !withdrawnAt).toReversed();
  const found = await Promise.all(
    wanted.map(async ({ number, summaryEventId }) => ({
      number,
      summary: (summaryEventId && (await bodyOfEvent(ctx.db, summaryEventId))?.toString('utf8')) || '',
    })),
  );
  return found.filter(({ summary }) => summary !== '');
}
