import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartupProblem } from '../startup-problem.ts';

export type Account = { name: string; uid: number; gid: number };

/**
 * The account PostgreSQL runs under when we are root, because it refuses to run as root; undefined: it runs as ourselves.
 *
 * An existing cluster keeps its owner. Otherwise `postgres` where the system has it: that account is there to own databases and
 * no other daemon shares it. Else `nobody`, which every system has; a new account is not made, since adding users to a machine is
 * more than starting a program should do. initdb insists on an account with a passwd entry, so a bare free uid will not do.
 */
export function serverAccount(clusterFolder: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(clusterFolder, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { name: `uid ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  for (const name of ['postgres', '_postgres', 'nobody']) {
    const [uid, gid] = [idOf('-u', name), idOf('-g', name)];
    if (uid !== undefined && gid !== undefined) return { name, uid, gid };
  }
  throw new StartupProblem(
    'PostgreSQL refuses to run as root, and this machine has neither an account "postgres" nor "nobody". ' +
      'Start Troth as an ordinary user, or set DATABASE_URL to a PostgreSQL server.',
  );
}

function idOf(flag: '-u' | '-g', name: string): number | undefined {
  const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' });
  return status === 0 ? Number(stdout.trim()) : undefined;
}

/**
 * The first folder on the way to `path` that `account` may not enter, or undefined when it can get there. Access lists are not
 * read.
 */
export function closedFolder(path: string, account: Account): string | undefined {
  const parent = dirname(path);
  const above = parent === path ? undefined : closedFolder(parent, account);
  if (above !== undefined) return above;
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return undefined;
  const enter = stat.uid === account.uid ? 0o100 : stat.gid === account.gid ? 0o010 : 0o001;
  return (stat.mode & enter) === 0 ? path : undefined;
}
