import assert from 'node:assert/strict';
import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { listVersions, type GitVersion, type HistoryRequest } from '../git/list-versions.ts';
import { maxTextBytes } from '../text/read-text.ts';
import { makeRepository, realHistory } from './git-repository.ts';

const environment = process.env;

async function versionsOf(request: Omit<HistoryRequest, 'environment'>): Promise<GitVersion[]> {
  const outcome = await listVersions({ ...request, environment });
  assert.ok(outcome.ok, JSON.stringify(outcome));
  const versions = await Array.fromAsync(outcome.value.versions);
  assert.equal(versions.length, outcome.value.total);
  return versions;
}

async function refusalOf(request: Omit<HistoryRequest, 'environment'>) {
  const outcome = await listVersions({ ...request, environment });
  assert.ok(!outcome.ok);
  return [outcome.refusal, outcome.facts] as const;
}

const text = ({ bytes }: GitVersion) => new TextDecoder().decode(bytes);
const brief = (version: GitVersion) => [version.path, version.subject, text(version)];

test('each change of content is a version, oldest first, with its commit, date and exact bytes', async (t) => {
  const { directory, write, commit } = makeRepository(t);
  write('privacy.md', 'one\r\n');
  write('docs/terms of use.md', 'terms');
  write('docs/deep/far.md', 'too deep');
  write('note.txt', 'no Markdown');
  const first = commit('First: "quoted" ü');
  write('privacy.md', Buffer.from([0x66, 0xfc, 0x00]));
  commit('Second');
  write('note.txt', 'other');
  commit('Nothing of ours');
  const versions = await versionsOf({ directory });
  assert.deepEqual(
    versions.map(({ path, slug }) => [path, slug]),
    [
      ['docs/terms of use.md', 'terms-of-use'],
      ['privacy.md', 'privacy'],
      ['privacy.md', 'privacy'],
    ],
  );
  assert.equal(versions[0]?.commit, first);
  assert.equal(versions[0].subject, 'First: "quoted" ü');
  assert.equal(String(versions[0].committedAt), '2020-01-02T00:00:00Z');
  assert.deepEqual([...(versions[2]?.bytes ?? [])], [0x66, 0xfc, 0x00]);
});

test('a file or folder that is named is read wherever it lies, and a map names its document', async (t) => {
  const { directory, write, commit } = makeRepository(t);
  write('a/b/c/one.md', '1');
  write('a/b/c/two.markdown', '2');
  write('a/b/c/picture.svg', '<svg/>');
  write('LICENCE', 'free');
  write('other.md', 'o');
  commit('all');
  const versions = await versionsOf({ directory, paths: ['./a/b/', 'LICENCE'], map: { 'a/b/c/one.md': 'privacy' } });
  assert.deepEqual(
    versions.map(({ slug }) => slug),
    ['licence', 'privacy', 'two'],
  );
  assert.deepEqual(await refusalOf({ directory, paths: ['a', 'nowhere.md'] }), ['import/path-not-found', { path: 'nowhere.md' }]);
  assert.deepEqual(await refusalOf({ directory, map: { 'typo.md': 'x' } }), ['import/path-not-found', { path: 'typo.md' }]);
  assert.deepEqual(await refusalOf({ directory, paths: ['*.md'] }), ['import/path-not-found', { path: '*.md' }]);
});

test('work on a side branch counts once, when it was merged', async (t) => {
  const { directory, write, commit, git } = makeRepository(t);
  write('a.md', '1\n');
  commit('start');
  git(['checkout', '--quiet', '-b', 'side']);
  write('a.md', '2\n');
  commit('draft');
  write('a.md', '3\n');
  commit('better draft');
  git(['checkout', '--quiet', 'main']);
  write('b.md', 'b');
  commit('meanwhile');
  git(['merge', '--quiet', '--no-ff', '--message', 'Merge side', 'side']);
  assert.deepEqual((await versionsOf({ directory })).map(brief), [
    ['a.md', 'start', '1\n'],
    ['b.md', 'meanwhile', 'b'],
    ['a.md', 'Merge side', '3\n'],
  ]);
});

