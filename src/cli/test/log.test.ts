import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { testDatabase } from '../../../tests/support/database.ts';
import { temporaryFolder } from '../../../tests/support/ledger.ts';
import { bundleStatement } from '../../ledger/index.ts';
import { readConfig } from '../../app/config.ts';
import { openInstallation } from '../../app/installation.ts';
import { withClient } from '../../app/with-client.ts';
import { makeRepository } from '../../modules/policies/test/git-repository.ts';
import { serveLog } from '../../surfaces/log/serve-log.ts';
import { fetchBounded } from '../fetch-bounded.ts';
import { askTroth } from './ask-troth.ts';

/** An installation with one policy of three versions: six entries in the public log. */
async function installation(t: TestContext) {
  const folder = await temporaryFolder(t);
  const { url } = await testDatabase(t);
  const environment = { DATABASE_URL: url, TROTH_DATA: folder, PATH: process.env['PATH'] ?? '' };
  const set = ['--organisation', 'Harbour', '--owner', 'ada@harbour.example', '--public-url', 'https://trust.harbour.example'];
  await askTroth(['init', ...set], { environment, input: 'four unrelated words\n' });
  const { directory, write, commit } = makeRepository(t);
  for (const text of ['one', 'two', 'three']) {
    write('privacy.md', `# Privacy\n\n${text}\n`);
    commit(text);
  }
  await askTroth(['import', 'policies', '--git', directory], { environment });
  const opened = await openInstallation(readConfig(environment), () => {});
  t.after(() => opened.close());
  const policy = join(folder, 'policy');
  const printed = await askTroth(['log', 'policy'], { environment });
  await writeFile(policy, `${printed.printed.join('\n')}\n`);
  return { environment, folder, opened, policy, troth: (...args: string[]) => askTroth(args, { environment }) };
}

