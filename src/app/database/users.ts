import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processIdentity } from './process-identity.ts';

/**
 * The processes that use a data folder's own server, one empty file each, named by pid and start time. The server belongs to the
 * folder, not to the process that happened to start it: who leaves last stops it. So a server left behind by kill -9 is stopped
 * by its next user, and `troth doctor` beside a running `troth start` stops nothing.
 */
export function registerUser(dataFolder: string): () => { othersRemain: boolean } {
  const folder = join(dataFolder, 'postgres.users');
  const own = processIdentity(process.pid) ?? String(process.pid);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${own}-${(registrations += 1)}`);
  writeFileSync(file, '');
  return () => {
    rmSync(file, { force: true });
    return { othersRemain: readdirSync(folder).filter((name) => isAlive(folder, name)).length > 0 };
  };
}

let registrations = 0;

function isAlive(folder: string, name: string): boolean {
  const identity = name.slice(0, name.lastIndexOf('-'));
  if (processIdentity(Number.parseInt(name, 10)) === identity) return true;
  rmSync(join(folder, name), { force: true });
  return false;
}