test('deleting is no version, bringing back is one, a changed mode is none, a renamed file keeps its document', async (t) => {
  const { directory, write, commit, git } = makeRepository(t);
  write('privacy.md', 'same');
  commit('start');
  git(['rm', '--quiet', 'privacy.md']);
  commit('gone');
  write('privacy.md', 'same');
  commit('back');
  git(['update-index', '--chmod=+x', 'privacy.md']);
  git(['commit', '--quiet', '--message', 'mode only']);
  git(['reset', '--quiet', '--hard']);
  write('docs/.keep', '');
  git(['mv', 'privacy.md', 'docs/privacy.md']);
  commit('moved');
  assert.deepEqual(
    (await versionsOf({ directory })).map(({ path, slug, subject }) => [path, slug, subject]),
    [
      ['privacy.md', 'privacy', 'start'],
      ['privacy.md', 'privacy', 'back'],
      ['docs/privacy.md', 'privacy', 'moved'],
    ],
  );
});

test('two living files of one name are refused unless a map tells them apart', async (t) => {
  const { directory, write, commit } = makeRepository(t);
  write('privacy.md', '1');
  write('de/privacy.md', '2');
  commit('both');
  assert.deepEqual(await refusalOf({ directory }), [
    'import/same-slug',
    { slug: 'privacy', path: 'privacy.md', other: 'de/privacy.md' },
  ]);
  const versions = await versionsOf({ directory, map: { 'de/privacy.md': 'datenschutz' } });
  assert.deepEqual(
    versions.map(({ slug }) => slug),
    ['datenschutz', 'privacy'],
  );
});

test('symbolic links and submodules are no documents', async (t) => {
  const { directory, git } = makeRepository(t);
  git(
    ['fast-import', '--quiet'],
    `commit refs/heads/main
committer c <c@x.example> 1577836800 +0000
data 1
x
M 100644 inline real.md
data 4
real
M 120000 inline link.md
data 11
/etc/passwd
M 160000 0123456789012345678901234567890123456789 sub.md
`,
  );
  assert.deepEqual(
    (await versionsOf({ directory })).map(({ path }) => path),
    ['real.md'],
  );
});

const change = (path: string) => `M 100644 inline ${path}\ndata 1\nx\n`;

test('paths of any bytes are told apart', async (t) => {
  const { directory, git } = makeRepository(t, '--bare');
  const paths = ['"gr\\344.md"', '"gr\\345.md"', '"l\\nf.md"', 'ü.md'];
  git(
    ['fast-import', '--quiet'],
    `commit refs/heads/main\ncommitter c <c@x.example> 1 +0000\ndata 1\nx\n${paths.map(change).join('')}`,
  );
  const versions = await versionsOf({ directory, map: { 'gr%E4.md': 'grey' } });
  assert.deepEqual(
    versions.map(({ path, slug }) => [path, slug]),
    [
      ['gr%E4.md', 'grey'],
      ['gr%E5.md', 'gr-e5'],
      ['l\nf.md', 'l-f'],
      ['ü.md', 'ue'],
    ],
  );
});

test('of a huge file no more is kept than is needed to refuse it, and the next file is whole', async (t) => {
  const { directory, write, commit } = makeRepository(t);
  write('huge.md', Buffer.alloc(maxTextBytes + 1_000_000, 'x'));
  write('small.md', 'small');
  commit('both');
  const [huge, small] = await versionsOf({ directory });
  assert.equal(huge?.bytes.length, maxTextBytes + 1);
  assert.equal(small && text(small), 'small');
});

test('no program that the repository names is run', async (t) => {
  const { directory, write, commit, git } = makeRepository(t);
  write('a.md', 'old');
  commit('start');
  const trap = join(directory, '.git', 'trap');
  const sprung = join(directory, '.git', 'sprung');
  writeFileSync(trap, `#!/bin/sh\ntouch '${sprung}'\n`);
  chmodSync(trap, 0o755);
  for (const hook of ['post-index-change', 'reference-transaction', 'pre-auto-gc']) {
    writeFileSync(join(directory, '.git', 'hooks', hook), `#!/bin/sh\ntouch '${sprung}'\n`);
    chmodSync(join(directory, '.git', 'hooks', hook), 0o755);
  }
  write('a.md', 'new');
  write('.gitattributes', '*.md diff=trap filter=trap');
  commit('attributes');
  const signed = git(['cat-file', 'commit', 'HEAD']).replace(
    /^committer .*$/m,
    '$&\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n xyz\n -----END PGP SIGNATURE-----',
  );
  git(['update-ref', 'HEAD', git(['hash-object', '-t', 'commit', '-w', '--stdin'], `${signed}\n`)]);
  for (const name of [
    'core.fsmonitor',
    'gpg.program',
    'diff.external',
    'diff.trap.textconv',
    'diff.trap.command',
    'filter.trap.smudge',
    'core.pager',
    'core.sshCommand',
  ])
    git(['config', name, trap]);
  git(['config', 'log.showSignature', 'true']);
  git(['config', 'log.follow', 'true']);
  rmSync(sprung, { force: true });
  assert.equal((await versionsOf({ directory })).length, 2);
  assert.ok(!existsSync(sprung));
  // The trap is a real one: asked without our settings, git springs it.
  git(['log', '-1']);
  assert.ok(existsSync(sprung));
});

