import { parseArgs } from 'node:util';
import { act, observe } from '#ledger';
import { readOrganisation, renewSetUpLink } from '#organisation';
import { readConfig } from '../app/config.ts';
import { type Installation, openInstallation, operator } from '../app/installation.ts';
import { createLog } from '../app/log-line.ts';
import { runServer } from '../app/run-server.ts';
import { isDemo } from '../app/seed-demo.ts';
import { StartupProblem } from '../app/startup-problem.ts';
import type { Command, Terminal } from './command.ts';
import { untilStopped } from './until-stopped.ts';

export const start: Command = {
  name: 'start',
  summary: 'Serves the trust centre, console and portal until Ctrl-C',
  help: `Usage: npm start
       npm run troth -- start [--insecure-http]

Starts the database if none is given, brings it up to date and serves everything on HOST:PORT (127.0.0.1:8080). Before an
organisation is set up it prints a link that is good for one set-up within 60 minutes. Ctrl-C stops it in good order.

  --insecure-http  serve other addresses than this machine's without TLS; shown on every page`,
  async run(args, terminal) {
    const { values } = parseArgs({ args: [...args], options: { 'insecure-http': { type: 'boolean', default: false } } });
    const config = readConfig(terminal.environment, { insecureHttp: values['insecure-http'] });
    const installation = await openInstallation(config, terminal.say);
    if (await isDemo(installation.ledger)) {
      await installation.close();
      throw new StartupProblem(
        'This database holds the sample organisation. Start it with "npm run demo", or name another DATABASE_URL or TROTH_DATA.',
      );
    }
    await serveUntilStopped(installation, terminal);
    return 0;
  },
};

/** Serves an open installation until it is told to stop, and closes it. */
export async function serveUntilStopped(installation: Installation, terminal: Terminal): Promise<void> {
  const log = createLog({ level: installation.config.logLevel, sink: process.stderr, now: terminal.now });
  try {
    const server = await runServer(installation, log);
    await greet(installation, server.url, terminal);
    await untilStopped();
    terminal.say('Stopping …');
    await server.stop();
  } finally {
    await installation.close();
  }
}

async function greet({ ledger, database }: Installation, url: string, terminal: Terminal): Promise<void> {
  const organisation = await readOrganisation(observe(ledger, operator));
  terminal.print('');
  if (organisation) {
    terminal.print(`  ${organisation.name}: ${url}/`);
    terminal.print(`  Console:  ${url}/console`);
  } else {
    const link = await act(ledger, operator, renewSetUpLink);
    terminal.print(`  Troth listens on ${url}`);
    if (link.ok) terminal.print(`  Set up:   ${url}/set-up?token=${link.value.token}\n            (works once, for 60 minutes)`);
  }
  if (database.kind === 'own')
    terminal.print(`  Database: its own PostgreSQL ${database.version}, for a trial. Set DATABASE_URL before people rely on it.`);
  terminal.print('  Stop:     Ctrl-C\n');
}
