import { publicLeafFields } from '@troth/tlog';
import type { Actor } from '#kernel/context';
import { openDatabase as openKysely, openPool } from '#kernel/sql';
import { type Ledger, reconcileStore, type StateStore, StoreMismatch } from '#ledger';
import { organisationLeafFields } from '#organisation';
import { policyLeafFields } from '#policies';
import { supportLeafFields } from '#support';
import type { Config } from './config.ts';
import { type Database, openDatabase } from './database/open-database.ts';
import { folderStore, stateFolder } from './folder-store.ts';
import { prepareJobs } from './job-schema.ts';
import { migrate } from './migrate.ts';
import { readRootKey } from './root-key.ts';
import { rooms } from './rooms.ts';
import { secretsFrom } from './secrets-from.ts';
import { StartupProblem } from './startup-problem.ts';

/** The operator at the machine: may everything, and is named as what it is in each event. */
export const operator: Actor = { kind: 'system', name: 'operator' };

/** Truncated to milliseconds, because leaves carry three decimals and an instant must survive the round trip. */
function systemNow(): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(Temporal.Now.instant().epochMilliseconds);
}

/** Everything a command or a server of this installation works with. */
export type Installation = {
  readonly config: Config;
  readonly database: Database;
  readonly ledger: Ledger;
  readonly store: StateStore;
  /** Registers who is told that something was recorded. */
  onRecord(listener: () => void): void;
  close(): Promise<void>;
};

/** Opens database, keys and store, brings the schema up to date and makes sure that store and database belong together. */
export async function openInstallation(config: Config, say: (sentence: string) => void): Promise<Installation> {
  const database = await openDatabase({ dataFolder: config.dataFolder, databaseUrl: config.databaseUrl, say });
  try {
    await migrate({ url: database.url, rooms });
    await prepareJobs(database.url);
    const secrets = secretsFrom(readRootKey(config));
    const db = openKysely(openPool(database.url));
    const store = folderStore(stateFolder(config.dataFolder));
    const listeners = new Set<() => void>();
    const ledger: Ledger = {
      db,
      secrets,
      leafFields: { ...publicLeafFields, ...organisationLeafFields, ...policyLeafFields, ...supportLeafFields },
      now: systemNow,
      wake: () => listeners.forEach((listener) => listener()),
    };
    const close = async () => {
      await db.destroy();
      await database.stop();
    };
    try {
      await reconcileStore(db, store);
    } catch (error) {
      await db.destroy();
      throw error instanceof StoreMismatch ? new StartupProblem(error.message) : error;
    }
    return { config, database, ledger, store, onRecord: (listener) => listeners.add(listener), close };
  } catch (error) {
    await database.stop();
    throw error;
  }
}
