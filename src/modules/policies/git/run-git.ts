import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { devNull } from 'node:os';
import { dirname } from 'node:path';

/**
 * A folder whose git may be asked; `environment` is the process environment, of which only what programs need to start is
 * passed on.
 */
export type GitFolder = { directory: string; environment: Readonly<Record<string, string | undefined>> };

/** What a command may reach beside the folder. Without it: nothing at all. */
export type GitReach = {
  /** As `GIT_ALLOW_PROTOCOL` takes them. */
  protocols: string;
  /** Configuration for this one command. */
  settings: Readonly<Record<string, string>>;
};

/**
 * Starts git on a repository that is not trusted: its configuration may name programs (fsmonitor, hooks, a signature checker, a
 * transport that is a shell command), and none of them may run. System and personal configuration are left out so that every
 * machine reads alike.
 */
export function spawnGit(
  { directory, environment }: GitFolder,
  args: readonly string[],
  reach: GitReach = { protocols: '', settings: {} },
): ChildProcessWithoutNullStreams {
  const settings = {
    ...reach.settings,
    'core.fsmonitor': 'false',
    'core.hooksPath': devNull,
    'log.showSignature': 'false',
    'log.follow': 'false',
    // The operator named this folder, which is the consent that git's check of its owner asks for; read from the command line
    // since 2.38.
    'safe.directory': '*',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const { PATH, Path, SystemRoot, TEMP } = environment;
  return spawn('git', ['--no-pager', '--no-replace-objects', ...options, ...args], {
    cwd: directory,
    windowsHide: true,
    // A group of its own where there are groups: git leaves the network to another program, which would outlive it.
    detached: process.platform !== 'win32',
    env: {
      ...(PATH === undefined ? {} : { PATH }),
      ...(Path === undefined ? {} : { Path }),
      ...(SystemRoot === undefined ? {} : { SystemRoot }),
      ...(TEMP === undefined ? {} : { TEMP }),
      LC_ALL: 'C',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: devNull,
      GIT_ATTR_NOSYSTEM: '1',
      // Reading a local history needs no transport at all: a partial clone must not fetch what it lacks from wherever its
      // config says.
      GIT_ALLOW_PROTOCOL: reach.protocols,
      GIT_NO_LAZY_FETCH: '1',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_TERMINAL_PROMPT: '0',
      // Without it a plain folder inside some checkout would be taken for that checkout.
      GIT_CEILING_DIRECTORIES: dirname(directory),
    },
  });
}

export type GitAnswer = { code: number; stdout: Buffer; stderr: string };

/** Runs git to its end. Rejects only when git cannot be started. */
export async function askGit(folder: GitFolder, args: readonly string[], input = ''): Promise<GitAnswer> {
  const child = spawnGit(folder, args);
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  // git may stop reading early, having found the first fault; its exit code then says what happened.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : 1, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() };
}
