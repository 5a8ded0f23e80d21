import { parseArgs } from 'node:util';
import { act, observe } from '#ledger';
import { declareReplyTime, organisationSentence, readOrganisation } from '#organisation';
import { operator } from '../app/installation.ts';
import { StartupProblem } from '../app/startup-problem.ts';
import type { Command } from './command.ts';
import { signNow } from './sign-now.ts';
import { withInstallation } from './with-installation.ts';

const options = {
  hours: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  weekdays: { type: 'string' },
  holiday: { type: 'string', multiple: true },
} as const;

export const replyTime: Command = {
  name: 'reply-time',
  summary: 'Shows or declares how fast questions are answered, and when the organisation works',
  help: `Usage: npm run troth -- reply-time [--hours N] [--from HH:MM] [--to HH:MM] [--weekdays 1,2,3,4,5] [--holiday YYYY-MM-DD …]

Without options it shows what is declared. With any, it declares it anew, in the public log; what is not named stays as it is
(naming one holiday replaces the list of them). Questions already asked keep the deadline they were given.

  --hours     business hours within which a question is answered
  --weekdays  1 is Monday, 7 is Sunday`,
  async run(args, terminal) {
    const { values } = parseArgs({ args: [...args], options });
    await withInstallation(terminal, async (installation) => {
      const organisation = await readOrganisation(observe(installation.ledger, operator));
      if (!organisation) throw new StartupProblem(organisationSentence('organisation/not-set-up', {}, 'en'));
      const { calendar, replyHours } = organisation;
      if (Object.keys(values).length > 0) {
        const time = {
          businessHours: values.hours === undefined ? replyHours : Number(values.hours),
          from: values.from ?? calendar.hours.from,
          to: values.to ?? calendar.hours.to,
          weekdays: values.weekdays?.split(',').map((day) => Number(day.trim())) ?? calendar.weekdays,
          holidays: values.holiday ?? calendar.holidays,
        };
        const declared = await act(installation.ledger, operator, (ctx) => declareReplyTime(ctx, time));
        if (!declared.ok) throw new StartupProblem(organisationSentence(declared.refusal, declared.facts, 'en'));
        await signNow(installation);
      }
      const now = await readOrganisation(observe(installation.ledger, operator));
      if (!now) return;
      const { weekdays, hours, holidays, timeZone, version } = now.calendar;
      terminal.print(`A question is answered within ${now.replyHours} business hours.`);
      terminal.print(
        `Working hours: ${hours.from} to ${hours.to} ${timeZone}, weekdays ${weekdays.join(', ')} (calendar ${version}).`,
      );
      terminal.print(holidays.length === 0 ? 'No holidays.' : `Holidays: ${holidays.join(', ')}.`);
    });
    return 0;
  },
};
