import { readConfig, type Config } from '../app/config.ts';
import { openDatabase, type Database } from '../app/database/open-database.ts';
import type { Terminal } from './command.ts';

/** Opens the configured database for one command and lets go of it afterwards, whatever happens. */
export async function withDatabase<Value>(
  terminal: Terminal,
  use: (database: Database, config: Config) => Promise<Value>,
): Promise<Value> {
  const config = readConfig(terminal.environment);
  const database = await openDatabase({ dataFolder: config.dataFolder, databaseUrl: config.databaseUrl, say: terminal.say });
  // Without this Ctrl-C would leave a server running that only this command had started.
  const letGo = () => void database.stop().finally(() => process.exit(130));
  process.once('SIGINT', letGo).once('SIGTERM', letGo);
  try {
    return await use(database, config);
  } finally {
    process.off('SIGINT', letGo).off('SIGTERM', letGo);
    await database.stop();
  }
}