test('a partial clone is refused and fetches nothing', async (t) => {
  const { directory, write, commit, git } = makeRepository(t);
  write('a.md', 'content');
  const hash = commit('start');
  const blob = git(['rev-parse', 'HEAD:a.md']);
  rmSync(join(directory, '.git/objects', blob.slice(0, 2), blob.slice(2)));
  const sprung = join(directory, '.git', 'sprung');
  for (const [name, value] of [
    ['extensions.partialClone', 'origin'],
    ['core.repositoryFormatVersion', '1'],
    ['remote.origin.url', `ext::touch ${sprung}`],
    ['remote.origin.promisor', 'true'],
    ['protocol.ext.allow', 'always'],
  ] as const)
    git(['config', name, value]);
  assert.deepEqual(await refusalOf({ directory }), ['import/incomplete', { path: 'a.md', commit: hash }]);
  assert.ok(!existsSync(sprung));
  assert.throws(() => git(['cat-file', 'blob', blob]));
  assert.ok(existsSync(sprung));
});

test('what is no history is refused with its reason', async (t) => {
  const empty = makeRepository(t);
  assert.deepEqual(await refusalOf(empty), ['import/no-history', {}]);
  const outside = makeRepository(t);
  outside.write('a.md', '1');
  outside.write('plain/b.md', '1');
  outside.commit('one');
  outside.write('a.md', '2');
  outside.commit('two');
  const plain = join(outside.directory, 'plain');
  assert.deepEqual(await refusalOf({ directory: plain }), ['import/not-a-repository', { directory: plain }]);
  assert.equal((await refusalOf({ directory: join(outside.directory, 'absent') }))[0], 'import/not-a-repository');
  assert.equal((await refusalOf({ directory: join(outside.directory, 'a.md') }))[0], 'import/not-a-repository');
  const shallow = makeRepository(t);
  shallow.git(['fetch', '--quiet', '--depth=1', `file://${outside.directory}`, 'main']);
  assert.deepEqual(await refusalOf(shallow), ['import/shallow', {}]);
  const noMarkdown = makeRepository(t);
  noMarkdown.write('a.txt', 'x');
  noMarkdown.commit('one');
  assert.deepEqual(await refusalOf(noMarkdown), ['import/path-not-found', { path: '*.md' }]);
  const noGit = await listVersions({ directory: empty.directory, environment: { PATH: '/nowhere' } });
  assert.ok(!noGit.ok && noGit.refusal === 'import/git-missing');
});

test('a branch is found although HEAD names another that does not exist, unless there are several', async (t) => {
  const { directory, write, commit, git } = makeRepository(t);
  write('a.md', '1');
  commit('one');
  git(['symbolic-ref', 'HEAD', 'refs/heads/absent']);
  assert.equal((await versionsOf({ directory })).length, 1);
  git(['branch', 'second', 'main']);
  assert.equal((await refusalOf({ directory }))[0], 'import/no-history');
});

test('a reader that stops early leaves no process behind', async (t) => {
  const { directory, write, commit } = makeRepository(t);
  for (const number of ['1', '2', '3']) {
    write('a.md', number);
    commit(number);
  }
  const outcome = await listVersions({ directory, environment });
  assert.ok(outcome.ok);
  for await (const version of outcome.value.versions) {
    assert.equal(text(version), '1');
    break;
  }
});

test('the real history gives 87 versions of 4 documents', async (t) => {
  const repository = realHistory(t);
  if (!repository) return;
  const versions = await versionsOf(repository);
  const counts = Object.fromEntries(
    Map.groupBy(versions, ({ slug }) => slug)
      .entries()
      .map(([slug, list]) => [slug, list.length]),
  );
  assert.deepEqual(counts, { 'terms-of-service': 44, 'privacy-statement': 13, subprocessors: 23, cookies: 7 });
  const times = versions.map(({ committedAt }) => committedAt.epochMilliseconds);
  assert.deepEqual(
    times,
    times.toSorted((left, right) => left - right),
  );
  for (const { commit, path, bytes } of versions.slice(-3))
    assert.equal(Number(repository.git(['cat-file', '-s', `${commit}:${path}`])), bytes.length);
});
