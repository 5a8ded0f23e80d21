import { parseArgs } from 'node:util';
import { observe } from '#ledger';
import { readOrganisation } from '#organisation';
import { listVersions } from '#policies';
import { type Installation, operator } from '../app/installation.ts';
import { StartupProblem } from '../app/startup-problem.ts';
import { UsageProblem, type Command, type ExitCode, type Terminal } from './command.ts';
import { historySentence } from './history-sentence.ts';
import { importHistory, type ImportCounts } from './import-history.ts';
import { openProgress } from './progress.ts';
import { signNow } from './sign-now.ts';
import { withInstallation } from './with-installation.ts';

const options = {
  git: { type: 'string' },
  path: { type: 'string', multiple: true },
  map: { type: 'string', multiple: true },
  language: { type: 'string' },
} as const;

export const importPolicies: Command = {
  name: 'import',
  summary: 'Brings in the history of your policies from git: import policies',
  help: `Usage: npm run troth -- import policies --git DIR [--path FILE …] [--map FILE=SLUG …] [--language en]

Reads every version of each Markdown file from the history of the branch that is checked out in DIR, and records it with its
commit and date, marked as imported. Unless --path names files or folders, those at the top and one folder deep are taken.
--map gives a file another address than its name; the language is the organisation's first one unless given.
Each version is a step of its own: stop it with Ctrl-C at any time and run it again, nothing is brought in twice. A version that
is refused holds back the later ones of its document, because a gap would look like a whole history; the others go on.
Exit code 1 when anything was left out.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (positionals.length !== 1 || positionals[0] !== 'policies') throw new UsageProblem('Say what to import: import policies.');
    const { git: directory, path: paths, language } = values;
    if (directory === undefined) throw new UsageProblem('--git is missing.');
    const map = readMap(values.map ?? []);
    if (language !== undefined && !isLanguage(language)) {
      throw new UsageProblem(`"${language}" is not a language. Write it like en or pt-BR.`);
    }
    return withInstallation(terminal, (installation, signal) =>
      bringIn(installation, terminal, { directory, ...(paths ? { paths } : {}), map, language, signal }),
    );
  },
};

type Plan = {
  directory: string;
  paths?: readonly string[];
  map: Readonly<Record<string, string>>;
  language: string | undefined;
  signal: AbortSignal;
};

async function bringIn(installation: Installation, terminal: Terminal, plan: Plan): Promise<ExitCode> {
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

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag)[0] === tag;
  } catch {
    return false;
  }
}
