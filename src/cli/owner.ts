import { parseArgs } from 'node:util';
import { accountsSentence, resetOwner } from '#accounts';
import { act } from '#ledger';
import { operator } from '../app/installation.ts';
import { StartupProblem } from '../app/startup-problem.ts';
import { UsageProblem, type Command } from './command.ts';
import { readPassphrase } from './read-passphrase.ts';
import { signNow } from './sign-now.ts';
import { withInstallation } from './with-installation.ts';

export const owner: Command = {
  name: 'owner',
  summary: 'Gives the owner a new passphrase: owner reset',
  help: `Usage: npm run troth -- owner reset

Gives the owner a new passphrase, asked for here or read from standard input, and ends every session of the owner. For when the
old one is lost; whoever may run this on the machine could read the database anyway. It is recorded in the private log.`,
  async run(args, terminal) {
    const { positionals } = parseArgs({ args: [...args], options: {}, allowPositionals: true });
    if (positionals.length !== 1 || positionals[0] !== 'reset') throw new UsageProblem('Say what to do: owner reset.');
    await withInstallation(terminal, async (installation) => {
      const passphrase = await readPassphrase(terminal);
      const outcome = await act(installation.ledger, operator, (ctx) => resetOwner(ctx, { passphrase }));
      if (!outcome.ok) throw new StartupProblem(accountsSentence(outcome.refusal, outcome.facts, 'en'));
      await signNow(installation);
      terminal.print(`${outcome.value.email} has a new passphrase. Every session of the owner was ended; the reset is recorded.`);
    });
    return 0;
  },
};
