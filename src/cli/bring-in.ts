import { observe } from '#ledger';
import { readOrganisation } from '#organisation';
import { isLanguage, listVersions } from '#policies';
import { type Installation, operator } from '../app/installation.ts';
import { StartupProblem } from '../app/startup-problem.ts';
import { UsageProblem, type ExitCode, type Terminal } from './command.ts';
import { historySentence } from './history-sentence.ts';
import { importHistory, type ImportCounts } from './import-history.ts';
import { openProgress } from './progress.ts';
import { signNow } from './sign-now.ts';

/** What says which history is brought in, for every command that does so. */
export const historyOptions = {
  git: { type: 'string' },
  path: { type: 'string', multiple: true },
  map: { type: 'string', multiple: true },
  language: { type: 'string' },
} as const;

export type HistoryPlan = {
  readonly directory: string;
  readonly paths?: readonly string[];
  readonly map: Readonly<Record<string, string>>;
  readonly language: string | undefined;
};

type Values = { git?: string; path?: string[]; map?: string[]; language?: string };

/** `null` when no folder is named. */
export function readPlan({ git: directory, path: paths, map, language }: Values): HistoryPlan | null {
  if (directory === undefined) {
    if (paths ?? map ?? language)
      throw new UsageProblem('--path, --map and --language say something about --git, which is missing.');
    return null;
  }
  if (language !== undefined && !isLanguage(language))
    throw new UsageProblem(`"${language}" is not a language. Write it like en or pt-BR.`);
  return { directory, map: readMap(map ?? []), language, ...(paths ? { paths } : {}) };
}

/** Brings the history in and signs it. @returns 1 when anything was left out or it was stopped, having said what and why. */
export async function bringIn(
  installation: Installation,
  terminal: Terminal,
  plan: HistoryPlan & { readonly signal: AbortSignal },
): Promise<ExitCode> {
  const organisation = await readOrganisation(observe(installation.ledger, operator));
  if (!organisation) throw new StartupProblem('There is no organisation yet. Set it up first: npm run troth -- init');
  const started = terminal.now();
  const { directory, map, signal } = plan;
  const history = await listVersions({
    directory,
    map,
    environment: terminal.environment,
    ...(plan.paths ? { paths: plan.paths } : {}),
  });
  if (!history.ok) throw new StartupProblem(historySentence(history.refusal, history.facts));
  const progress = openProgress(terminal, history.value.total, 'versions');
  const counts = await importHistory(installation.ledger, history.value.versions, {
    language: plan.language ?? organisation.languages[0] ?? 'en',
    signal,
    step: progress,
    tell: terminal.say,
  });
  await signNow(installation);
  const seconds = (terminal.now().getTime() - started.getTime()) / 1000;
  for (const line of summary(counts, history.value.total, seconds)) terminal.print(line);
  return counts.leftOut > 0 || counts.stopped ? 1 : 0;
}

function summary({ added, known, leftOut, documents, stopped }: ImportCounts, total: number, seconds: number): string[] {
  const took = `${seconds.toFixed(1)} s`;
  const lines = [`${count(added, 'version')} added, ${known} already there, ${count(documents, 'document')}, ${took}.`];
  if (leftOut > 0) lines.push(`${count(leftOut, 'version')} left out; the reasons stand above.`);
  if (stopped) lines.push(`Stopped with ${total - added - known - leftOut} to go. Run the same command again to go on.`);
  return lines;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function readMap(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      // A file's name may hold "=", a slug may not.
      const equals = pair.lastIndexOf('=');
      if (equals < 1 || equals === pair.length - 1) {
        throw new UsageProblem(`--map ${pair}: write the file, "=", and the name in the address, such as --map tos.md=terms.`);
      }
      return [pair.slice(0, equals), pair.slice(equals + 1)];
    }),
  );
}
