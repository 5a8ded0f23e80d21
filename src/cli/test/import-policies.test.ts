import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { testDatabase } from '../../../tests/support/database.ts';
import { temporaryFolder } from '../../../tests/support/ledger.ts';
import { withClient } from '../../app/with-client.ts';
import { makeRepository, realHistory, type Repository } from '../../modules/policies/test/git-repository.ts';
import { askTroth } from './ask-troth.ts';

const root = join(import.meta.dirname, '../../..');

async function installation(t: TestContext) {
  const { url } = await testDatabase(t);
  const environment = { DATABASE_URL: url, TROTH_DATA: await temporaryFolder(t), PATH: process.env['PATH'] ?? '' };
  const set = ['--organisation', 'Harbour', '--owner', 'ada@harbour.example', '--public-url', 'https://trust.harbour.example'];
  assert.equal((await askTroth(['init', ...set], { environment, input: 'four unrelated words\n' })).code, 0);
  const query = (text: string) => withClient(url, async (client) => (await client.query<Record<string, unknown>>(text)).rows);
  return {
    environment,
    query,
    bringIn: ({ directory }: Pick<Repository, 'directory'>, ...more: string[]) =>
      askTroth(['import', 'policies', '--git', directory, ...more], { environment }),
    /** Slug, number and commit of each version, and whether a signed checkpoint covers all entries. */
    state: async () => {
      const versions = await query(
        `select slug, number, git_commit as commit from policies.version join policies.document d on d.id = document_id
         order by slug, number`,
      );
      const [log] = await query("select size = signed_size as signed from ledger.log where id = 'public'");
      const [events] = await query("select count(*)::int as n from ledger.event where type = 'policy.version-imported'");
      return {
        versions: versions.map(({ slug, number, commit }) => [slug, number, commit]),
        signed: log?.['signed'],
        events: events?.['n'],
      };
    },
  };
}

/** `count` commits that each change a file by turns. */
function twoFiles(t: TestContext, count: number): Repository & { expected: unknown[][] } {
  const repository = makeRepository(t);
  const expected: unknown[][] = [];
  for (let n = 0; n < count; n += 1) {
    const slug = n % 2 === 0 ? 'privacy' : 'terms';
    repository.write(`${slug}.md`, `# ${slug}\n\nText ${n}\n`);
    expected.push([slug, Math.floor(n / 2) + 1, repository.commit(`change ${n}`)]);
  }
  const sorted = expected.toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : String(a[0]) > String(b[0]) ? 1 : 0));
  return { ...repository, expected: sorted };
}

/** So many that the import cannot be over before the signal sent at a tenth of them arrives, however busy the machine is. */
const many = 100;

/** Runs the import as a process of its own and sends it a signal when a tenth is done. */
async function interrupted(environment: Record<string, string>, { directory }: Repository, signal: NodeJS.Signals) {
  const args = ['--import', './src/load.js', 'src/cli/main.ts', 'import', 'policies', '--git', directory];
  const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...environment } });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => chunk.toString().includes('10 %') && child.kill(signal));
  return new Promise<{ code: number | null; signal: NodeJS.Signals | null; output: string }>((resolve) =>
    child.once('close', (code, by) => resolve({ code, signal: by, output })),
  );
}

