import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { testDatabase } from '../../../tests/support/database.ts';
import { temporaryFolder } from '../../../tests/support/ledger.ts';
import { readConfig } from '../../app/config.ts';
import { exportSite } from '../../app/export-site.ts';
import { openInstallation } from '../../app/installation.ts';
import { offlineVerifierFor } from '../../app/offline-verifier.ts';
import { openSite } from '../../app/run-server.ts';
import { makeRepository } from '../../modules/policies/test/git-repository.ts';
import { renderAddress } from '../../surfaces/trust/render-address.ts';
import { listAddresses, listEntryAddresses } from '../../surfaces/trust/site-files.ts';
import { askTroth } from './ask-troth.ts';

async function installation(t: TestContext) {
  const folder = await temporaryFolder(t);
  const environment = {
    DATABASE_URL: (await testDatabase(t)).url,
    TROTH_DATA: join(folder, 'data'),
    PATH: process.env['PATH'] ?? '',
  };
  const set = ['--organisation', 'Harbour', '--owner', 'ada@harbour.example', '--public-url', 'https://trust.harbour.example'];
  await askTroth(['init', ...set], { environment, input: 'four unrelated words\n' });
  const repository = makeRepository(t);
  const change = async (text: string) => {
    repository.write('privacy.md', `# Privacy\n\n${text}\n`);
    repository.commit(text);
    assert.equal((await askTroth(['import', 'policies', '--git', repository.directory], { environment })).code, 0);
  };
  await change('We keep your address for one year.');
  await change('We keep your address for two years.');
  return {
    folder,
    repository,
    out: join(folder, 'site'),
    change,
    troth: (...args: string[]) => askTroth(args, { environment }),
    environment,
  };
}

