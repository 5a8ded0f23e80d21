import { accessSync, chmodSync, constants, copyFileSync, cpSync, existsSync, mkdirSync } from 'node:fs';
import { readFileSync, readdirSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { errorCode, StartupProblem } from '../startup-problem.ts';
import { syncPath } from '../sync-path.ts';
import { closedFolder, type Account } from './server-account.ts';

const linkList = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Makes npm's PostgreSQL runnable. npm packages cannot hold symbolic links, so the package lists them in
 * `native/pg-symlinks.json` for an install script, which npm 12 and `--ignore-scripts` do not run: without the links the server
 * does not find its libraries. A package that cannot be written to, or lies where the server's account cannot reach, is copied
 * once into a shared cache.
 * @returns The folder of the executables.
 */
export function preparePackage(bin: string, account: Account | undefined, cache = cacheFolder()): string {
  const root = join(bin, '..', '..');
  const missing = missingLinks(root);
  const reachable = account === undefined || closedFolder(bin, account) === undefined;
  if (reachable && missing.length === 0) return bin;
  if (reachable && isWritable(join(root, 'native', 'lib'))) {
    makeLinks(root, missing);
    return bin;
  }
  return join(copyToCache(root, cache), 'native', 'bin');
}

type Link = z.infer<typeof linkList>[number];

function missingLinks(root: string): Link[] {
  const file = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(file)) return [];
  return linkList.parse(JSON.parse(readFileSync(file, 'utf8'))).filter(({ target }) => !existsSync(join(root, target)));
}

function makeLinks(root: string, links: Link[]): void {
  for (const { source, target } of links) {
    const [from, to] = [join(root, source), join(root, target)];
    try {
      symlinkSync(relative(dirname(to), from), to);
    } catch (error) {
      if (errorCode(error) === 'EEXIST') continue;
      // Windows allows links only to some users; a copy serves as well.
      copyFileSync(from, to);
    }
  }
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function copyToCache(root: string, cache: string): string {
  const manifest = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  const cached = join(cache, `postgres-${basename(root)}-${manifest.version}`);
  if (existsSync(cached)) return cached;
  const half = `${cached}.${process.pid}.half`;
  try {
    mkdirSync(half, { recursive: true, mode: 0o755 });
    for (const name of ['package.json', 'native'])
      cpSync(join(root, name), join(half, name), { recursive: true, verbatimSymlinks: true });
    makeLinks(half, missingLinks(half));
    openToAll(half);
    renameSync(half, cached);
    syncPath(dirname(cached));
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    if (existsSync(cached)) return cached;
    throw new StartupProblem(
      `PostgreSQL must be copied from ${root} to ${cached} (60 MB), because the account it runs under cannot use it ` +
        `where it is, and that failed: ${error instanceof Error ? error.message : String(error)}. ` +
        'Free some space there, or set DATABASE_URL.',
    );
  }
  return cached;
}

/** Under root a folder every account can read; for an ordinary user the usual cache folder. */
function cacheFolder(): string {
  if (process.getuid?.() === 0) return process.platform === 'darwin' ? '/Library/Caches/troth' : '/var/cache/troth';
  if (process.platform === 'win32') return join(process.env['LOCALAPPDATA'] ?? homedir(), 'troth-cache');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'troth');
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'troth');
}

// Unsynced, a power cut after the rename can leave files of the right name filled with zeros. Modes, because root's umask may be
// 077.
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) {
      syncPath(path);
      chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644);
    }
  }
}
