import { parseArgs } from 'node:util';
import { act, readEntry, withholdBody, withholdReasons } from '#ledger';
import { done, refuse } from '#kernel/outcome';
import { operator } from '../app/installation.ts';
import { StartupProblem } from '../app/startup-problem.ts';
import { UsageProblem, type Command } from './command.ts';
import { signNow } from './sign-now.ts';
import { withInstallation } from './with-installation.ts';

export const withhold: Command = {
  name: 'withhold',
  summary: 'Takes the text of one public entry back by law; entry, proofs and the reason stay',
  help: `Usage: npm run troth -- withhold ENTRY --reason REASON

Destroys the text (and salt) behind entry number ENTRY of the public log, wherever it is shown. The entry and every proof
stay, and a new entry says that it was withheld and why. It cannot be undone.

  --reason  ${withholdReasons.join(', ')}`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { reason: { type: 'string' } },
      allowPositionals: true,
    });
    const [entry, ...more] = positionals;
    if (entry === undefined || more.length > 0 || !/^(0|[1-9]\d{0,14})$/.test(entry))
      throw new UsageProblem('Name one entry by its number.');
    const reason = withholdReasons.find((known) => known === values.reason);
    if (reason === undefined) throw new UsageProblem(`Give a reason: ${withholdReasons.join(', ')}.`);
    await withInstallation(terminal, async (installation) => {
      const outcome = await act(installation.ledger, operator, async (ctx) => {
        const found = await readEntry(ctx.db, Number(entry));
        if (!found) return refuse('ledger/entry-not-found');
        if (found.leaf.bodyHash === null) return refuse('ledger/body-not-found');
        const withheld = await withholdBody(ctx, { hash: Buffer.from(found.leaf.bodyHash, 'hex'), reason });
        return withheld.ok ? done(null) : withheld;
      });
      if (!outcome.ok) throw new StartupProblem(sentences[outcome.refusal]);
      await signNow(installation);
      terminal.print(`The text of entry ${entry} is gone. Its entry, its proofs and the reason stay in the log.`);
    });
    return 0;
  },
};

const sentences = {
  'ledger/entry-not-found': 'The signed public log has no such entry.',
  'ledger/body-not-found': 'This entry has no text.',
  'ledger/body-already-withheld': 'This text was already withheld.',
} as const;
