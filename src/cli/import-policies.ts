import { parseArgs } from 'node:util';
import { bringIn, historyOptions, readPlan } from './bring-in.ts';
import { UsageProblem, type Command } from './command.ts';
import { withInstallation } from './with-installation.ts';

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
    const { values, positionals } = parseArgs({ args: [...args], options: historyOptions, allowPositionals: true });
    if (positionals.length !== 1 || positionals[0] !== 'policies') throw new UsageProblem('Say what to import: import policies.');
    const plan = readPlan(values);
    if (!plan) throw new UsageProblem('--git is missing.');
    return withInstallation(terminal, (installation, signal) => bringIn(installation, terminal, { ...plan, signal }));
  },
};
