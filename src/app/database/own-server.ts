import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { errorCode, StartupProblem } from '../startup-problem.ts';
import { withClient } from '../with-client.ts';
import { serverVersion } from './check-given-server.ts';
import { createCluster, superuser } from './create-cluster.ts';
import { findBinaries, type Preference } from './find-binaries.ts';
import { readPostmasterFile, type PostmasterFile } from './postmaster-file.ts';
import { preparePackage } from './prepare-package.ts';
import { isServerOf, processIdentity } from './process-identity.ts';
import { prepareRunFolder, removeRunFolder } from './run-folder.ts';
import { closedFolder, serverAccount, type Account } from './server-account.ts';
import { freePort, startServer, stopServer } from './start-server.ts';
import { registerUser } from './users.ts';

export type OwnServerPlan = {
  dataFolder: string;
  prefer: Preference;
  transport: 'socket' | 'tcp';
  settings: Readonly<Record<string, string>>;
  say: (sentence: string) => void;
};

export type Database = {
  /** For pg, and for psql on the same machine. It stays the same while the server is healed. */
  url: string;
  kind: 'given' | 'own';
  /** `18.4` */
  version: string;
  /** Ends our use of it; the own server stops when no other process uses it. Safe to call twice. */
  stop(): Promise<void>;
};

const databaseName = 'troth';
const watchEvery = 500;
// A crash can be followed by a long recovery; while the server says "starting" there is no limit, this one is for silence.
const patience = 30_000;

/** The PostgreSQL of one data folder, shared by every process that opens the folder. */
export class OwnServer {
  readonly #plan: OwnServerPlan;
  readonly #cluster: string;
  readonly #secretFile: string | undefined;
  #account: Account | undefined;
  #bin = '';
  #watch: NodeJS.Timeout | undefined;
  #healing: Promise<void> | undefined;
  /** Where it listened last, so that a healed server is found at the same address. */
  #last: PostmasterFile | undefined;
  #identity: string | undefined;

  constructor(plan: OwnServerPlan) {
    this.#plan = plan;
    this.#cluster = join(plan.dataFolder, 'postgres');
    this.#secretFile = plan.transport === 'tcp' ? join(plan.dataFolder, 'postgres.secret') : undefined;
  }

