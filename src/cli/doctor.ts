import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig, type Config } from '../app/config.ts';
import { checkLogKeys, readPublicUrl } from '../app/doctor/check-logs.ts';
import { checkDatabase } from '../app/doctor/check-database.ts';
import { checkAddress, checkDisk, checkPort, checkRootKey } from '../app/doctor/check-machine.ts';
import { checkMail } from '../app/doctor/check-mail.ts';
import { checkNode } from '../app/doctor/check-node.ts';
import { bad, note, type Finding } from '../app/doctor/finding.ts';
import { rooms } from '../app/rooms.ts';
import { StartupProblem } from '../app/startup-problem.ts';
import { withClient } from '../app/with-client.ts';
import type { Command, Terminal } from './command.ts';
import { withDatabase } from './with-database.ts';

export const doctor: Command = {
  name: 'doctor',
  summary: 'Looks at the machine and says what to mend',
  help: `Usage: npm run troth -- doctor

Looks at Node, the database and its settings, disk, clock, root secret, port, mail and public address. Each line that is not well
says how to mend it. It changes nothing. Exit code 1 when something keeps Troth from working safely.`,
  async run(args, terminal) {
    parseArgs({ args: [...args], options: {} });
    const config = readConfig(terminal.environment);
    const findings = [
      checkNode(),
      checkDisk(config),
      checkRootKey(config),
      await checkPort(config),
      await checkMail(config),
      ...(await database(config, terminal)),
    ];
    for (const finding of findings) terminal.print(line(finding));
    const worst = findings.filter(({ level }) => level === 'bad').length;
    const watch = findings.filter(({ level }) => level === 'warning').length;
    terminal.print(worst + watch === 0 ? '\nAll is well.' : `\n${worst} to mend, ${watch} to watch.`);
    return worst > 0 ? 1 : 0;
  },
};

async function database(config: Config, terminal: Terminal): Promise<Finding[]> {
  if (config.databaseUrl === undefined && !existsSync(join(config.dataFolder, 'postgres', 'PG_VERSION'))) {
    return [note('Database', `none yet; "npm start" makes one in ${config.dataFolder}.`), checkAddress(config, undefined)];
  }
  try {
    return await withDatabase(terminal, (opened) =>
      withClient(opened.url, async (client) => [
        ...(await checkDatabase(client, opened, { rooms, now: terminal.now })),
        await checkLogKeys(client, config),
        checkAddress(config, await readPublicUrl(client)),
      ]),
    );
  } catch (error) {
    if (error instanceof StartupProblem) return [bad('Database', 'cannot be opened.', error.message)];
    throw error;
  }
}

const marks = { good: '✔', note: '·', warning: '!', bad: '✖' } as const;

function line({ level, subject, says, mend }: Finding): string {
  return `${marks[level]} ${subject.padEnd(14)} ${says}${mend === undefined ? '' : `\n  ${''.padEnd(14)} → ${mend}`}`;
}
