import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { errorCode, StartupProblem } from '../startup-problem.ts';
import { syncPath } from '../sync-path.ts';
import { explainFailure } from './explain-failure.ts';
import { executable } from './find-binaries.ts';
import { processIdentity } from './process-identity.ts';
import type { Account } from './server-account.ts';
import { serverEnvironment } from './server-environment.ts';

export const superuser = 'troth';

export type NewCluster = {
  folder: string;
  bin: string;
  account: Account | undefined;
  /** Set where the server listens on TCP, undefined for a socket in a private folder. */
  secretFile: string | undefined;
};

/**
 * Makes the cluster, unless it is there. It is made beside its final place and renamed, so that a crash in the middle leaves no
 * half cluster under the real name, and of two processes that do this at once the slower one throws its own away.
 */
export async function createCluster({ folder, bin, account, secretFile }: NewCluster): Promise<void> {
  if (existsSync(join(folder, 'PG_VERSION'))) return;
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new StartupProblem(`${folder} holds files but no database. Move it away, or name another folder in TROTH_DATA.`);
  }
  removeHalfClusters(dirname(folder));
  const half = `${folder}.new-${processIdentity(process.pid)}-${randomBytes(4).toString('hex')}`;
  mkdirSync(half, { mode: 0o700 });
  if (account) chownSync(half, account.uid, account.gid);
  try {
    await runInitdb(half, { bin, account, secretFile });
    renameSync(half, folder);
    syncPath(dirname(folder));
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    const lostRace = ['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(errorCode(error) ?? '') && existsSync(join(folder, 'PG_VERSION'));
    if (!lostRace) throw error;
  }
}

type Initdb = Omit<NewCluster, 'folder'>;

async function runInitdb(folder: string, { bin, account, secretFile }: Initdb): Promise<void> {
  const options = ['--locale=C', '--encoding=UTF8', '--data-checksums', '--no-instructions', '-U', superuser, '-D', folder];
  if (secretFile === undefined) {
    // Whoever can open the socket's 0700 folder may be the superuser; nobody else gets a connection at all.
    options.push('--auth-local=trust', '--auth-host=reject');
  } else {
    if (!existsSync(secretFile)) writeSecret(secretFile, account);
    options.push('--auth=scram-sha-256', `--pwfile=${secretFile}`);
  }
  const { code, output } = await run(executable(bin, 'initdb'), options, account);
  if (code !== 0) throw explainFailure(output, { folder: dirname(folder), account: account?.name });
}

function writeSecret(file: string, account: Account | undefined): void {
  const half = `${file}.${process.pid}`;
  writeFileSync(half, randomBytes(32).toString('base64url'), { mode: 0o600, flush: true });
  renameSync(half, file);
  // initdb reads it under the account of the server.
  if (account) chownSync(file, account.uid, account.gid);
}

function run(command: string, options: string[], account: Account | undefined): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const identity = account ? { uid: account.uid, gid: account.gid } : {};
    // Its own process group: Ctrl-C reaches Node, which decides what happens to a half-made cluster.
    const child = spawn(command, options, { ...identity, cwd: '/', detached: true, windowsHide: true, env: serverEnvironment() });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) => reject(new StartupProblem(`${command} cannot be run: ${error.message}`)));
    child.on('close', (code) => resolve({ code, output }));
  });
}

function removeHalfClusters(dataFolder: string): void {
  for (const name of readdirSync(dataFolder)) {
    const identity = /^postgres\.new-(\d+(?:-\d+)?)-[0-9a-f]{8}$/.exec(name)?.[1];
    if (identity === undefined || processIdentity(Number.parseInt(identity, 10)) === identity) continue;
    rmSync(join(dataFolder, name), { recursive: true, force: true });
  }
}
