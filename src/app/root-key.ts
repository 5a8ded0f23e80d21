import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from './config.ts';
import { errorCode, StartupProblem } from './startup-problem.ts';
import { syncPath } from './sync-path.ts';

export function rootKeyFile(dataFolder: string): string {
  return join(dataFolder, 'keys', 'root');
}

/**
 * The root secret, 32 bytes, which wraps every other key. It lies outside database and backup: who has only those can sign
 * nothing and open nothing, and who loses it can read nothing either.
 * @returns TROTH_ROOT_KEY, or the file `keys/root`, made at the first call with 64 hexadecimal digits and mode 0600.
 * @throws StartupProblem when others may read the file, or it does not hold a key.
 */
export function readRootKey(config: Pick<Config, 'rootKey' | 'dataFolder'>): Uint8Array {
  if (config.rootKey) return config.rootKey;
  const file = rootKeyFile(config.dataFolder);
  if (!existsSync(file)) createRootKey(file);
  refuseReadable(file);
  const text = readFileSync(file, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/i.test(text)) {
    throw new StartupProblem(
      `${file} does not hold a root key (64 hexadecimal digits). Put back the one this data was made with.`,
    );
  }
  return Buffer.from(text, 'hex');
}

// Written whole under another name and linked: a crash leaves no half key, and of two processes that start at once both use the
// first's.
function createRootKey(file: string): void {
  const folder = dirname(file);
  const half = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    writeFileSync(half, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flush: true, flag: 'wx' });
    linkSync(half, file);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') {
      throw new StartupProblem(`The root key ${file} cannot be made: ${error instanceof Error ? error.message : String(error)}.`);
    }
  } finally {
    rmSync(half, { force: true });
  }
  syncPath(folder);
  syncPath(dirname(folder));
}

function refuseReadable(file: string): void {
  if (process.platform === 'win32') return;
  const mode = statSync(file).mode & 0o777;
  if (mode & 0o077) {
    throw new StartupProblem(
      `The root key ${file} can be read by other accounts (mode ${mode.toString(8)}). Mend it: chmod 600 ${file}`,
    );
  }
}
