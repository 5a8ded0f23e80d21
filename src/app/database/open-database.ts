import { chmodSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { errorCode, StartupProblem } from '../startup-problem.ts';
import { checkGivenServer } from './check-given-server.ts';
import type { Preference } from './find-binaries.ts';
import { OwnServer, type Database } from './own-server.ts';

export type DatabaseRequest = {
  /** Absolute; made when missing. Not touched when a URL is given. */
  dataFolder: string;
  databaseUrl?: string | undefined;
  /** Tells the operator what takes long or was mended. */
  say?: (sentence: string) => void;
  /** The rest is for tests. */
  prefer?: Preference;
  transport?: 'socket' | 'tcp';
  settings?: Readonly<Record<string, string>>;
};

export type { Database } from './own-server.ts';

/**
 * The database to work with: the given one, checked, or the own server of the data folder, made, started, attached to or healed.
 * @throws StartupProblem with a sentence that says how to mend it.
 */
export async function openDatabase(request: DatabaseRequest): Promise<Database> {
  if (request.databaseUrl !== undefined) {
    const version = await checkGivenServer(request.databaseUrl);
    return { url: request.databaseUrl, kind: 'given', version, stop: async () => {} };
  }
  const server = new OwnServer({
    dataFolder: prepareDataFolder(request.dataFolder),
    prefer: request.prefer ?? 'npm',
    transport: request.transport ?? (process.platform === 'win32' ? 'tcp' : 'socket'),
    settings: request.settings ?? {},
    say: request.say ?? (() => {}),
  });
  return server.open();
}

function prepareDataFolder(folder: string): string {
  try {
    // Under root the server is another account and must pass through. Listing stays closed, and the keys lie in a 0700 folder.
    mkdirSync(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    const { mode } = statSync(folder);
    if (process.getuid?.() === 0 && (mode & 0o011) !== 0o011) chmodSync(folder, (mode & 0o777) | 0o011);
    return realpathSync(folder);
  } catch (error) {
    const reason = { EACCES: 'you may not write there', EPERM: 'you may not write there', EROFS: 'the disk is read-only' }[
      errorCode(error) ?? ''
    ];
    if (errorCode(error) === 'ENOSPC') throw new StartupProblem(`The disk is full: the data folder ${folder} cannot be made.`);
    if (errorCode(error) === 'EEXIST' || errorCode(error) === 'ENOTDIR') {
      throw new StartupProblem(
        `The data folder ${folder} cannot be made, because a file is in its place. Name another in TROTH_DATA.`,
      );
    }
    if (reason === undefined) throw error;
    throw new StartupProblem(
      `The data folder ${folder} cannot be used: ${reason}. Give your account the right, or name another in TROTH_DATA.`,
    );
  }
}
