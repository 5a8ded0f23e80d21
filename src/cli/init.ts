import { parseArgs } from 'node:util';
import { type AccountsRefusal, accountsSentence } from '#accounts';
import { act, observe } from '#ledger';
import { establishOrganisation, type EstablishRefusal, organisationSentence, readOrganisation, sectors } from '#organisation';
import { operator } from '../app/installation.ts';
import { StartupProblem } from '../app/startup-problem.ts';
import { UsageProblem, type Command } from './command.ts';
import { readPassphrase } from './read-passphrase.ts';
import { signNow } from './sign-now.ts';
import { withInstallation } from './with-installation.ts';

const options = {
  organisation: { type: 'string' },
  owner: { type: 'string' },
  'public-url': { type: 'string' },
  language: { type: 'string' },
  'time-zone': { type: 'string' },
  sector: { type: 'string' },
} as const;

export const init: Command = {
  name: 'init',
  summary: 'Sets the installation up, as the page behind the set-up link does',
  help: `Usage: npm run troth -- init --organisation NAME --owner EMAIL --public-url URL
         [--language en,de] [--time-zone Europe/Berlin] [--sector ${sectors.join('|')}]

Makes the organisation, its two logs and its owner, before or while Troth runs. The passphrase of the owner is asked for, or read
from standard input. The public address names both logs for ever: https, no path; plain http only for this machine itself.
Unless given, the language is en, the time zone this machine's, and the sector other.`,
  async run(args, terminal) {
    const { values } = parseArgs({ args: [...args], options });
    const given = (name: 'organisation' | 'owner' | 'public-url') => {
      const value = values[name];
      if (value === undefined) throw new UsageProblem(`--${name} is missing.`);
      return value;
    };
    const organisation = {
      name: given('organisation'),
      ownerEmail: given('owner'),
      publicUrl: given('public-url'),
      languages: (values.language ?? 'en').split(',').map((language) => language.trim()),
      timeZone: values['time-zone'] ?? Temporal.Now.timeZoneId(),
      sector: values.sector ?? 'other',
      demo: false,
      token: null,
    };
    await withInstallation(terminal, async (installation) => {
      const { ledger } = installation;
      // Before the passphrase is asked for: nobody should type one for nothing.
      if (await readOrganisation(observe(ledger, operator))) refused('organisation/already-established', {});
      const ownerPassphrase = await readPassphrase(terminal);
      const outcome = await act(ledger, operator, (ctx) => establishOrganisation(ctx, { ...organisation, ownerPassphrase }));
      if (!outcome.ok) refused(outcome.refusal, outcome.facts);
      await signNow(installation);
      terminal.print(`${organisation.name} is set up. The owner signs in as ${organisation.ownerEmail}.`);
      terminal.print('Next: "npm start", or bring in the history of your policies: npm run troth -- import policies --git DIR');
    });
    return 0;
  },
};

function refused(refusal: EstablishRefusal, facts: Readonly<Record<string, string | number>>): never {
  const sentence = isOfAccounts(refusal) ? accountsSentence(refusal, facts, 'en') : organisationSentence(refusal, facts, 'en');
  throw new StartupProblem(`${sentence} Nothing was changed.`);
}

function isOfAccounts(refusal: EstablishRefusal): refusal is Extract<EstablishRefusal, AccountsRefusal> {
  return refusal.startsWith('accounts/');
}
