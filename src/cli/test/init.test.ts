import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { suite, test, type TestContext } from 'node:test';
import { testDatabase } from '../../../tests/support/database.ts';
import { temporaryFolder } from '../../../tests/support/ledger.ts';
import { withClient } from '../../app/with-client.ts';
import { askTroth } from './ask-troth.ts';

const passphrase = 'four unrelated words here';
const whole = ['--organisation', 'Harbour', '--owner', 'ada@harbour.example', '--public-url', 'https://trust.harbour.example'];

async function fresh(t: TestContext): Promise<Record<string, string>> {
  return { DATABASE_URL: (await testDatabase(t)).url, TROTH_DATA: await temporaryFolder(t) };
}

async function rows(url: string | undefined, query: string): Promise<Record<string, unknown>[]> {
  return withClient(url ?? '', async (client) => (await client.query<Record<string, unknown>>(query)).rows);
}

/** A keyboard: each text is typed when the terminal listens again. */
function keyboard(...typed: string[]) {
  const input = Object.assign(new PassThrough(), {
    isTTY: true,
    raw: [] as boolean[],
    setRawMode: (on: boolean) => input.raw.push(on),
  });
  for (const text of typed) input.write(text);
  return input;
}

suite('init and owner reset', { concurrency: 2 }, () => {
  test('an installation is set up once, signed, and a second time is refused before a passphrase is asked for', async (t) => {
    const environment = await fresh(t);
    const first = await askTroth(
      ['init', ...whole, '--language', 'en, de', '--time-zone', 'Europe/Berlin', '--sector', 'retail'],
      { environment, input: `${passphrase}\n` },
    );
    assert.deepEqual([first.code, first.said], [0, []]);
    assert.match(first.printed.join(), /Harbour is set up. The owner signs in as ada@harbour.example/);
    const [made] = await rows(environment['DATABASE_URL'], 'select * from organisation.organisation');
    assert.deepEqual([made?.['languages'], made?.['time_zone'], made?.['sector']], [['en', 'de'], 'Europe/Berlin', 'retail']);
    const signed = await rows(
      environment['DATABASE_URL'],
      'select id, size = signed_size and size > 0 as signed from ledger.log',
    );
    assert.deepEqual(
      signed.map((row) => row['signed']),
      [true, true],
    );
    const second = await askTroth(['init', ...whole], { environment, input: 'never read' });
    assert.deepEqual([second.code, second.said], [1, ['This installation is already set up. Nothing was changed.']]);
  });

  const refusals = [
    ['an address with a path', ['--public-url', 'https://trust.example/x'], passphrase, /Write the address as people type it/],
    ['plain http', ['--public-url', 'http://trust.example'], passphrase, /begins with https/],
    ['an unknown language', ['--language', 'en,tlh'], passphrase, /at least one of the languages: en, de/],
    ['an unknown time zone', ['--time-zone', 'Mars/Base'], passphrase, /“Mars\/Base” is not a time zone/],
    ['an unknown sector', ['--sector', 'piracy'], passphrase, /one of the listed sectors/],
    ['no e-mail address', ['--owner', 'ada'], passphrase, /does not look like an e-mail address/],
    ['a short passphrase', [], 'short', /at least 12 characters/],
    ['no passphrase', [], '', /held no passphrase/],
    ['an empty name', ['--organisation', ' '], passphrase, /Give the organisation a name/],
  ] as const;

  test('each wrong answer is refused with its sentence, and nothing is made', async (t) => {
    const environment = await fresh(t);
    for (const [says, args, input, sentence] of refusals) {
      const { code, said } = await askTroth(['init', ...whole, ...args], { environment, input });
      assert.equal(code, 1, says);
      assert.match(said.join('\n'), sentence, says);
    }
    const made = await rows(
      environment['DATABASE_URL'],
      'select id from ledger.log union all select id::text from accounts.account',
    );
    assert.deepEqual(made, []);
  });

  test('what is missing is named with the usage', async () => {
    const { code, said } = await askTroth(['init', '--organisation', 'Harbour']);
    assert.equal(code, 2);
    assert.match(said.join(), /^--owner is missing\.\n\nUsage/);
    assert.equal((await askTroth(['owner', 'rest'])).code, 2);
  });

  test('a typed passphrase is asked twice, never echoed, mended with backspace, and Ctrl-C changes nothing', async (t) => {
    const environment = await fresh(t);
    const differing = keyboard(`${passphrase}\r`, 'something else entirely\r');
    const wrong = await askTroth(['init', ...whole], { environment, input: differing });
    assert.match(wrong.said.join('\n'), /not the same\. Nothing was changed/);
    assert.deepEqual(differing.raw, [true, false, true, false]);
    const stopped = await askTroth(['init', ...whole], { environment, input: keyboard('abc\u0003') });
    assert.deepEqual([stopped.code, stopped.said.at(-1)], [1, 'Stopped. Nothing was changed.']);
    const right = await askTroth(['init', ...whole], { environment, input: keyboard(`${passphrase}X\u007f\r${passphrase}\r`) });
    assert.equal(right.code, 0);
    assert.doesNotMatch(right.lines.join(), /four unrelated/);
  });

  test('what takes two people takes one again when nobody else is left, with a reason that is recorded', async (t) => {
    const environment = await fresh(t);
    await askTroth(['init', ...whole], { environment, input: passphrase });
    const off = (permission: string, ...more: string[]) =>
      askTroth(['owner', 'four-eyes-off', permission, ...more], { environment });
    const unchanged = await off('policies:publish', '--reason', 'Bo left.');
    assert.deepEqual([unchanged.code, unchanged.said], [1, ['It is so already. Nothing was changed.']]);
    const url = environment['DATABASE_URL'];
    await rows(url, "insert into accounts.four_eyes values ('policies:publish')");
    const silent = await off('policies:publish');
    assert.deepEqual([silent.code, silent.said], [1, ['Write why, so that whoever decides knows what it is about.']]);
    assert.equal((await off('policies:write', '--reason', 'x')).code, 1);
    assert.equal((await askTroth(['owner', 'four-eyes-off'], { environment })).code, 2);
    await rows(
      url,
      `with bo as (insert into accounts.account (id, kind, email, created_at) values (gen_random_uuid(), 'staff', 'bo@x.example', now())
        returning id) insert into accounts.assignment (account_id, role, granted_at) select id, 'publisher', now() from bo`,
    );
    const two = await off('policies:publish', '--reason', 'Bo left.');
    assert.match(two.said.join(), /There are still two people who may do this/);
    await rows(url, "update accounts.account set left_at = now() where email = 'bo@x.example'");
    const done = await off('policies:publish', '--reason', 'Bo left.');
    assert.deepEqual([done.code, done.said], [0, []]);
    assert.deepEqual(await rows(url, 'select 1 from accounts.four_eyes'), []);
    const recorded = await rows(url, "select actor from ledger.event where type = 'staff.four-eyes-changed'");
    assert.deepEqual(recorded, [{ actor: 'system:operator' }]);
  });

  test('a new passphrase ends every session and is recorded; without an owner there is nothing to reset', async (t) => {
    const environment = await fresh(t);
    const none = await askTroth(['owner', 'reset'], { environment, input: passphrase });
    assert.deepEqual([none.code, none.said], [1, ['There is no owner yet. Set the installation up first.']]);
    await askTroth(['init', ...whole], { environment, input: passphrase });
    const hash = 'select passphrase_hash from accounts.account';
    const before = await rows(environment['DATABASE_URL'], hash);
    const session = `insert into accounts.session
        (id, token_hash, account_id, surface, method, created_at, seen_at, expires_at, proved_at, device, network)
      select id, sha256('x'), id, 'console', 'passphrase', now(), now(), now(), now(), '', '' from accounts.account`;
    await rows(environment['DATABASE_URL'], session);
    const { code, printed } = await askTroth(['owner', 'reset'], { environment, input: `${passphrase} again\n` });
    assert.equal(code, 0);
    assert.match(printed.join(), /ada@harbour.example has a new passphrase/);
    assert.notDeepEqual(await rows(environment['DATABASE_URL'], hash), before);
    assert.deepEqual(await rows(environment['DATABASE_URL'], 'select 1 from accounts.session'), []);
    const recorded = await rows(
      environment['DATABASE_URL'],
      "select actor from ledger.event where type = 'staff.passphrase-reset'",
    );
    assert.deepEqual(recorded, [{ actor: 'system:operator' }]);
  });
});
