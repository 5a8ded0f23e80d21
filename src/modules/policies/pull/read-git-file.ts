import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FetchRefusal, Locate } from '#kernel/fetch';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { readBlobs } from '../git/read-blobs.ts';
import { askGit, type GitFolder, type GitReach } from '../git/run-git.ts';
import { maxTextBytes } from '../text/read-text.ts';
import { type GitBounds, type GitEnd, runBounded } from './run-bounded.ts';

/** `git-too-old` {version}; `git-file-too-large` {limit}, in bytes. */
export type GitFileRefusal =
  | FetchRefusal
  | 'policies/git-missing'
  | 'policies/git-too-old'
  | 'policies/git-not-answered'
  | 'policies/git-locked'
  | 'policies/git-branch-not-found'
  | 'policies/git-path-not-found'
  | 'policies/git-not-a-file'
  | 'policies/git-file-too-large'
  | 'policies/git-too-large'
  | 'policies/git-too-slow';

export type GitSource = { readonly url: string; readonly branch: string; readonly path: string };
export type GitFile = { readonly bytes: Uint8Array; readonly commit: string };

export type GitAsking = {
  readonly locate: Locate;
  readonly environment: GitFolder['environment'];
  readonly bounds?: GitBounds;
};

const usual: GitBounds = { bytes: 100_000_000, milliseconds: 60_000 };

/**
 * One file of a branch's newest commit, from a repository that nobody here trusts. Only that commit comes, nothing is checked out, so
 * that neither hooks nor filters nor links of the repository have any effect; only the judged address is connected to.
 */
export async function readGitFile(
  { locate, environment, bounds = usual }: GitAsking,
  source: GitSource,
): Promise<Outcome<GitFile, GitFileRefusal>> {
  const url = URL.parse(source.url);
  if (!url) return refuse('fetch/address-not-valid');
  const located = await locate(url);
  if (!located.ok) return located;
  const directory = await mkdtemp(join(tmpdir(), 'troth-pull-'));
  const folder = { directory, environment };
  try {
    const able = await judgeGit(folder);
    if (!able.ok) return able;
    const reach = reachOf(url, located.value[0]?.address ?? '');
    const made = await askGit(folder, ['init', '--quiet', '--bare', '--template=']);
    if (made.code !== 0) throw new Error(`git init failed: ${made.stderr}`);
    const wanted = [
      'fetch',
      '--quiet',
      '--depth=1',
      '--no-tags',
      '--no-recurse-submodules',
      `--filter=blob:limit=${maxTextBytes + 1}`,
    ];
    const args = [...wanted, '--', url.href, `+refs/heads/${source.branch}:refs/heads/pulled`];
    const end = await runBounded(folder, args, reach, bounds, () => packedBytes(directory));
    return end.state === 'ended' && end.code === 0 ? await readFrom(folder, source.path) : refuseEnd(end);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** 2.37 of 2022 is the first that connects to an address it is told. */
const leastVersion = [2, 37] as const;

async function judgeGit(folder: GitFolder): Promise<Outcome<null, 'policies/git-missing' | 'policies/git-too-old'>> {
  const answer = await askGit(folder, ['version']).catch(() => null);
  if (!answer) return refuse('policies/git-missing');
  const [version = '', major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(answer.stdout.toString()) ?? [];
  const isOld = Number(major) < leastVersion[0] || (Number(major) === leastVersion[0] && Number(minor) < leastVersion[1]);
  return isOld ? refuse('policies/git-too-old', { version }) : done(null);
}

function reachOf(url: URL, address: string): GitReach {
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return {
    protocols: url.protocol.replace(':', ''),
    settings: {
      // As in every other way out, no name is asked for a second time.
      'http.curloptResolve': `${host}:${port}:${address.includes(':') ? `[${address}]` : address}`,
      // Nor is what a dumb server calls its alternates, in another place.
      'http.followRedirects': 'false',
      'http.proxy': '',
      'http.emptyAuth': 'false',
      'credential.helper': '',
      'transfer.bundleURI': 'false',
      'fetch.fsckObjects': 'true',
      // Everything comes as one pack, whose size is watched, and no large object is taken into memory.
      'fetch.unpackLimit': '1',
      'core.bigFileThreshold': '6m',
      'gc.auto': '0',
      'maintenance.auto': 'false',
    },
  };
}

async function packedBytes(directory: string): Promise<number> {
  const folder = join(directory, 'objects', 'pack');
  const names = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

function refuseEnd(end: GitEnd): Outcome<GitFile, GitFileRefusal> {
  if (end.state === 'too-slow') return refuse('policies/git-too-slow');
  if (end.state === 'too-large') return refuse('policies/git-too-large');
  if (/couldn't find remote ref/i.test(end.stderr)) return refuse('policies/git-branch-not-found');
  if (/authentication failed|could not read username|403/i.test(end.stderr)) return refuse('policies/git-locked');
  return refuse('policies/git-not-answered');
}

async function readFrom(folder: GitFolder, path: string): Promise<Outcome<GitFile, GitFileRefusal>> {
  const head = await askGit(folder, ['rev-parse', '--verify', '--quiet', 'refs/heads/pulled^{commit}']);
  if (head.code !== 0) return refuse('policies/git-branch-not-found');
  const commit = head.stdout.toString().trim();
  const listed = await askGit(folder, ['--literal-pathspecs', 'ls-tree', '-z', '--full-tree', commit, '--', path]);
  const [, mode = '', hash = '', found] = /^(\d{6}) \w+ ([0-9a-f]{40,64})\t([^\0]*)\0$/.exec(listed.stdout.toString()) ?? [];
  if (found !== path) return refuse('policies/git-path-not-found');
  // A symbolic link, a submodule or a folder.
  if (!mode.startsWith('100')) return refuse('policies/git-not-a-file');
  const limit = { limit: maxTextBytes };
  // What is too large was left out by the server, if it can do so.
  const check = await askGit(folder, ['cat-file', '-e', hash]);
  if (check.code !== 0) return refuse('policies/git-file-too-large', limit);
  const blobs = readBlobs(folder, [hash], maxTextBytes + 1);
  const { value } = await blobs.next();
  await blobs.return(undefined);
  if (!value) throw new Error(`git has no blob ${hash}`);
  return value.length > maxTextBytes ? refuse('policies/git-file-too-large', limit) : done({ bytes: value, commit });
}
