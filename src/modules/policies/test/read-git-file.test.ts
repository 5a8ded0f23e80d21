import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { type Locate, outboundPlaces } from '../../../kernel/fetch.ts';
import { readGitFile } from '../pull/read-git-file.ts';
import type { GitBounds } from '../pull/run-bounded.ts';
import { serve } from './fault-server.ts';
import { makeRepository, type Repository } from './git-repository.ts';
import { gitServer } from './git-server.ts';

const locate = outboundPlaces({ allow: ['127.0.0.1'] });
const environment = process.env;

async function served(t: TestContext): Promise<Repository & { url: string }> {
  const repository = makeRepository(t);
  repository.git(['config', 'uploadpack.allowFilter', 'true']);
  const address = await serve(t, gitServer(dirname(repository.directory)));
  return { ...repository, url: `${address}/${basename(repository.directory)}/.git` };
}

type Asked = { url: string; path?: string; branch?: string; bounds?: GitBounds; via?: Locate; from?: typeof environment };

async function answerOf({ url, path = 'privacy.md', branch = 'main', bounds, via = locate, from = environment }: Asked) {
  const asking = { locate: via, environment: from, ...(bounds && { bounds }) };
  const read = await readGitFile(asking, { url, branch, path });
  return read.ok ? [Buffer.from(read.value.bytes).toString(), read.value.commit] : read.refusal;
}

const leftOver = () => readdirSync(tmpdir()).filter((name) => name.startsWith('troth-pull-')).length;

