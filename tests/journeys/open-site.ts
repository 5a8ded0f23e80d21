import { act } from '../../src/ledger/index.ts';
import { type Config, readConfig } from '../../src/app/config.ts';
import { type Installation, openInstallation, operator } from '../../src/app/installation.ts';
import { createLog } from '../../src/app/log-line.ts';
import { runServer } from '../../src/app/run-server.ts';
import { renewSetUpLink } from '../../src/modules/organisation/index.ts';
import { testDatabase } from '../support/database.ts';
import { temporaryFolder } from '../support/ledger.ts';

type Hooks = { after(hook: () => Promise<void>): void };

export type JourneySite = {
  /** `http://127.0.0.1:PORT`, no slash at the end. */
  readonly url: string;
  readonly installation: Installation;
  /** Moves the installation's clock; the time of this machine goes on from there. */
  advance(duration: Temporal.DurationLike): void;
  /** A fresh set-up link, as the terminal prints it. */
  setUpLink(): Promise<string>;
  /** Lines of the process's own log, which should be none. */
  readonly log: string[];
};

/** The whole application on a database and a folder of its own, on any free port, stopped and cleared away at the end. */
export async function openSite(
  t: Hooks,
  prepare: (installation: Installation) => Promise<void> = () => Promise.resolve(),
  settings: Partial<Config> = {},
): Promise<JourneySite> {
  // Hooks run in the order in which they were registered, but what was begun last must end first.
  const ends: (() => Promise<void>)[] = [];
  t.after(async () => {
    for (const end of ends.toReversed()) await end();
  });
  const scope: Hooks = { after: (end) => void ends.push(end) };
  const { url: databaseUrl } = await testDatabase(scope);
  const dataFolder = await temporaryFolder(scope);
  const config = { ...readConfig({ TROTH_DATA: dataFolder, DATABASE_URL: databaseUrl, PORT: '0' }), ...settings };
  const opened = await openInstallation(config, () => undefined);
  let ahead = Temporal.Duration.from({ seconds: 0 });
  const installation = { ...opened, ledger: { ...opened.ledger, now: () => opened.ledger.now().add(ahead) } };
  const log: string[] = [];
  const sink = { write: (line: string) => log.push(line) };
  scope.after(() => opened.close());
  await prepare(installation);
  const server = await runServer(installation, createLog({ level: 'warn', sink, now: () => new Date() }));
  scope.after(() => server.stop());
  return {
    url: server.url,
    installation,
    log,
    advance(duration) {
      ahead = ahead.add(Temporal.Duration.from(duration));
    },
    async setUpLink() {
      const link = await act(installation.ledger, operator, renewSetUpLink);
      if (!link.ok) throw new Error(link.refusal);
      return `${server.url}/set-up?token=${link.value.token}`;
    },
  };
}
