import { realpath, stat } from 'node:fs/promises';
import { posix } from 'node:path';
import { done, refuse, type Outcome } from '#kernel/outcome';
import { maxTextBytes } from '../text/read-text.ts';
import { slugOf } from '../text/slug.ts';
import { logFormat, parseLog, type LogCommit } from './parse-log.ts';
import { readBlobs } from './read-blobs.ts';
import { askGit, type GitFolder } from './run-git.ts';

export type HistoryRequest = {
  /** Top folder of a checkout, or a bare repository. */
  directory: string;
  /** Files or folders from the top, with `/`. Unless given: every Markdown file at the top and one folder deep. */
  paths?: readonly string[];
  /** Document slug by path, where the file name does not say it. */
  map?: Readonly<Record<string, string>>;
  environment: GitFolder['environment'];
};

export type GitVersion = {
  path: string;
  slug: string;
  commit: string;
  committedAt: Temporal.Instant;
  /** First line of the commit message. */
  subject: string;
  /** Exact content; one byte more than `maxTextBytes` stands for any longer one, so that `readText` refuses it. */
  bytes: Uint8Array;
};

/** Oldest first; `total` is known before the first is read. */
export type History = { total: number; versions: AsyncIterable<GitVersion> };

/**
 * Facts by refusal: `not-a-repository` {directory}; `path-not-found` {path}; `same-slug` {slug, path, other}: two files that
 * exist at the same time would become one document; `incomplete` {path, commit}: the repository lacks the content (a partial
 * clone).
 */
export type HistoryRefusal =
  | 'import/git-missing'
  | 'import/not-a-repository'
  | 'import/shallow'
  | 'import/no-history'
  | 'import/path-not-found'
  | 'import/same-slug'
  | 'import/incomplete';

/**
 * Lists the versions of documents in the history of the branch that is checked out, along first parents: what readers of that
 * branch saw, when they saw it. A commit counts where the content of the file changed; work on side branches counts at its
 * merge.
 */
export async function listVersions({
  directory,
  paths,
  map = {},
  environment,
}: HistoryRequest): Promise<Outcome<History, HistoryRefusal>> {
  const isFolder = await stat(directory).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return refuse('import/not-a-repository', { directory });
  const folder = { directory: await realpath(directory), environment };
  const tip = await findTip(folder);
  if (!tip.ok) return tip;

  const pathspecs = paths ? paths.map((path) => `:(literal)${trimSlash(path)}`) : [':(glob,icase)*.md', ':(glob,icase)*/*.md'];
  const walk = [
    'log',
    ...logFormat,
    '--first-parent',
    '--diff-merges=first-parent',
    '--full-history',
    '--reverse',
    '--no-renames',
    '--root',
  ];
  const log = await askGit(folder, [...walk, '--no-ext-diff', '--no-textconv', '--no-mailmap', tip.value, '--', ...pathspecs]);
  if (log.code !== 0) throw new Error(`git log failed: ${log.stderr}`);
  const commits = onlyMarkdown(parseLog(log.stdout), new Set(paths?.map(trimSlash)));

  const found = commits.flatMap(({ changes }) => changes.map(({ path }) => path));
  const missing = [...(paths ?? ['*.md']).map(trimSlash), ...Object.keys(map)].find(
    (path) => !found.some((one) => matches(one, path)),
  );
  if (missing !== undefined) return refuse('import/path-not-found', { path: missing });

  const slug = (path: string) => map[path] ?? slugOf(posix.basename(path).replace(/\.(?:md|markdown)$/i, ''));
  const conflict = findSameSlug(commits, slug);
  if (conflict) return refuse('import/same-slug', conflict);
  const entries = commits.flatMap(({ changes, ...commit }) =>
    changes.flatMap(({ path, blob }) => (blob === null ? [] : [{ ...commit, path, slug: slug(path), blob }])),
  );
  const lacking = await firstMissing(
    folder,
    entries.map(({ blob }) => blob),
  );
  const lost = lacking === -1 ? undefined : entries[lacking];
  if (lost) return refuse('import/incomplete', { path: lost.path, commit: lost.commit });
  return done({ total: entries.length, versions: withBytes(folder, entries) });
}

async function findTip(folder: GitFolder): Promise<Outcome<string, HistoryRefusal>> {
  let shallow;
  try {
    shallow = await askGit(folder, ['rev-parse', '--is-shallow-repository']);
  } catch {
    return refuse('import/git-missing');
  }
  if (shallow.code !== 0) return refuse('import/not-a-repository', { directory: folder.directory });
  if (shallow.stdout.toString().trim() === 'true') return refuse('import/shallow');
  const head = await askGit(folder, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  if (head.code === 0) return done(head.stdout.toString().trim());
  // `git init` names a first branch of its own liking, so after a fast-import HEAD often points nowhere beside the one real
  // branch.
  const branches = await askGit(folder, ['for-each-ref', '--format=%(objectname)', 'refs/heads']);
  const [only, second] = branches.stdout.toString().split('\n');
  return only && !second ? done(only) : refuse('import/no-history');
}

function trimSlash(path: string): string {
  return path.replace(/^(?:\.?\/)+|\/+$/g, '');
}

function matches(path: string, wanted: string): boolean {
  return wanted === '*.md' || path === wanted || path.startsWith(`${wanted}/`);
}

/** A folder may hold pictures; a file that was named outright is taken as it is. */
function onlyMarkdown(commits: readonly LogCommit[], named: ReadonlySet<string>): LogCommit[] {
  return commits.map((commit) => ({
    ...commit,
    changes: commit.changes.filter(({ path }) => named.has(path) || /\.(?:md|markdown)$/i.test(path)),
  }));
}

/** A file that moved keeps its document; two files of one name in two folders at one time are two documents and need a map. */
function findSameSlug(
  commits: readonly LogCommit[],
  slug: (path: string) => string,
): { slug: string; path: string; other: string } | null {
  const living = new Map<string, string>();
  for (const { changes } of commits) {
    for (const { path, blob } of changes) if (blob === null && living.get(slug(path)) === path) living.delete(slug(path));
    for (const { path, blob } of changes) {
      const other = living.get(slug(path));
      if (blob !== null && other !== undefined && other !== path) return { slug: slug(path), path, other };
      if (blob !== null) living.set(slug(path), path);
    }
  }
  return null;
}

async function firstMissing(folder: GitFolder, blobs: readonly string[]): Promise<number> {
  if (blobs.length === 0) return -1;
  const check = await askGit(folder, ['cat-file', '--batch-check=%(objecttype)'], `${blobs.join('\n')}\n`);
  const types = check.stdout.toString().split('\n');
  return blobs.findIndex((_, index) => types[index] !== 'blob');
}

async function* withBytes(
  folder: GitFolder,
  entries: readonly (Omit<GitVersion, 'bytes'> & { blob: string })[],
): AsyncGenerator<GitVersion> {
  const contents = readBlobs(
    folder,
    entries.map(({ blob }) => blob),
    maxTextBytes + 1,
  );
  try {
    for (const { blob: _, ...entry } of entries) {
      const { done, value } = await contents.next();
      if (done) throw new Error('git cat-file ended early');
      yield { ...entry, bytes: value };
    }
  } finally {
    await contents.return(undefined);
  }
}
