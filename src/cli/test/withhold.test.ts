import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { testDatabase } from '../../../tests/support/database.ts';
import { temporaryFolder } from '../../../tests/support/ledger.ts';
import { makeRepository } from '../../modules/policies/test/git-repository.ts';
import { withClient } from '../../app/with-client.ts';
import { askTroth } from './ask-troth.ts';

const set = ['--organisation', 'Harbour', '--owner', 'ada@harbour.example', '--public-url', 'https://trust.harbour.example'];

/** An installation with one public text, whose entry is number 3. */
async function withText(t: TestContext): Promise<Record<string, string>> {
  const environment = { DATABASE_URL: (await testDatabase(t)).url, TROTH_DATA: await temporaryFolder(t) };
  assert.equal((await askTroth(['init', ...set], { environment, input: 'four unrelated words here\n' })).code, 0);
  const { directory, write, commit } = makeRepository(t);
  write('privacy.md', '# Privacy\n\nA sentence that must go.');
  commit('one');
  assert.equal((await askTroth(['import', 'policies', '--git', directory], { environment })).code, 0);
  return environment;
}

test('without an entry, a known reason or both, it says what it needs', async () => {
  for (const args of [
    [],
    ['x', '--reason', 'court-order'],
    ['1'],
    ['1', '--reason', 'because'],
    ['1', '2', '--reason', 'court-order'],
  ]) {
    const { code, said } = await askTroth(['withhold', ...args]);
    assert.equal(code, 2);
    assert.match(said.join('\n'), /Name one entry|Give a reason/);
  }
});

test('a withheld text is in no table any more, its entry stands, the log says why, and every proof holds', async (t) => {
  const environment = await withText(t);
  const ask = (...args: string[]) => askTroth(['withhold', ...args, '--reason', 'court-order'], { environment });
  assert.match((await ask('0')).said.join(), /has no text/);
  assert.match((await ask('99')).said.join(), /no such entry/);
  const done = await ask('3');
  assert.equal(done.code, 0, done.said.join());
  assert.match((await ask('3')).said.join(), /already withheld/);
  const { rows } = await withClient(environment['DATABASE_URL'] ?? '', (client) =>
    client.query<{ leaf: string; bytes: string | null }>(
      `select convert_from(leaf, 'UTF8') as leaf, encode(bytes, 'escape') as bytes
       from ledger.event left join ledger.body on event_id = id where log = 'public' order by index`,
    ),
  );
  assert.deepEqual(rows.map(({ leaf }) => String(JSON.parse(leaf).type)).slice(2), [
    'policy.document-opened',
    'policy.version-imported',
    'body.withheld',
  ]);
  assert(rows.every(({ bytes }) => !(bytes ?? '').includes('must go')));
  const fsck = await askTroth(['log', 'fsck'], { environment });
  assert.equal(fsck.code, 0, fsck.printed.join('\n'));
});