  async open(): Promise<Database> {
    this.#account = serverAccount(this.#cluster);
    const closed = this.#account && closedFolder(this.#plan.dataFolder, this.#account);
    if (closed !== undefined) {
      throw new StartupProblem(
        `PostgreSQL refuses to run as root, so it runs as ${this.#account?.name}, which may not enter ${closed}. ` +
          'Name a data folder outside of it in TROTH_DATA, or start Troth as an ordinary user.',
      );
    }
    const binaries = findBinaries(this.#cluster, this.#plan.prefer);
    this.#bin = binaries.origin === 'npm' ? preparePackage(binaries.bin, this.#account) : binaries.bin;
    // Registered before looking for a server: whoever stops it looks at this list, and if it was faster the watch below heals.
    const unregister = registerUser(this.#plan.dataFolder);
    try {
      await createCluster({ folder: this.#cluster, bin: this.#bin, account: this.#account, secretFile: this.#secretFile });
      const version = await this.#ensureRunning();
      this.#watch = setInterval(() => this.#heal(), watchEvery).unref();
      return { url: this.#url(databaseName), kind: 'own', version, stop: () => this.#stop(unregister) };
    } catch (error) {
      await this.#stop(unregister).catch(() => {});
      throw error;
    }
  }

  async #ensureRunning(): Promise<string> {
    for (let silent = 0; silent < patience; silent += 20) {
      const file = readPostmasterFile(this.#cluster);
      if (file && isServerOf(file.pid, this.#cluster)) {
        this.#last = file;
        this.#identity = processIdentity(file.pid);
        if (file.status === 'starting') silent = 0;
        const version = file.status === 'ready' ? await this.#firstQuery(file.pid) : undefined;
        if (version !== undefined) return version;
      } else {
        await this.#start(file);
      }
      await pause(20);
    }
    throw new StartupProblem(
      `PostgreSQL in ${this.#cluster} does not come up. Its last words are in ${join(this.#plan.dataFolder, 'postgres.log')}.`,
    );
  }

  async #start(stale: PostmasterFile | undefined): Promise<void> {
    if (stale) {
      this.#last ??= stale;
      // PostgreSQL clears a lock file whose process is gone, and first waits for backends the dead server left behind. It gives
      // up when the pid runs again as something else (after a restart of machine or container); then the file is certainly stale.
      if (processIdentity(stale.pid) !== undefined) rmSync(join(this.#cluster, 'postmaster.pid'), { force: true });
    }
    const before = this.#last?.socketFolder || undefined;
    const listen =
      this.#plan.transport === 'tcp'
        ? { port: this.#last?.port ?? (await freePort()) }
        : { runFolder: prepareRunFolder(this.#account, before) };
    const outcome = await startServer({
      clusterFolder: this.#cluster,
      bin: this.#bin,
      account: this.#account,
      logFile: join(this.#plan.dataFolder, 'postgres.log'),
      listen,
      settings: this.#plan.settings,
    }).catch((error: unknown) => {
      if ('runFolder' in listen) removeRunFolder(listen.runFolder);
      throw error;
    });
    if (outcome === 'lost' && 'runFolder' in listen && listen.runFolder !== before) removeRunFolder(listen.runFolder);
  }

  /** @returns The version, or undefined when the server is not there yet (or no longer). */
  async #firstQuery(pid: number): Promise<string | undefined> {
    try {
      return await withClient(this.#url(databaseName), serverVersion);
    } catch (error) {
      const code = errorCode(error);
      if (code === '3D000') await this.#createDatabase();
      // The socket's folder was cleared away under a running server: nobody can reach it any more, so it is started anew.
      else if (code === 'ENOENT' && readPostmasterFile(this.#cluster)?.status === 'ready')
        await stopServer(pid, { bin: this.#bin, clusterFolder: this.#cluster });
      else if (error instanceof StartupProblem || code === '28P01' || code === '28000') throw error;
      return undefined;
    }
  }

  async #createDatabase(): Promise<void> {
    try {
      await withClient(this.#url('postgres'), (client) => client.query(`create database ${databaseName}`));
    } catch (error) {
      // 42P04 and 23505: another process that opened the folder at the same moment made it.
      if (!['42P04', '23505'].includes(errorCode(error) ?? '')) throw error;
    }
  }

  #url(database: string): string {
    if (this.#secretFile === undefined)
      return `postgres://${superuser}@/${database}?host=${encodeURIComponent(this.#last?.socketFolder ?? '')}`;
    return `postgres://${superuser}:${readFileSync(this.#secretFile, 'utf8')}@127.0.0.1:${this.#last?.port}/${database}`;
  }

  #heal(): void {
    if (this.#healing || (this.#last && processIdentity(this.#last.pid) === this.#identity)) return;
    this.#plan.say('PostgreSQL has ended; starting it again.');
    this.#healing = this.#ensureRunning()
      .then(() => this.#plan.say('PostgreSQL runs again.'))
      .catch((error: unknown) => this.#plan.say(error instanceof Error ? error.message : String(error)))
      .finally(() => (this.#healing = undefined));
  }

  async #stop(unregister: () => { othersRemain: boolean }): Promise<void> {
    clearInterval(this.#watch);
    await this.#healing;
    if (unregister().othersRemain) return;
    const file = readPostmasterFile(this.#cluster);
    if (!file || !isServerOf(file.pid, this.#cluster)) return;
    await stopServer(file.pid, { bin: this.#bin, clusterFolder: this.#cluster });
    if (file.socketFolder) removeRunFolder(file.socketFolder);
  }
}
