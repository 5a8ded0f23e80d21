import { act, type Ledger } from '#ledger';
import { type GitVersion, importVersion, policiesSentence } from '#policies';
import { operator } from '../app/installation.ts';

export type ImportCounts = {
  readonly added: number;
  readonly known: number;
  /** Refused, or held back because an earlier version of the same document was refused. */
  readonly leftOut: number;
  readonly documents: number;
  /** Whether it ended at the operator's wish before the last version. */
  readonly stopped: boolean;
};

type Plan = {
  readonly language: string;
  readonly signal: AbortSignal;
  /** Called after each version. */
  readonly step: () => void;
  readonly tell: (sentence: string) => void;
};

/**
 * Brings the versions in, one transaction each, oldest first. A refused version holds back all later ones of its document:
 * versions are numbered as they come, so going on would show a history that looks whole and is not, and the gap could never be
 * filled.
 */
export async function importHistory(
  ledger: Ledger,
  versions: AsyncIterable<GitVersion>,
  { language, signal, step, tell }: Plan,
): Promise<ImportCounts> {
  const counts = { added: 0, known: 0 };
  const documents = new Set<string>();
  const heldBack = new Map<string, { versions: number; since: string }>();
  let stopped = false;
  for await (const { slug, path, commit, committedAt, bytes } of versions) {
    if (signal.aborted) {
      stopped = true;
      break;
    }
    const held = heldBack.get(slug);
    if (held) held.versions += 1;
    else {
      const outcome = await act(ledger, operator, (ctx) =>
        importVersion(ctx, { slug, path, commit, committedAt, bytes, language }),
      );
      if (outcome.ok) {
        counts[outcome.value.state] += 1;
        documents.add(slug);
      } else {
        const sentence = policiesSentence(outcome.refusal, outcome.facts, 'en');
        tell(`${path} at ${commit.slice(0, 12)}: ${sentence}`);
        heldBack.set(slug, { versions: 0, since: commit.slice(0, 12) });
      }
    }
    step();
  }
  for (const [slug, { versions: later, since }] of heldBack) {
    if (later > 0)
      tell(`${later} later ${later === 1 ? 'version' : 'versions'} of “${slug}”, after ${since}: held back with it.`);
  }
  const leftOut = [...heldBack.values()].reduce((sum, held) => sum + 1 + held.versions, 0);
  return { ...counts, leftOut, documents: documents.size, stopped };
}