suite('a file of a repository elsewhere', () => {
  test('the newest commit of the branch is read, whatever the file is called, and nothing is left behind', async (t) => {
    const { url, write, commit, git } = await served(t);
    write('privacy.md', 'old');
    commit('one');
    write('privacy.md', 'new');
    write('-x/*[a] ü.md', 'odd');
    const second = commit('two');
    const before = leftOver();
    assert.deepEqual(await answerOf({ url }), ['new', second]);
    assert.deepEqual(await answerOf({ url, path: '-x/*[a] ü.md' }), ['odd', second]);
    git(['checkout', '--quiet', '-b', 'legal/next']);
    write('privacy.md', 'next');
    assert.deepEqual(await answerOf({ url, branch: 'legal/next' }).then(([text]) => text), 'new');
    const third = commit('three');
    assert.deepEqual(await answerOf({ url, branch: 'legal/next' }), ['next', third]);
    assert.equal(leftOver(), before);
  });

  test('what is no plain file of the branch is refused', async (t) => {
    const { url, write, commit, git, directory } = await served(t);
    write('folder/privacy.md', 'text');
    symlinkSync('/etc/passwd', join(directory, 'privacy.md'));
    symlinkSync('folder', join(directory, 'linked'));
    git(['update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},module`]);
    commit('one');
    assert.equal(await answerOf({ url }), 'policies/git-not-a-file', 'a symbolic link');
    assert.equal(await answerOf({ url, path: 'folder' }), 'policies/git-not-a-file');
    assert.equal(await answerOf({ url, path: 'linked/privacy.md' }), 'policies/git-path-not-found');
    for (const path of ['none.md', '../privacy.md', '/etc/passwd', 'folder/../folder/privacy.md', 'folder/', '*', ':(glob)**'])
      assert.match(String(await answerOf({ url, path })), /^policies\/git-(?:path-not-found|not-a-file)$/, path);
    assert.equal(await answerOf({ url, branch: 'none' }), 'policies/git-branch-not-found');
    const other = await served(t);
    assert.equal(await answerOf({ url: other.url }), 'policies/git-branch-not-found', 'an empty repository');
  });

  test('a submodule is no file and is not fetched', async (t) => {
    const { url, write, git } = await served(t);
    write('a.md', 'text');
    write('.gitmodules', '[submodule "m"]\n\tpath = privacy.md\n\turl = http://127.0.0.1:1/none\n');
    git(['update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},privacy.md`]);
    git(['add', 'a.md', '.gitmodules']);
    git(['commit', '--quiet', '--message', 'one']);
    assert.equal(await answerOf({ url }), 'policies/git-not-a-file');
  });

  test('a huge file is refused, and beside one a small file is read without it', async (t) => {
    const { url, write, commit, git } = await served(t);
    write('privacy.md', 'text');
    write('huge.md', Buffer.alloc(6_000_000, 'x'));
    const hash = commit('one');
    assert.equal(await answerOf({ url, path: 'huge.md' }), 'policies/git-file-too-large');
    assert.deepEqual(await answerOf({ url }), ['text', hash]);
    git(['config', 'uploadpack.allowFilter', 'false']);
    assert.equal(await answerOf({ url, path: 'huge.md' }), 'policies/git-file-too-large', 'where the server sends everything');
  });

  test('a commit larger than allowed is refused, and so is a server that never ends', async (t) => {
    const { url, write, commit } = await served(t);
    // Random, or it would be small on the way.
    write('privacy.md', crypto.getRandomValues(new Uint8Array(60_000)));
    commit('one');
    const bounds = { bytes: 50_000, milliseconds: 20_000 };
    assert.equal(await answerOf({ url, bounds }), 'policies/git-too-large');
    const silent = await serve(t, (_, to) => void to.writeHead(200).write('x'));
    const before = leftOver();
    assert.equal(
      await answerOf({ url: `${silent}/x.git`, bounds: { bytes: 1_000, milliseconds: 300 } }),
      'policies/git-too-slow',
    );
    assert.equal(leftOver(), before);
  });

  test('only public addresses over https are asked, the judged one alone, and no redirect is followed', async (t) => {
    const { url, write, commit } = await served(t);
    write('privacy.md', 'text');
    const hash = commit('one');
    const closed = outboundPlaces({ allow: [] });
    assert.equal(await answerOf({ url, via: closed }), 'fetch/not-public');
    assert.equal(await answerOf({ url: 'https://10.0.0.1/x.git', via: closed }), 'fetch/not-public');
    for (const scheme of [
      'ext::sh -c true',
      'file:///etc',
      'ssh://git@example.org/x',
      'git://example.org/x',
      'http://93.184.215.14/x',
    ])
      assert.match(String(await answerOf({ url: scheme })), /^fetch\/(?:not-https|address-not-valid)$/, scheme);
    assert.equal(await answerOf({ url: 'https://user:secret@example.org/x' }), 'fetch/address-not-valid');
    // The name exists nowhere: who asks for it a second time, as git would by itself, finds nothing.
    const { port, pathname } = new URL(url);
    const named = outboundPlaces({ allow: ['127.0.0.1'], resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]) });
    assert.deepEqual(await answerOf({ url: `http://repo.invalid:${port}${pathname}`, via: named }), ['text', hash]);
    const away = await serve(t, (request, to) => void to.writeHead(302, { location: `${url}${request.url?.slice(2)}` }).end());
    assert.equal(await answerOf({ url: `${away}/x` }), 'policies/git-not-answered');
  });

  test('what else may stand at an address is refused with its reason', async (t) => {
    const { directory, write, commit, git, url } = await served(t);
    write('privacy.md', 'text');
    commit('one');
    git(['update-server-info']);
    const dumb = await serve(t, (request, to) => {
      const file = join(directory, '.git', new URL(request.url ?? '/', 'http://here').pathname);
      if (existsSync(file) && statSync(file).isFile()) to.end(readFileSync(file));
      else to.writeHead(404).end();
    });
    assert.equal(await answerOf({ url: dumb }), 'policies/git-not-answered', 'a folder of files sends no single commit');
    const page = await serve(t, (_, to) => void to.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hello</h1>'));
    // To git a page is a list of branches without one.
    assert.equal(await answerOf({ url: page }), 'policies/git-branch-not-found');
    const locked = await serve(t, (_, to) => void to.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end());
    assert.equal(await answerOf({ url: locked }), 'policies/git-locked');
    assert.equal(await answerOf({ url, from: { PATH: '/nowhere' } }), 'policies/git-missing');
  });
});