/** Serves an answer for each path on this machine. @returns the address without a slash at the end. */
async function serve(t: TestContext, answer: (path: string) => Promise<Response | null> | Response | null): Promise<string> {
  const server = createServer((request, response) => {
    const send = async () => {
      const found = await answer(request.url ?? '');
      const { status, headers } = found ?? new Response(null, { status: 404 });
      response.writeHead(status, Object.fromEntries(headers)).end(found && Buffer.from(await found.arrayBuffer()));
    };
    void send();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => void server.close());
  const address = server.address();
  return `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`;
}

suite('log', { concurrency: 2 }, () => {
  test('a proof is verified with a given policy, or with the keys of this installation, which it then says', async (t) => {
    const { folder, opened, policy, troth } = await installation(t);
    const file = join(folder, 'proof.json');
    await writeFile(file, (await bundleStatement(opened.ledger.db, 4, null)) ?? '');
    const own = await troth('log', 'verify', file);
    assert.deepEqual([own.code, own.said], [0, ["Checked with the keys in this installation's own database."]]);
    const given = await troth('log', 'verify', file, '--policy', policy);
    assert.deepEqual([given.code, given.said], [0, []]);
    assert.match(given.printed.join('\n'), /^Yes\. .*in the log[\s\S]*✓ [\s\S]*What this proves\n[\s\S]*not witnessed/);
    const altered = (await readFile(file, 'utf8')).replace(/"leaf":"(.)/, (_, first) => `"leaf":"${first === 'e' ? 'f' : 'e'}`);
    await writeFile(file, altered);
    const changed = await troth('log', 'verify', file, '--policy', policy);
    assert.equal(changed.code, 1);
    assert.match(changed.printed.join('\n'), /^No\. [\s\S]*Entry 4/);
  });

  test('without keys, or with a file that is none, it says what to do and checks nothing', async (t) => {
    const { folder, policy, troth, opened } = await installation(t);
    const file = join(folder, 'proof.json');
    await writeFile(file, (await bundleStatement(opened.ledger.db, 1, null)) ?? '');
    const none = await askTroth(['log', 'verify', file], { environment: { TROTH_DATA: join(folder, 'none') } });
    assert.equal(none.code, 1);
    assert.match(none.said.join(), /--policy FILE.*\/log\/policy/);
    assert.match((await troth('log', 'verify', policy, '--policy', policy)).said.join(), /is not a proof/);
    assert.match((await troth('log', 'verify', file, '--policy', file)).said.join(), /is not a policy file: see line 1/);
    assert.match((await troth('log', 'verify', join(folder, 'absent'), '--policy', policy)).said.join(), /there is no such file/);
    assert.match((await troth('log', 'verify', 'https://trust.example')).said.join(), /--policy FILE/);
    assert.equal((await troth('log', 'verfy')).code, 2);
    assert.match((await troth('log', 'verfy')).said.join(), /log verify\./);
  });

  test('a whole site is fetched and its roots recomputed; a changed entry, tile or checkpoint is named', async (t) => {
    const { opened, policy, troth } = await installation(t);
    let spoil: { path: string; at: number } | null = null;
    const site = await serve(t, async (path) => {
      const answer = await serveLog(opened, path.slice('/log/'.length));
      if (!answer || path !== spoil?.path) return answer;
      const bytes = new Uint8Array(await answer.arrayBuffer());
      bytes[spoil.at] = (bytes[spoil.at] ?? 0) ^ 1;
      return new Response(bytes, { status: answer.status });
    });
    const whole = await troth('log', 'verify', site, '--policy', policy);
    assert.equal(whole.code, 0);
    assert.match(
      whole.printed.join('\n'),
      /Entries {6}6[\s\S]*signed by trust.harbour.example\/log\/public alone; not witnessed\nVerified/,
    );
    assert.equal(whole.printed.filter((line) => line.startsWith('Verified')).length, 2);
    for (const [path, at, says] of [
      ['/log/public/tile/entries/000.p/6', 40, /The tile tile\/0\/000\.p\/6 does not belong to the entries, from entry 0 on/],
      ['/log/public/tile/0/000.p/6', 32 * 4, /from entry 4 on/],
      ['/log/public/checkpoint', 35, /not one that a log of your policy signed/],
    ] as const) {
      spoil = { path, at };
      const { code, printed } = await troth('log', 'verify', `${site}/log/public`, '--policy', policy);
      assert.equal(code, 1, path);
      assert.match(printed.join('\n'), says);
    }
    assert.match(
      (await troth('log', 'verify', `${site}/elsewhere`, '--policy', policy)).said.join(),
      /There is no signed log at/,
    );
  });

  test('fsck is content with a sound log and names the entry that was changed', async (t) => {
    const { environment, troth } = await installation(t);
    const sound = await troth('log', 'fsck');
    assert.equal(sound.code, 0);
    assert.match(sound.printed.join('\n'), /^public: 6 entries, \d+ files checked\.\nprivate: 8 entries, .*\nNo fault\.$/);
    await withClient(environment.DATABASE_URL, async (client) => {
      await client.query(
        'update ledger.body set bytes = $1 where event_id = (select id from ledger.event where log = $2 and index = 4)',
        [Buffer.from('another text'), 'public'],
      );
    });
    const broken = await troth('log', 'fsck');
    assert.equal(broken.code, 1);
    assert.match(broken.printed[0] ?? '', /^Entry 4 of the public log: its text .* \[body-differs\]$/);
    const empty = await askTroth(['log', 'policy'], {
      environment: { ...environment, DATABASE_URL: (await testDatabase(t)).url, TROTH_DATA: await temporaryFolder(t) },
    });
    assert.match(empty.said.join(), /There is no log before an organisation is set up/);
  });

  test('fetching is bounded in size, time and redirects, and reaches no private address', async (t) => {
    const bounds = { limit: 1000, milliseconds: 2000 };
    const site = await serve(t, (path) => {
      if (path === '/long') return new Response('x'.repeat(1001));
      if (path === '/slow') return new Promise<Response>(() => {});
      if (path === '/loop') return new Response(null, { status: 302, headers: { location: '/loop' } });
      if (path === '/moved') return new Response(null, { status: 301, headers: { location: '/there' } });
      if (path === '/away') return new Response(null, { status: 302, headers: { location: 'https://trust.example/' } });
      return new Response('here');
    });
    const at = (path: string, over = bounds) => fetchBounded(new URL(path, site), over);
    assert.equal(Buffer.from((await at('/moved')).bytes).toString(), 'here');
    await assert.rejects(at('/long'), /longer than the 1000 bytes/);
    await assert.rejects(at('/slow', { ...bounds, milliseconds: 50 }), /cannot be fetched/);
    await assert.rejects(at('/loop'), /redirect to redirect/);
    await assert.rejects(at('/away'), /trust\.example is not a public address/);
    for (const address of [
      '10.0.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '0.0.0.0',
      '[fd00::1]',
      '[fe80::1]',
      '[::ffff:10.0.0.1]',
      '[64:ff9b::a00:1]',
    ]) {
      await assert.rejects(fetchBounded(new URL(`https://${address}/`), bounds), /is not a public address/, address);
    }
    await assert.rejects(fetchBounded(new URL('http://trust.example/'), bounds), /is not an https address/);
    await assert.rejects(fetchBounded(new URL('ftp://trust.example/'), bounds), /is not an https address/);
  });
});
