import { parseArgs } from 'node:util';
import { accountsSentence, endFourEyes, resetOwner } from '#accounts';
import { act } from '#ledger';
import { operator } from '../app/installation.ts';
import { StartupProblem } from '../app/startup-problem.ts';
import { type Command, type Terminal, UsageProblem } from './command.ts';
import { readPassphrase } from './read-passphrase.ts';
import { signNow } from './sign-now.ts';
import { withInstallation } from './with-installation.ts';

export const owner: Command = {
  name: 'owner',
  summary: 'Lets the owner in again: owner reset, owner four-eyes-off',
  help: `Usage: npm run troth -- owner reset
       npm run troth -- owner four-eyes-off PERMISSION --reason WHY

reset gives the owner a new passphrase, asked for here or read from standard input, and ends every session of the owner. For
when the old one is lost; whoever may run this on the machine could read the database anyway. It is recorded in the private log.

four-eyes-off lets one person alone do again what takes two (policies:publish, support:erase or accounts:manage). Only when
nobody is left who could be the second person; otherwise two people agree to it in the console. The reason is recorded with it.`,
  async run(args, terminal) {
    const { positionals, values } = parseArgs({
      args: [...args],
      options: { reason: { type: 'string' } },
      allowPositionals: true,
    });
    const [what, permission, ...rest] = positionals;
    if (what === 'reset' && permission === undefined && values.reason === undefined) await reset(terminal);
    else if (what === 'four-eyes-off' && permission !== undefined && rest.length === 0)
      await fourEyesOff(terminal, { permission, reason: values.reason ?? '' });
    else throw new UsageProblem('Say what to do: owner reset, or owner four-eyes-off PERMISSION --reason WHY.');
    return 0;
  },
};

function reset(terminal: Terminal): Promise<void> {
  return withInstallation(terminal, async (installation) => {
    const passphrase = await readPassphrase(terminal);
    const outcome = await act(installation.ledger, operator, (ctx) => resetOwner(ctx, { passphrase }));
    if (!outcome.ok) throw new StartupProblem(accountsSentence(outcome.refusal, outcome.facts, 'en'));
    await signNow(installation);
    terminal.print(`${outcome.value.email} has a new passphrase. Every session of the owner was ended; the reset is recorded.`);
  });
}

function fourEyesOff(terminal: Terminal, wanted: { permission: string; reason: string }): Promise<void> {
  return withInstallation(terminal, async (installation) => {
    const outcome = await act(installation.ledger, operator, (ctx) => endFourEyes(ctx, wanted));
    if (!outcome.ok) throw new StartupProblem(accountsSentence(outcome.refusal, outcome.facts, 'en'));
    await signNow(installation);
    terminal.print(`One person alone may do this again: ${outcome.value.permission}. It is recorded with the reason.`);
  });
}
