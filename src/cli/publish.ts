import { parseArgs } from 'node:util';
import { exportSite } from '../app/export-site.ts';
import { offlineVerifierFor } from '../app/offline-verifier.ts';
import { openSite } from '../app/run-server.ts';
import { bringIn, historyOptions, readPlan } from './bring-in.ts';
import { UsageProblem, type Command, type ExitCode } from './command.ts';
import { openProgress } from './progress.ts';
import { withInstallation } from './with-installation.ts';

export const publish: Command = {
  name: 'publish',
  summary: 'Writes the public side as files for any static host',
  help: `Usage: npm run troth -- publish [--git DIR [--path FILE …] [--map FILE=SLUG …] [--language en]] --out DIR

Writes every public page in each language, feeds, texts, proofs, both logs and the offline verifier into DIR, as files for any
static host, at the public address. The pages are the same bytes as the server's. DIR is replaced as a whole, and only when it is
empty or a site of this installation; run it again after each change. Search, asking a question and the portal need the server.
The file _headers holds the headers for hosts that read it; on others, set the content policy of pages by their own means.
With --git, the versions of a repository's history that are not here yet are brought in first, exactly as import policies does:
one step of a pipeline (docs/ci.md). Exit code 1 when a version was left out; the site of all others is written nevertheless.
Stop it with Ctrl-C at any time and run it again: nothing is brought in twice, and the old site stays until the new one is whole.`,
  async run(args, terminal) {
    const { values } = parseArgs({ args: [...args], options: { ...historyOptions, out: { type: 'string' } } });
    const { out } = values;
    if (out === undefined || out === '') throw new UsageProblem('--out is missing.');
    const plan = readPlan(values);
    return withInstallation(terminal, async (installation, signal): Promise<ExitCode> => {
      const broughtIn = plan ? await bringIn(installation, terminal, { ...plan, signal }) : 0;
      if (signal.aborted) return 1;
      const site = await openSite(installation);
      let progress: (() => void) | undefined;
      const step = (at: number, total: number) => {
        // A record that grew meanwhile makes it begin anew, with more pages.
        if (at === 1) progress = openProgress(terminal, total, 'pages');
        progress?.();
      };
      const started = terminal.now();
      const { files, changed } = await exportSite({ site, out, offlineVerifier: offlineVerifierFor(site), step, signal });
      const seconds = ((terminal.now().getTime() - started.getTime()) / 1000).toFixed(1);
      terminal.print(`${out}: ${files} files, ${changed} of them new or changed, ${seconds} s.`);
      return broughtIn;
    });
  },
};
