import { spawn, spawnSync } from 'node:child_process';
import { chownSync, closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { StartupProblem } from '../startup-problem.ts';
import { explainFailure } from './explain-failure.ts';
import { executable } from './find-binaries.ts';
import { readPostmasterFile } from './postmaster-file.ts';
import { processIdentity } from './process-identity.ts';
import type { Account } from './server-account.ts';
import { serverEnvironment } from './server-environment.ts';

export type ServerPlan = {
  clusterFolder: string;
  bin: string;
  account: Account | undefined;
  logFile: string;
  /** Where it listens: a private folder for a socket, or a port of 127.0.0.1. */
  listen: { runFolder: string } | { port: number };
  /** Settings beyond ours, for tests that need no durability. */
  settings: Readonly<Record<string, string>>;
};

/**
 * Starts the server and waits until it takes connections or has ended.
 * @returns 'ready', or 'lost' when another process started one on the same cluster first, or the last one's backends are still
 *   leaving.
 * @throws StartupProblem with the reason, when it ends by itself.
 */
export async function startServer(plan: ServerPlan): Promise<'ready' | 'lost'> {
  if (existsSync(plan.logFile)) renameSync(plan.logFile, plan.logFile.replace(/\.log$/, '.previous.log'));
  const log = openSync(plan.logFile, 'a', 0o640);
  if (plan.account) chownSync(plan.logFile, plan.account.uid, plan.account.gid);
  const identity = plan.account ? { uid: plan.account.uid, gid: plan.account.gid } : {};
  // Detached: its own process group, so that Ctrl-C in the terminal reaches Node alone, which then stops it in order.
  const child = spawn(...serverCommand(plan), {
    ...identity,
    cwd: '/',
    detached: true,
    windowsHide: true,
    stdio: ['ignore', log, log],
    env: serverEnvironment(),
  });
  child.unref();
  closeSync(log);
  const end: { reason?: string } = {};
  child.on('error', (error) => (end.reason = error.message));
  child.on('exit', (code, signal) => (end.reason ??= `ended with ${signal ?? code}`));
  while (end.reason === undefined) {
    const file = readPostmasterFile(plan.clusterFolder);
    if (file?.status === 'ready' && (file.pid === child.pid || process.platform === 'win32')) return 'ready';
    await pause(10);
  }
  const output = readFileSync(plan.logFile, 'utf8') || end.reason;
  if (/lock file "[^"]*postmaster\.pid" already exists|pre-existing shared memory block/.test(output)) return 'lost';
  throw explainFailure(output, { folder: plan.clusterFolder, account: plan.account?.name });
}

function serverCommand(plan: ServerPlan): [command: string, options: string[]] {
  const options = serverOptions(plan);
  if (process.platform !== 'win32') return [executable(plan.bin, 'postgres'), ['-D', plan.clusterFolder, ...options]];
  // On Windows the server refuses an administrator's rights, and pg_ctl is what drops them. It waits for the server.
  return [executable(plan.bin, 'pg_ctl'), ['start', '-w', '-D', plan.clusterFolder, '-o', options.join(' ')]];
}

function serverOptions({ listen, settings }: ServerPlan): string[] {
  const all: Record<string, string> = {
    ...('port' in listen
      ? { listen_addresses: '127.0.0.1', port: String(listen.port), unix_socket_directories: '' }
      : {
          listen_addresses: '',
          port: '5432',
          unix_socket_directories: `"${listen.runFolder}"`,
          unix_socket_permissions: '0700',
        }),
    // Stated although they are defaults: a line somebody left in postgresql.conf must not make acknowledged events losable.
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    logging_collector: 'off',
    log_destination: 'stderr',
    lc_messages: 'C',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // npm's binaries hold no compiler, and the queries here are short.
    jit: 'off',
    ...settings,
  };
  // By -c instead of lines in postgresql.conf: an unsynced line came back as zero bytes after a simulated power cut.
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** A port of 127.0.0.1 that is free at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

/** Stops a server in order: sessions are ended, what they had not committed is rolled back, and the cluster is left clean. */
export async function stopServer(pid: number, windows?: { bin: string; clusterFolder: string }): Promise<void> {
  const identity = processIdentity(pid);
  if (identity === undefined) return;
  // Windows has no signal that asks; Node would end the process at once, and every start would begin with a recovery.
  if (process.platform === 'win32' && windows) {
    spawnSync(executable(windows.bin, 'pg_ctl'), ['stop', '-m', 'fast', '-w', '-D', windows.clusterFolder]);
  } else signal(pid, 'SIGINT');
  // A fast shutdown writes one checkpoint; half a minute is a disk that does not answer, and then recovery at the next start is
  // the cure.
  for (let waited = 0; processIdentity(pid) === identity; waited += 10) {
    if (waited >= 30_000) {
      signal(pid, 'SIGQUIT');
      throw new StartupProblem('PostgreSQL did not stop within 30 s and was stopped at once; it will recover at the next start.');
    }
    await pause(10);
  }
}

function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone in the meantime, which is what was wanted.
  }
}
