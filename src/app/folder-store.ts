import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { processIdentity } from './database/process-identity.ts';
import { requireStoreKey, type StateStore } from '#ledger';
import { errorCode } from './startup-problem.ts';
import { syncPath } from './sync-path.ts';

// Outside of what requireStoreKey allows, so that no key can name a half-written file or a lock.
const half = '~';

/** Where one machine keeps its tiles and checkpoints. */
export function stateFolder(dataFolder: string): string {
  return join(dataFolder, 'state');
}

/** The state store of one machine: files under `folder`. For more than one node it must be a shared store instead. */
export function folderStore(folder: string): StateStore {
  const place = (key: string) => {
    requireStoreKey(key);
    return join(folder, ...key.split('/'));
  };
  return {
    async get(key) {
      const bytes = await readOrNothing(place(key));
      return bytes && { bytes, tag: tagOf(bytes) };
    },
    async put(key, bytes) {
      await replace(place(key), bytes, folder);
    },
    async putIfMatch(key, bytes, tag) {
      const file = place(key);
      await makeFolders(dirname(file), folder);
      return withLock(`${file}${half}lock`, async () => {
        const current = await readOrNothing(file);
        if ((current && tagOf(current)) !== tag) return undefined;
        await replace(file, bytes, folder);
        return tagOf(bytes);
      });
    },
    async list(prefix) {
      const entries = existsSync(folder) ? await readdir(folder, { recursive: true, withFileTypes: true }) : [];
      return entries
        .filter((entry) => entry.isFile() && !entry.name.includes(half))
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
        .filter((key) => key.startsWith(prefix))
        .toSorted();
    },
  };
}

const tagOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function readOrNothing(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    // EISDIR, ENOTDIR: the key names a folder of other keys, or lies below a file; nothing is stored under it.
    if (['ENOENT', 'EISDIR', 'ENOTDIR'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
}

/** New file, its bytes to the disk, then its name: at every moment of a power cut the key holds the old bytes or the new. */
async function replace(file: string, bytes: Uint8Array, root: string): Promise<void> {
  await makeFolders(dirname(file), root);
  const fresh = `${file}${half}${randomBytes(6).toString('hex')}`;
  try {
    const handle = await open(fresh, 'wx', 0o644);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(fresh, file);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
  syncPath(dirname(file));
}

async function makeFolders(folder: string, root: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  // Each new folder is a name in the one above it, which must reach the disk too.
  for (let each = folder; each.length >= first.length; each = dirname(each)) syncPath(dirname(each));
  if (first === root) syncPath(dirname(root));
}

const patience = 30_000;

/**
 * Compare and replace must be one step among the processes of this machine. The lock file names its holder; one left by kill -9
 * is removed under a second lock, because between reading a dead holder's name and removing its file somebody else may have done
 * both and taken the lock anew.
 */
async function withLock<Value>(lock: string, act: () => Promise<Value>): Promise<Value> {
  for (let waited = 0; !(await take(lock)); waited += 5) {
    if (await isDead(lock)) await removeDead(lock);
    else await pause(5);
    if (waited > patience)
      throw new Error(`${lock} has been held for too long. If no other Troth runs on this folder, remove it and ${lock}${half}.`);
  }
  try {
    return await act();
  } finally {
    await rm(lock, { force: true });
  }
}

async function removeDead(lock: string): Promise<void> {
  const second = `${lock}${half}`;
  if (!(await take(second))) return pause(5);
  try {
    if (await isDead(lock)) await rm(lock, { force: true });
  } finally {
    await rm(second, { force: true });
  }
}

async function isDead(lock: string): Promise<boolean> {
  const holder = await readFile(lock, 'utf8').catch(() => undefined);
  if (holder === undefined) return false;
  if (holder !== '') return processIdentity(Number.parseInt(holder, 10)) !== holder;
  // Made, but its line not yet written: it stays so only when the process was killed between the two.
  const made = (await stat(lock).catch(() => undefined))?.mtimeMs;
  return made !== undefined && Date.now() - made > 5_000;
}

async function take(lock: string): Promise<boolean> {
  try {
    const handle = await open(lock, 'wx', 0o600);
    await handle.writeFile(processIdentity(process.pid) ?? '');
    await handle.close();
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}
