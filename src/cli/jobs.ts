import { parseArgs } from 'node:util';
import { countJobs, retryJobs } from '#kernel/jobs';
import type { Command } from './command.ts';
import { withInstallation } from './with-installation.ts';

export const jobs: Command = {
  name: 'jobs',
  summary: 'Shows what waits to be done, and tries again what was given up',
  help: `Usage: npm run troth -- jobs [--retry]

Shows how much work put off (mail, webhooks) waits and how much was given up after its last attempt. The server does it; this
command only looks.

  --retry  gives everything given up its attempts again`,
  async run(args, terminal) {
    const { values } = parseArgs({ args: [...args], options: { retry: { type: 'boolean', default: false } } });
    await withInstallation(terminal, async ({ ledger }) => {
      if (values.retry) terminal.print(`${await retryJobs(ledger.db)} to be tried again.`);
      const { waiting, givenUp, overdueSince } = await countJobs(ledger.db);
      terminal.print(`${waiting} waiting, ${givenUp} given up.`);
      if (overdueSince)
        terminal.print(`The oldest could have been done at ${overdueSince.toString({ smallestUnit: 'second' })}.`);
    });
    return 0;
  },
};