/** The least a static host does: files as they lie, `index.html` for a folder, `404.html` for what is not there. */
async function host(t: TestContext, folder: string): Promise<string> {
  const server = createServer((request, response) => {
    const path = join(folder, decodeURIComponent(new URL(request.url ?? '', 'http://host').pathname));
    const send = async () => {
      const file = (await stat(path).catch(() => null))?.isDirectory() ? join(path, 'index.html') : path;
      const bytes = await readFile(file).catch(() => null);
      response.writeHead(bytes ? 200 : 404).end(bytes ?? (await readFile(join(folder, '404.html'))));
    };
    void send();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => void server.close());
  const address = server.address();
  return `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`;
}

const filesIn = async (folder: string) =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

suite('publish', { concurrency: 2 }, () => {
  test('every page on a static host is the bytes that the server renders, and no link of its own leads nowhere', async (t) => {
    const { out, environment } = await installation(t);
    const opened = await openInstallation(readConfig(environment), () => {});
    t.after(() => opened.close());
    const now = opened.ledger.now();
    const site = { ...(await openSite(opened)), ledger: { ...opened.ledger, now: () => now } };
    const organisation = await site.organisation();
    assert.ok(organisation);
    const job = { site, out, offlineVerifier: offlineVerifierFor(site), signal: new AbortController().signal };
    await exportSite({ ...job, step: () => {} });
    const address = await host(t, out);
    const pages = [...(await listAddresses(site)), ...(await listEntryAddresses(site))];
    assert.ok(pages.length > 20);
    const links = new Set<string>();
    for (const page of pages) {
      const served = Buffer.from(await (await fetch(`${address}/${page}`)).arrayBuffer());
      assert.ok(served.equals((await renderAddress(site, organisation, page))?.bytes ?? Buffer.alloc(0)), page);
      for (const [, href = ''] of served.toString().matchAll(/(?:href|src)="(\/[^"#?]*)/g)) links.add(href);
    }
    // What needs a server is the only thing that a static copy cannot follow.
    const needsServer = /^\/(en|de)\/(search|api|me|console|policies\/[^/]+\/ask)$/;
    // An entry's page offers its text as a file even where the entry never had one; the server answers 404 there too.
    const nowhere: string[] = [];
    for (const link of links) if ((await fetch(`${address}${link}`)).status !== 200) nowhere.push(link);
    assert.deepEqual(
      nowhere.filter((link) => !needsServer.test(link)),
      [],
    );
    const chooser = await (await fetch(`${address}/policies/privacy`)).text();
    assert.match(chooser, /<a href="\/en\/policies\/privacy" lang="en"[^>]*>English<\/a>.*<a href="\/de\/policies\/privacy"/s);
    assert.equal((await fetch(`${address}/nothing`)).status, 404);
  });

  test('the logs in it verify as a whole, and a proof in it by itself', async (t) => {
    const { out, troth } = await installation(t);
    const { code, printed } = await troth('publish', '--out', out);
    assert.equal(code, 0);
    t.diagnostic(printed.join());
    const address = await host(t, out);
    const policy = join(out, 'log/policy');
    const whole = await troth('log', 'verify', address, '--policy', policy);
    assert.deepEqual([whole.code, whole.printed.filter((line) => line.startsWith('Verified')).length], [0, 2]);
    assert.equal((await troth('log', 'verify', join(out, 'log/public/proof/3'), '--policy', policy)).code, 0);
    const [hash = ''] = await readdir(join(out, 'log/public/body'));
    const headers = await readFile(join(out, '_headers'), 'utf8');
    assert.match(headers, new RegExp(`^/log/public/body/${hash}\\n(?:  .*\\n)*  x-troth-salt: .{44}$`, 'm'));
    assert.match(headers, /^\/en\/\*\n {2}content-security-policy: default-src 'none'; script-src 'self'/m);
    assert.doesNotMatch(headers, /^\/\*$|^\/verify\/\*$|^\/log\/\*$/m);
    for (const file of ['feed.atom', 'feed.json', 'robots.txt', 'sitemap.xml', '.well-known/security.txt', 'verify/offline.html'])
      assert.ok((await stat(join(out, file))).size > 50, file);
  });

  test('a second run rewrites nothing, a later one what changed, and takes away what is no longer public', async (t) => {
    const { out, folder, change, troth } = await installation(t);
    await troth('publish', '--out', out);
    const font = (await filesIn(join(out, 'assets'))).find((file) => file.endsWith('.woff2')) ?? '';
    const { mtimeMs, ino } = await stat(font);
    await writeFile(join(out, 'stale.html'), 'left from before');
    assert.match((await troth('publish', '--out', out)).printed.join(), /, 0 of them new or changed/);
    assert.deepEqual([(await stat(font)).mtimeMs, (await stat(font)).ino], [mtimeMs, ino]);
    assert.ok(!existsSync(join(out, 'stale.html')));
    const before = (await filesIn(out)).length;
    await change('We keep your address for three years.');
    assert.doesNotMatch((await troth('publish', '--out', out)).printed.join(), /, 0 of them/);
    assert.ok((await filesIn(out)).length > before);
    assert.deepEqual((await readdir(folder)).toSorted(), ['data', 'site']);
  });

  test('a folder that is not ours is refused and stays as it was; what a killed run left is put right', async (t) => {
    const { out, folder, troth } = await installation(t);
    await mkdir(out);
    await writeFile(join(out, 'thesis.txt'), 'years of work');
    const refused = await troth('publish', '--out', out);
    assert.deepEqual([refused.code, await readdir(out)], [1, ['thesis.txt']]);
    assert.match(refused.said.join(), /holds files that Troth did not write\. Nothing was changed/);
    await writeFile(join(out, '.troth-site'), 'trust.other.example/log/public\n');
    assert.match((await troth('publish', '--out', out)).said.join(), /is the site of trust\.other\.example/);
    const other = join(folder, 'public');
    await troth('publish', '--out', other);
    // Killed between its two renames: the old site stands aside, a new one is half-written by a process that is gone.
    await rename(other, join(folder, '.public.troth-old'));
    await mkdir(join(folder, '.public.troth-new-999999999'));
    assert.match((await troth('publish', '--out', other)).printed.join(), /, 0 of them new or changed/);
    assert.deepEqual((await readdir(folder)).toSorted(), ['data', 'public', 'site']);
    assert.match((await troth('publish', '--out', join(other, 'index.html'))).said.join(), /is a file\. Name a folder/);
    assert.equal((await troth('publish')).code, 2);
  });
});

suite('publishing from a repository, as one step of a pipeline', { concurrency: 2 }, () => {
  test('new versions are brought in and the site is written; again changes nothing; a version left out is exit code 1', async (t) => {
    const { out, environment, repository } = await installation(t);
    const step = (...more: string[]) =>
      askTroth(['publish', '--git', repository.directory, '--out', out, ...more], { environment });
    repository.write('terms.md', '# Terms\n\nBe kind.\n');
    repository.commit('terms');
    const first = await step();
    assert.equal(first.code, 0, first.said.join());
    assert.match(first.printed.join('\n'), /^1 version added, 2 already there, 2 documents/m);
    assert.match(await readFile(join(out, 'en/policies/terms/index.html'), 'utf8'), /Be kind\./);
    const again = await step();
    assert.deepEqual([again.code, /0 versions added, 3 already there/.test(again.printed.join('\n'))], [0, true]);
    assert.match(again.printed.join('\n'), /, 0 of them new or changed/);
    repository.write('terms.md', Buffer.from([0, 1, 2]));
    repository.write('privacy.md', '# Privacy\n\nWe keep nothing.\n');
    repository.commit('a picture by mistake');
    const partly = await step();
    assert.equal(partly.code, 1);
    assert.match(partly.printed.join('\n'), /1 version left out/);
    assert.match(await readFile(join(out, 'en/policies/privacy/index.html'), 'utf8'), /We keep nothing\./);
  });

  test('what says something about --git needs it, and a folder that is no repository writes no site', async (t) => {
    const { out, folder, environment } = await installation(t);
    assert.equal((await askTroth(['publish', '--out', out, '--language', 'de'], { environment })).code, 2);
    const none = await askTroth(['publish', '--out', out, '--git', folder], { environment });
    assert.deepEqual([none.code, existsSync(out)], [1, false], none.said.join());
  });
});
