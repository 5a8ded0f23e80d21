import { chmodSync, chownSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { errorCode, StartupProblem } from '../startup-problem.ts';
import { closedFolder, type Account } from './server-account.ts';

// sun_path holds 108 bytes on Linux and 104 on macOS, final zero included; PostgreSQL refuses to start above that.
const socketPathLimit = 103;
const socketName = '.s.PGSQL.5432';
const prefix = 'troth-';

/**
 * A short private folder for the server's socket, 0700 and owned by the account the server runs under. Who can enter it is the
 * database's superuser, so a folder that somebody else prepared under the expected name is never used.
 * @param wanted The folder a server of this cluster used before: after a crash the address stays the same and open pools
 *   reconnect.
 */
export function prepareRunFolder(account: Account | undefined, wanted: string | undefined): string {
  if (wanted !== undefined && basename(wanted).startsWith(prefix)) {
    try {
      mkdirSync(wanted, { mode: 0o700 });
      if (account) chownSync(wanted, account.uid, account.gid);
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') return newRunFolder(account);
    }
    if (isPrivate(wanted, account)) return wanted;
  }
  return newRunFolder(account);
}

function newRunFolder(account: Account | undefined): string {
  const parents = [tmpdir(), '/tmp'];
  for (const parent of parents) {
    // A comma or a quote would be read as a list by unix_socket_directories.
    const fits = Buffer.byteLength(join(parent, `${prefix}XXXXXX`, socketName)) <= socketPathLimit && /^[\w./ -]+$/.test(parent);
    if (!fits || (account && closedFolder(parent, account))) continue;
    try {
      const folder = mkdtempSync(join(parent, prefix));
      chmodSync(folder, 0o700);
      if (account) chownSync(folder, account.uid, account.gid);
      return folder;
    } catch (error) {
      if (errorCode(error) === 'ENOSPC')
        throw new StartupProblem(`The disk that holds ${parent} is full. Free some space and start again.`);
    }
  }
  throw new StartupProblem(
    `No folder for the database's socket: neither ${parents.join(' nor ')} is writable, short enough and open to the server. ` +
      'Set TMPDIR to a short writable folder.',
  );
}

function isPrivate(folder: string, account: Account | undefined): boolean {
  const stat = lstatSync(folder);
  return stat.isDirectory() && (stat.mode & 0o077) === 0 && stat.uid === (account?.uid ?? process.getuid?.());
}

/** Takes away the folder of a server that has stopped; leaves anything that is not ours. */
export function removeRunFolder(folder: string): void {
  if (!basename(folder).startsWith(prefix)) return;
  try {
    if (readdirSync(folder).every((name) => name.startsWith('.s.PGSQL.'))) rmSync(folder, { recursive: true, force: true });
  } catch {
    // Already gone: another process of the same cluster was faster.
  }
}
