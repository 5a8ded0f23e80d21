import { StartupProblem } from '../startup-problem.ts';

// Debian's names; other systems carry the same library under a similar one.
const libraryPackages: readonly [library: RegExp, debian: string][] = [
  [/^libatomic/, 'libatomic1'],
  [/^libicu/, 'libicu-dev'],
  [/^libxml2/, 'libxml2'],
  [/^libossp-uuid/, 'libossp-uuid16'],
  [/^libz/, 'zlib1g'],
  [/^libstdc\+\+/, 'libstdc++6'],
];

/**
 * Turns the last lines that PostgreSQL or initdb printed into a sentence for the person at the terminal.
 * @param output Printed with lc_messages C, so that the words can be recognised.
 */
export function explainFailure(output: string, where: { folder: string; account: string | undefined }): StartupProblem {
  const library = /error while loading shared libraries: ([^:]+):/.exec(output)?.[1];
  if (library !== undefined) {
    const debian = libraryPackages.find(([pattern]) => pattern.test(library))?.[1];
    const remedy = debian
      ? `On Debian or Ubuntu: apt-get install ${debian}.`
      : 'Install the package of your system that holds it.';
    return new StartupProblem(`PostgreSQL cannot start because the system library ${library} is missing. ${remedy}`);
  }
  if (/No space left on device|Disk quota exceeded/i.test(output)) {
    return new StartupProblem(`The disk that holds ${where.folder} is full. Free some space and start again; nothing is lost.`);
  }
  if (/Read-only file system/i.test(output)) {
    return new StartupProblem(
      `The disk that holds ${where.folder} is read-only. Mount it writable, or name another folder in TROTH_DATA.`,
    );
  }
  if (/Permission denied|must be owned by|has wrong ownership|invalid permissions/i.test(output)) {
    const who = where.account === undefined ? 'your account' : `the account ${where.account}, under which it runs`;
    return new StartupProblem(
      `PostgreSQL may not use ${where.folder}: it must belong to ${who}. ` +
        'Give it back to that account, or name another folder in TROTH_DATA.',
    );
  }
  if (/incompatible with server|not compatible with this version/i.test(output)) {
    return new StartupProblem(
      `The database in ${where.folder} was made by another version of PostgreSQL. Set DATABASE_URL to a server of that version.`,
    );
  }
  const lines = output.trim().split('\n').slice(-6).join('\n  ');
  return new StartupProblem(`PostgreSQL in ${where.folder} does not start. It says:\n  ${lines || '(nothing)'}`);
}
