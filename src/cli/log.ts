import { parseArgs } from 'node:util';
import { fsck, type Fault } from '#ledger';
import { StartupProblem } from '../app/startup-problem.ts';
import { policyText } from '../surfaces/log/serve-log.ts';
import { UsageProblem, type Command, type ExitCode, type Terminal } from './command.ts';
import { verifyAnything } from './log-verify.ts';
import { nearest } from './nearest.ts';
import { withInstallation } from './with-installation.ts';

export const log: Command = {
  name: 'log',
  summary: 'Checks proofs and logs: log verify, log fsck, log policy',
  help: `Usage: npm run troth -- log verify FILE|URL [--policy FILE] [--on DAY]
       npm run troth -- log fsck
       npm run troth -- log policy

verify FILE checks a proof or receipt offline, with the keys in --policy or, without it, those of this installation's database.
verify URL fetches a whole log, or both logs of a site, recomputes the root from every entry and tile, and compares it with what
the keys in --policy signed.
--on asks the proof of a policy's version whether it was in force on a day (2026-12-01) of the zone in which it was announced.
fsck recomputes both logs of this installation from what is stored, and names each entry at which something was changed.
policy prints the keys of both logs as a C2SP tlog-policy, to be given to whoever wants to check them.
Exit code 0 when all holds, 1 when something does not.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { policy: { type: 'string' }, on: { type: 'string' } },
      allowPositionals: true,
    });
    const [what, target, ...more] = positionals;
    if (what === 'verify') {
      if (target === undefined || more.length > 0) throw new UsageProblem('Name one file or address to verify.');
      return verifyAnything(target, { policyFile: values.policy, on: values.on }, terminal);
    }
    const act = what === 'fsck' ? check : what === 'policy' ? printPolicy : null;
    if (!act) {
      const meant = what === undefined ? undefined : nearest(what, ['verify', 'fsck', 'policy']);
      throw new UsageProblem(`Say what to do: log ${meant ?? 'verify, log fsck or log policy'}.`);
    }
    if (target !== undefined || values.policy !== undefined || values.on !== undefined)
      throw new UsageProblem(`log ${what} takes nothing more.`);
    return act(terminal);
  },
};

function printPolicy(terminal: Terminal): Promise<ExitCode> {
  return withInstallation<ExitCode>(terminal, async ({ ledger }) => {
    const text = await policyText(ledger);
    if (text === null) throw new StartupProblem('There is no log before an organisation is set up: npm run troth -- init');
    terminal.print(text.trimEnd());
    return 0;
  });
}

/** One change in the wrong place can be told thousands of times; the first ones say where. */
const mostPrinted = 100;

function check(terminal: Terminal): Promise<ExitCode> {
  return withInstallation(terminal, async ({ ledger, store }, signal) => {
    let faults = 0;
    const told = ({ code, sentence }: Fault) => {
      faults += 1;
      if (faults <= mostPrinted) terminal.print(`${sentence} [${code}]`);
    };
    const checked = await fsck({ db: ledger.db, secrets: ledger.secrets, store, now: () => ledger.now(), signal }, told);
    if (faults > mostPrinted) terminal.print(`… and ${faults - mostPrinted} more.`);
    if (checked.length === 0) terminal.print('There is no log before an organisation is set up.');
    for (const { log, entries, files } of checked) terminal.print(`${log}: ${entries} entries, ${files} files checked.`);
    terminal.print(
      faults === 0 ? 'No fault.' : `${faults} ${faults === 1 ? 'fault' : 'faults'}. Keep everything as it is until you know why.`,
    );
    return faults === 0 ? 0 : 1;
  });
}
