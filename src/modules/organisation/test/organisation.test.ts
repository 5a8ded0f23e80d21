import { sql } from 'kysely';
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { act, observe } from '../../../ledger/index.ts';
import { system, type TestLedger, visitor } from '../../../../tests/support/ledger.ts';
import {
  accept,
  everyRow,
  needs,
  publicLeaves,
  refuseAll,
  staff,
  tablesWith,
  testVerbs,
} from '../../../../tests/support/verbs.ts';
import { checkSetUpLink, establishOrganisation, type NewOrganisation, readOrganisation, renewSetUpLink } from '../index.ts';

const founder = staff('organisation:manage', 'accounts:manage');
const good: NewOrganisation = {
  name: ' Example Savings Bank ',
  publicUrl: 'https://trust.example.org/',
  languages: ['en', 'de', 'en'],
  timeZone: 'Europe/Berlin',
  sector: 'finance',
  ownerEmail: 'ada@example.org',
  ownerPassphrase: 'a long enough passphrase',
  demo: false,
  token: null,
};
const atBirth = ['public organisation.established', 'public organisation.reply-time-declared', 'private staff.joined'];

const check = (ledger: TestLedger, token: string) => act(ledger, visitor, (ctx) => checkSetUpLink(ctx, token));

async function newLink(ledger: TestLedger): Promise<string> {
  const link = await act(ledger, system, renewSetUpLink);
  assert(link.ok);
  return link.value.token;
}

