import { parseArgs } from 'node:util';
import { formatInstant } from '#kernel/i18n';
import { observe } from '#ledger';
import { readOrganisation } from '#organisation';
import { audiences, isAudience, isJurisdiction, judgeMoment, readMoment, readPolicy } from '#policies';
import { operator } from '../app/installation.ts';
import { StartupProblem } from '../app/startup-problem.ts';
import { UsageProblem, type CommandPart } from './command.ts';
import { withInstallation } from './with-installation.ts';

const options = { audience: { type: 'string' }, jurisdiction: { type: 'string' } } as const;

export const policiesAt: CommandPart = {
  name: 'at',
  usage: 'at SLUG DATE [--audience WHO] [--jurisdiction CODE]',
  help: `at says which version of a policy was in force on a day of the organisation's zone (2026-12-01), with each change in it,
or at an instant (2026-12-01T12:00:00Z). Without --audience it is asked for everyone, without --jurisdiction for what counts
everywhere. CODE is ISO 3166 (DE, US-CA) or EU. WHO is one of:
${audiences.join(', ')}.
Exit code 0 when a version was in force at any time of it, 1 when none was.`,
  run(args, terminal) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [slug, text, ...more] = positionals;
    if (slug === undefined || text === undefined || more.length > 0) throw new UsageProblem('Name one policy and one day.');
    const { audience = 'everyone', jurisdiction = null } = values;
    if (!isAudience(audience)) throw new UsageProblem(`"${audience}" is no audience. Take one of: ${audiences.join(', ')}.`);
    if (jurisdiction !== null && !isJurisdiction(jurisdiction))
      throw new UsageProblem(`"${jurisdiction}" is no place. Write a code such as DE, US-CA or EU.`);
    if (!readMoment(text, 'UTC'))
      throw new UsageProblem(`"${text}" is neither a day (2026-12-01) nor an instant with its offset.`);
    return withInstallation(terminal, async ({ ledger }) => {
      const ctx = observe(ledger, operator);
      const organisation = await readOrganisation(ctx);
      if (!organisation) throw new StartupProblem('There is no organisation yet. Set it up first: npm run troth -- init');
      const record = await readPolicy(ctx, slug);
      if (!record) throw new StartupProblem(`There is no policy called "${slug}".`);
      const zone = organisation.timeZone;
      const moment = readMoment(text, zone);
      if (!moment) throw new Error(`${text} was a moment and is none in ${zone}`);
      const { spans, first, provisional } = judgeMoment(record, { audience, jurisdiction }, moment, ctx.now());
      for (const { from, number, claimed, ended } of spans) {
        const before = first !== null && Temporal.Instant.compare(from, first) < 0;
        const none = ended ? 'nothing: the document had ended' : before ? `nothing: it began on ${at(first)}` : 'nothing';
        const said = claimed ? `version ${number}, as an imported history claims` : `version ${number}`;
        terminal.print(`${at(from)}  ${number === null ? none : said}`);
      }
      if (provisional) terminal.print('It is still to come, in part or whole: what is published until then changes the answer.');
      return spans.some(({ number }) => number !== null) ? 0 : 1;

      function at(instant: Temporal.Instant): string {
        return formatInstant('en', instant, zone);
      }
    });
  },
};
