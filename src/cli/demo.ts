import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../app/config.ts';
import { defaultDataFolder } from '../app/data-folder.ts';
import { openInstallation } from '../app/installation.ts';
import { demoOwner, isDemo, seedDemo } from '../app/seed-demo.ts';
import { StartupProblem } from '../app/startup-problem.ts';
import type { Command, ExitCode, Terminal } from './command.ts';
import { serveUntilStopped } from './start.ts';

export const demo: Command = {
  name: 'demo',
  summary: 'Serves a sample organisation from a data folder of its own',
  help: `Usage: npm run demo

Serves Kestrel Coffee Roasters, a sample organisation with a history, in a data folder of its own (TROTH_DATA, or "troth-demo"
beside the usual one). Every page says that it is a sample; its log can never be mistaken for a real one. Delete the folder to
begin again.`,
  async run(args, terminal) {
    parseArgs({ args: [...args], options: {} });
    return serveSample(terminal, { folder: 'troth-demo', stories: false });
  },
};

export const dev: Command = {
  name: 'dev',
  summary: 'Serves the sample with every page and fixture under /stories',
  help: `Usage: npm run dev

For building Troth itself: the sample organisation in a folder of its own ("troth-dev" beside the usual one), and every page with
every fixture at /stories. It needs no network.`,
  async run(args, terminal) {
    parseArgs({ args: [...args], options: {} });
    return serveSample(terminal, { folder: 'troth-dev', stories: true });
  },
};

async function serveSample(terminal: Terminal, { folder, stories }: { folder: string; stories: boolean }): Promise<ExitCode> {
  const configured = readConfig(terminal.environment);
  const named = terminal.environment['TROTH_DATA'];
  const dataFolder = named === undefined || named === '' ? join(defaultDataFolder(), '..', folder) : configured.dataFolder;
  // A sample writes to nobody, whatever the environment says.
  const config = { ...configured, dataFolder, stories, mail: 'catch' as const };
  const installation = await openInstallation(config, terminal.say);
  try {
    const sample = await isDemo(installation.ledger);
    if (sample === false) {
      throw new StartupProblem(
        'This database holds a real organisation; a sample is never mixed with it. Unset DATABASE_URL and TROTH_DATA.',
      );
    }
    if (sample === null) {
      terminal.say('Making the sample organisation …');
      await seedDemo(installation.ledger, `http://127.0.0.1:${config.port}`);
    }
  } catch (error) {
    await installation.close();
    throw error;
  }
  terminal.print(`\n  Mail is caught, not sent: /en/console/mail`);
  terminal.print(`  Sample sign-in for the console: ${demoOwner.email}  /  ${demoOwner.passphrase}`);
  await serveUntilStopped(installation, terminal);
  return 0;
}
