import { once } from 'node:events';
import { type GitFolder, type GitReach, spawnGit } from '../git/run-git.ts';

export type GitBounds = { readonly bytes: number; readonly milliseconds: number };

export type GitEnd =
  | { readonly state: 'ended'; readonly code: number; readonly stderr: string }
  | { readonly state: 'too-slow' | 'too-large'; readonly stderr: string };

/** git has no bound of its own for what it fetches; what it has written is looked at this often. */
const lookMilliseconds = 100;
const longestMessage = 20_000;

/** Runs git until it ends, takes too long or has written too much; then it and all that it started are killed. */
export async function runBounded(
  folder: GitFolder,
  args: readonly string[],
  reach: GitReach,
  { bytes, milliseconds }: GitBounds,
  written: () => Promise<number>,
): Promise<GitEnd> {
  const child = spawnGit(folder, args, reach);
  let stderr = '';
  let state: GitEnd['state'] = 'ended';
  const kill = (why: GitEnd['state']) => {
    state = why;
    killGroup(child.pid, () => child.kill('SIGKILL'));
  };
  child.stderr.on('data', (chunk: Buffer) => {
    if (stderr.length < longestMessage) stderr += chunk.toString();
  });
  child.stdout.resume();
  child.stdin.on('error', () => {});
  child.stdin.end();
  const patience = setTimeout(() => kill('too-slow'), milliseconds);
  const watch = setInterval(() => void written().then((size) => size > bytes && kill('too-large')), lookMilliseconds);
  try {
    const [code] = await once(child, 'close');
    // What was fetched between two looks counts as well.
    if (state === 'ended' && (await written()) > bytes) state = 'too-large';
    return state === 'ended' ? { state, code: typeof code === 'number' ? code : 1, stderr } : { state, stderr };
  } finally {
    clearTimeout(patience);
    clearInterval(watch);
  }
}

function killGroup(pid: number | undefined, otherwise: () => void): void {
  if (pid === undefined || process.platform === 'win32') return otherwise();
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