// One after another: making a repository blocks this process, and the signal to a child of another test would come too late.
suite('import policies', () => {
  test('the real history comes in whole in under 60 s, and a second run adds nothing', async (t) => {
    const repository = realHistory(t);
    if (!repository) return;
    const { bringIn, state } = await installation(t);
    const started = performance.now();
    const first = await bringIn(repository);
    const seconds = (performance.now() - started) / 1000;
    t.diagnostic(`87 real versions imported and signed in ${seconds.toFixed(1)} s`);
    assert.deepEqual([first.code, first.printed.length], [0, 1]);
    assert.match(first.printed.join(), /^87 versions added, 0 already there, 4 documents, /);
    assert.ok(seconds < 60, `${seconds} s`);
    assert.deepEqual(first.said.slice(-2), ['90 %: 79 of 87 versions', '100 %: 87 of 87 versions']);
    const before = await state();
    assert.deepEqual([before.versions.length, before.events, before.signed], [87, 87, true]);
    assert.match((await bringIn(repository)).printed.join(), /^0 versions added, 87 already there, 4 documents, /);
    assert.deepEqual(await state(), before);
  });

  test('after kill -9 in the middle the same command makes it whole, and nothing is there twice', async (t) => {
    const repository = twoFiles(t, many);
    const { environment, bringIn, state } = await installation(t);
    assert.equal((await interrupted(environment, repository, 'SIGKILL')).signal, 'SIGKILL');
    const half = (await state()).versions.length;
    assert.ok(half >= 8 && half < many, `${half} of ${many} were in when it died`);
    const again = await bringIn(repository);
    assert.match(again.printed.join(), new RegExp(`^${many - half} versions? added, ${half} already there`));
    assert.deepEqual(await state(), { versions: repository.expected, signed: true, events: many });
  });

  test('Ctrl-C ends it between two versions, signs what is there, and says how to go on', async (t) => {
    const repository = twoFiles(t, many);
    const { environment, bringIn, state } = await installation(t);
    const { code, output } = await interrupted(environment, repository, 'SIGINT');
    const { versions, signed } = await state();
    assert.deepEqual([code, signed], [1, true]);
    assert.match(output, new RegExp(`Stopped with ${many - versions.length} to go\\. Run the same command again`));
    assert.equal((await bringIn(repository)).code, 0);
    assert.deepEqual((await state()).versions, repository.expected);
  });

  test('a refused version is named, holds back its document and no other, and the exit code says so', async (t) => {
    const { directory, write, commit } = makeRepository(t);
    write('privacy.md', '# Privacy');
    write('terms.md', '# Terms');
    const good = commit('good');
    write('privacy.md', Buffer.from('%PDF-1.7'));
    const bad = commit('a PDF by mistake');
    write('privacy.md', '# Privacy, mended');
    write('terms.md', '# Terms, second');
    const last = commit('mended');
    const { bringIn, state } = await installation(t);
    for (const summary of [/^3 versions added, 0 already there, 2 documents/, /^0 versions added, 3 already there/]) {
      const { code, said, printed } = await bringIn({ directory });
      assert.equal(code, 1);
      assert.match(printed[0] ?? '', summary);
      assert.equal(printed[1], '2 versions left out; the reasons stand above.');
      const told = said.filter((line) => !/^\d+ %/.test(line));
      assert.match(told[0] ?? '', new RegExp(`^privacy\\.md at ${bad.slice(0, 12)}: This is not a text`));
      assert.equal(told[1], `1 later version of “privacy”, after ${bad.slice(0, 12)}: held back with it.`);
    }
    assert.deepEqual((await state()).versions, [
      ['privacy', 1, good],
      ['terms', 1, good],
      ['terms', 2, last],
    ]);
  });

  test('an address of our own is refused, and a map gives the file another', async (t) => {
    const { directory, write, commit } = makeRepository(t);
    write('new.md', '# New');
    const hash = commit('one');
    const { bringIn, state } = await installation(t);
    const refused = await bringIn({ directory });
    assert.equal(refused.code, 1);
    assert.match(refused.said.join('\n'), /“new” is taken by Troth itself/);
    assert.equal((await bringIn({ directory }, '--map', 'new.md=news', '--language', 'de')).code, 0);
    assert.deepEqual((await state()).versions, [['news', 1, hash]]);
    const wrong = await bringIn({ directory }, '--map', 'new.md=Not A Slug');
    assert.match(wrong.said.join('\n'), /An address has small letters/);
  });

  test('what is no history, no language or no installation is answered with a sentence', async (t) => {
    const { bringIn, state } = await installation(t);
    const folder = await temporaryFolder(t);
    assert.match(
      (await bringIn({ directory: folder })).said.join(),
      /is not the top folder of a git repository.*Nothing was imported/,
    );
    assert.match((await bringIn({ directory: folder }, '--language', 'x')).said.join(), /"x" is not a language/);
    assert.match((await bringIn({ directory: folder }, '--map', 'a.md')).said.join(), /--map a.md: write the file/);
    assert.equal((await askTroth(['import', 'policies'])).code, 2);
    assert.deepEqual((await state()).versions, []);
    const environment = { DATABASE_URL: (await testDatabase(t)).url, TROTH_DATA: folder };
    const none = await askTroth(['import', 'policies', '--git', folder], { environment });
    assert.match(none.said.join(), /There is no organisation yet/);
  });
});