suite('organisation', { concurrency: 2 }, () => {
  test('establishing makes one organisation with two logs, an owner and a public first statement without persons', async (t) => {
    const ledger = await testVerbs(t, { logs: false });
    const token = await newLink(ledger);
    const { accountId } = await accept({ ledger, actor: founder, recorded: atBirth }, establishOrganisation, { ...good, token });
    const organisation = await readOrganisation(observe(ledger, visitor));
    assert.equal(organisation?.name, 'Example Savings Bank');
    assert.equal(organisation.publicUrl, 'https://trust.example.org');
    assert.deepEqual(organisation.languages, ['en', 'de']);
    const logs = await ledger.db.selectFrom('ledger.log').select(['id', 'origin']).orderBy('id', 'desc').execute();
    assert.deepEqual(
      logs.map(({ origin }) => origin),
      ['trust.example.org/log/public', 'trust.example.org/log/private'],
    );
    const leaves = await publicLeaves(ledger.db);
    assert.match(leaves, /Example Savings Bank/);
    for (const personal of ['ada@example.org', 'a long enough passphrase', accountId, 'owner']) {
      assert(!leaves.includes(personal), personal);
    }
    assert.deepEqual(await tablesWith(ledger.db, good.ownerPassphrase), []);
    assert.deepEqual(await tablesWith(ledger.db, token), []);
    assert.deepEqual(await tablesWith(ledger.db, good.ownerEmail), ['accounts.account']);
  });

  test('a sample never gets an origin that can be real', async (t) => {
    const ledger = await testVerbs(t, { logs: false });
    await accept({ ledger, actor: founder, recorded: atBirth }, establishOrganisation, { ...good, demo: true });
    const { origin } = await ledger.db
      .selectFrom('ledger.log')
      .select('origin')
      .where('id', '=', 'public')
      .executeTakeFirstOrThrow();
    assert.equal(origin, 'sample.invalid/log/public');
  });

  test('each refusal of establishing says why, writes nothing and leaves the link unspent', async (t) => {
    const ledger = await testVerbs(t, { logs: false });
    const token = await newLink(ledger);
    const sent = (change: Partial<NewOrganisation>): NewOrganisation => ({ ...good, token, ...change });
    const address = (publicUrl: string) => ['not an address of a site', sent({ publicUrl })] as const;
    const unencrypted = (publicUrl: string) => ['unencrypted beyond this machine', sent({ publicUrl })] as const;
    const elsewhere = {
      'organisation/already-established': [],
      'organisation/link-expired': [],
      'organisation/link-used': [],
      'accounts/owner-exists': [],
    } as const;
    await refuseAll({ ledger, actor: founder }, establishOrganisation, {
      ...elsewhere,
      'organisation/name-missing': [
        ['only spaces', sent({ name: '  ' })],
        ['too long', sent({ name: 'x'.repeat(121) })],
      ],
      'organisation/language-not-supported': [
        ['none', sent({ languages: [] }), { language: '', supported: 'en, de' }],
        ['one we do not speak', sent({ languages: ['de', 'tlh'] }), { language: 'tlh', supported: 'en, de' }],
      ],
      'organisation/time-zone-unknown': [
        ['no such place', sent({ timeZone: 'Europe/Atlantis' }), { timeZone: 'Europe/Atlantis' }],
        ['an offset knows no daylight saving', sent({ timeZone: '+01:00' })],
        ['empty', sent({ timeZone: '' })],
      ],
      'organisation/sector-unknown': [['not in the list', sent({ sector: 'piracy' }), { sector: 'piracy' }]],
      'organisation/public-url-not-valid': [
        address('trust.example.org'),
        address('ftp://trust.example.org'),
        address('https://trust.example.org/path'),
        address('https://trust.example.org/?q'),
        address('https://eve@trust.example.org'),
        address(''),
      ],
      'organisation/public-url-not-https': [unencrypted('http://trust.example.org'), unencrypted('http://127.0.0.1.example.org')],
      'organisation/link-not-valid': [
        ['another token', sent({ token: 'A'.repeat(43) })],
        ['an empty token', sent({ token: '' })],
      ],
      'accounts/email-not-valid': [['no address', sent({ ownerEmail: 'ada' })]],
      'accounts/passphrase-too-short': [['eleven letters', sent({ ownerPassphrase: 'x'.repeat(11) }), { shortest: 12 }]],
    });
    assert.deepEqual(await act(ledger, system, (ctx) => checkSetUpLink(ctx, token)), { ok: true, value: null });

    ledger.clock.advance({ minutes: 60 });
    await refuseAll({ ledger, actor: founder }, establishOrganisation, {
      ...emptyTable,
      'organisation/link-expired': [['after sixty minutes', sent({})]],
    });
    await accept({ ledger, actor: founder, recorded: atBirth }, establishOrganisation, sent({ token: await newLink(ledger) }));
    await refuseAll({ ledger, actor: founder }, establishOrganisation, {
      ...emptyTable,
      'organisation/link-used': [['the same link again', sent({})]],
      'organisation/already-established': [['the operator at the machine', sent({ token: null })]],
    });
    await act(ledger, system, async () => {
      await ledger.db.deleteFrom('organisation.organisation').execute();
      return { ok: true, value: null };
    });
    await refuseAll({ ledger, actor: founder }, establishOrganisation, {
      ...emptyTable,
      'accounts/owner-exists': [['an owner without an organisation', sent({ token: null })]],
    });
  });

  for (const way of ['the same link', 'the machine itself'] as const) {
    test(`of two set-ups at once through ${way} one establishes and the other is told so`, async (t) => {
      const ledger = await testVerbs(t, { logs: false });
      const token = way === 'the same link' ? await newLink(ledger) : null;
      const answers = await Promise.all(
        ['One', 'Two'].map((name) => act(ledger, founder, (ctx) => establishOrganisation(ctx, { ...good, name, token }))),
      );
      const [won, lost] = answers.toSorted((a, b) => Number(b.ok) - Number(a.ok));
      assert(won?.ok && lost && !lost.ok);
      assert.equal(lost.refusal, token === null ? 'organisation/already-established' : 'organisation/link-used');
      assert.equal((await ledger.db.selectFrom('ledger.log').select('id').execute()).length, 2);
      assert.equal((await ledger.db.selectFrom('ledger.event').select('id').execute()).length, atBirth.length);
    });
  }

  test('a renewed link replaces the one before; looking at a link spends nothing', async (t) => {
    const ledger = await testVerbs(t, { logs: false });
    assert.deepEqual(await check(ledger, 'x'), { ok: false, refusal: 'organisation/link-not-valid', facts: {} });
    const renew = { ledger, actor: staff('organisation:manage'), recorded: [] };
    const { token: old } = await accept(renew, renewSetUpLink, undefined);
    const { token } = await accept(renew, renewSetUpLink, undefined);
    assert.deepEqual(await check(ledger, old), { ok: false, refusal: 'organisation/link-not-valid', facts: {} });
    const before = await everyRow(ledger.db);
    assert.deepEqual(await check(ledger, token), { ok: true, value: null });
    assert.deepEqual(await everyRow(ledger.db), before);
    ledger.clock.advance({ minutes: 59, seconds: 59 });
    assert((await check(ledger, token)).ok);
    ledger.clock.advance({ seconds: 1 });
    assert.deepEqual(await check(ledger, token), { ok: false, refusal: 'organisation/link-expired', facts: {} });
    await accept({ ledger, actor: founder, recorded: atBirth }, establishOrganisation, good);
    assert.deepEqual(await check(ledger, token), { ok: false, refusal: 'organisation/link-used', facts: {} });
    await refuseAll({ ledger, actor: system }, renewSetUpLink, {
      'organisation/already-established': [['there is nothing left to set up', undefined]],
    });
  });

  test('a link renewed by another process while somebody is setting up does not open the door again', async (t) => {
    const ledger = await testVerbs(t, { logs: false });
    const token = await newLink(ledger);
    const [reached, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const establishing = act(ledger, founder, async (ctx) => {
      const answer = await establishOrganisation(ctx, { ...good, token });
      reached.resolve();
      await gate.promise;
      return answer;
    });
    await reached.promise;
    const renewing = act(ledger, system, renewSetUpLink);
    const waits = async () => {
      const { rows } = await sql`
        select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`.execute(ledger.db);
      return rows.length > 0;
    };
    while (!(await waits()));
    gate.resolve();
    assert((await establishing).ok);
    assert.deepEqual(await renewing, { ok: false, refusal: 'organisation/already-established', facts: {} });
    assert.deepEqual(await check(ledger, token), { ok: false, refusal: 'organisation/link-used', facts: {} });
  });

  test('without permission nothing is set up', async (t) => {
    const ledger = await testVerbs(t, { logs: false });
    await needs(ledger, 'organisation:manage', establishOrganisation, good);
    await needs(ledger, 'organisation:manage', renewSetUpLink, undefined);
  });
});

const emptyTable = {
  'organisation/already-established': [],
  'organisation/name-missing': [],
  'organisation/language-not-supported': [],
  'organisation/time-zone-unknown': [],
  'organisation/sector-unknown': [],
  'organisation/public-url-not-valid': [],
  'organisation/public-url-not-https': [],
  'organisation/link-not-valid': [],
  'organisation/link-expired': [],
  'organisation/link-used': [],
  'accounts/email-not-valid': [],
  'accounts/passphrase-too-short': [],
  'accounts/owner-exists': [],
} as const;
