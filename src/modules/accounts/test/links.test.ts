import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { sql } from 'kysely';
import type { Actor } from '#kernel/context';
import { PermissionMissing } from '#kernel/context';
import { act, observe } from '../../../ledger/index.ts';
import { done } from '../../../kernel/outcome.ts';
import { mailAddress, readCaught, sendMessage } from '../../../mail/index.ts';
import { system, type TestLedger, visitor } from '../../../../tests/support/ledger.ts';
import { accept, everyRow, refuseAll, tablesWith, testVerbs } from '../../../../tests/support/verbs.ts';
import {
  allowLink,
  allowLinkCode,
  askForLink,
  changeAddress,
  confirmAddress,
  createOwner,
  enterLinkCode,
  openLink,
  openSession,
  readUserSession,
  tellNewDevice,
} from '../index.ts';

const device = { device: 'Firefox · Linux', network: '203.0.113.*' };
const phone = { device: 'Safari · iPhone', network: '198.51.100.*' };
const about = { publicUrl: 'https://trust.example', organisation: 'Harbour Bank', locale: 'en' };
const joined = ['private user.joined', 'private user.signed-in'];
const user = (id: string): Actor => ({ kind: 'user', id, mandates: [], onceProved: new Set() });

/** All letters so far, the newest first. */
async function letters(ledger: TestLedger) {
  const queued = await ledger.db.selectFrom('mail.message').select('id').where('state', '=', 'queued').execute();
  const task = sendMessage({ ...ledger, delivery: { kind: 'catch' } });
  for (const { id } of queued) await task({ message: id }, { attempt: 1, attempts: 1, signal: new AbortController().signal });
  return readCaught(ledger);
}

const tokenIn = (text: string) => /token=([\w-]{43})\b/.exec(text)?.[1] ?? assert.fail('the letter holds a link');

/** Asks for a link to an address and reads the letter. */
async function ask(ledger: TestLedger, email: string) {
  const { browser } = await accept({ ledger, actor: visitor, recorded: [] }, askForLink, { email, device, ...about });
  const [letter] = (await letters(ledger)).filter(({ to }) => to === mailAddress(email));
  return { browser, token: tokenIn(letter?.text ?? '') };
}

async function signIn(ledger: TestLedger, email: string, recorded: readonly string[] = joined): Promise<string> {
  const { browser, token } = await ask(ledger, email);
  const opened = await accept({ ledger, actor: visitor, recorded }, openLink, { token, browser, device });
  assert.ok('token' in opened);
  const signedIn = await readUserSession(observe(ledger, visitor), { token: opened.token });
  // The clock stands still, and letters are told apart by it.
  ledger.clock.advance({ seconds: 1 });
  return signedIn?.account.id ?? assert.fail('the session is there');
}

const accounts = (ledger: TestLedger) => ledger.db.selectFrom('accounts.account').select(['id', 'email', 'kind']).execute();

suite('links', { concurrency: 2 }, () => {
  test('a typed address makes no account, is nowhere to be read, and is answered alike whether or not it has one', async (t) => {
    const ledger = await testVerbs(t);
    await signIn(ledger, 'ada@example.org');
    const changed = async (email: string) => {
      const before = await everyRow(ledger.db);
      await accept({ ledger, actor: visitor, recorded: [] }, askForLink, { email, device, ...about });
      const after = await everyRow(ledger.db);
      return [...after].flatMap(([name, rows]) => (rows === before.get(name) ? [] : [name])).toSorted();
    };
    const unknown = await changed('bob@example.org');
    assert.deepEqual(unknown, await changed('ada@example.org'));
    assert.ok(!unknown.includes('accounts.account'));
    assert.deepEqual(await tablesWith(ledger.db, 'bob@example'), []);
    await refuseAll({ ledger, actor: visitor }, askForLink, {
      'accounts/email-not-valid': ['', 'ada', 'ada@', 'a b@example.org', 'ada@example.org\r\nBcc: eve@evil.example'].map(
        (email) => [`“${email}” is none`, { email, device, ...about }] as const,
      ),
    });
  });

  test('opened where it was asked for, a link signs in once, and joins whoever is new', async (t) => {
    const ledger = await testVerbs(t);
    const { browser, token } = await ask(ledger, 'Ada@bücher.example');
    const opened = await accept({ ledger, actor: visitor, recorded: joined }, openLink, { token, browser, device });
    assert.ok('token' in opened);
    assert.deepEqual(
      (await accounts(ledger)).map(({ email, kind }) => [email, kind]),
      [['Ada@xn--bcher-kva.example', 'user']],
    );
    const late = await ask(ledger, 'late@example.org');
    ledger.clock.advance({ minutes: 15 });
    await refuseAll({ ledger, actor: visitor }, openLink, {
      'accounts/link-not-valid': [
        ['spent', { token, browser, device }],
        ['over', { ...late, device }],
        ['invented', { token: 'x'.repeat(43), browser, device }],
        ['empty', { token: '', browser: null, device }],
      ],
      'accounts/account-closed': [],
    });
    await signIn(ledger, 'ADA@bücher.example', ['private user.signed-in']);
  });

  test('opened elsewhere, a link signs nobody in there: it shows a code that works only in the browser that asked', async (t) => {
    const ledger = await testVerbs(t);
    const victim = await ask(ledger, 'ada@example.org');
    const eve = await ask(ledger, 'eve@example.org');
    const opened = await accept({ ledger, actor: visitor, recorded: [] }, openLink, {
      token: victim.token,
      browser: null,
      device: phone,
    });
    assert.ok('code' in opened);
    assert.match(opened.code, /^\d{6}$/);
    const wrong = opened.code === '000000' ? '000001' : '000000';
    await refuseAll({ ledger, actor: visitor }, enterLinkCode, {
      'accounts/code-not-valid': [
        ['a wrong code', { browser: victim.browser, code: wrong, device }],
        ['no code', { browser: victim.browser, code: '', device }],
        ['the code of another browser', { browser: eve.browser, code: opened.code, device }],
        ['a browser that never asked', { browser: '', code: opened.code, device }],
      ],
      'accounts/account-closed': [],
    });
    await refuseAll({ ledger, actor: visitor }, openLink, {
      'accounts/link-not-valid': [['opened a second time', { ...victim, device }]],
      'accounts/account-closed': [],
    });
    const typed = `${opened.code.slice(0, 3)} ${opened.code.slice(3)}`;
    const entered = await accept({ ledger, actor: visitor, recorded: joined }, enterLinkCode, {
      browser: victim.browser,
      code: typed,
      device,
    });
    const signedIn = await readUserSession(observe(ledger, visitor), { token: entered.token });
    assert.equal(signedIn?.account.email, 'ada@example.org');
    await refuseAll({ ledger, actor: visitor }, enterLinkCode, {
      'accounts/code-not-valid': [['spent', { browser: victim.browser, code: opened.code, device }]],
      'accounts/account-closed': [],
    });
  });

  test('a code may be tried five times, and is over with its link', async (t) => {
    const ledger = await testVerbs(t);
    const { browser, token } = await ask(ledger, 'ada@example.org');
    const tries = [];
    for (let n = 0; n < 6; n += 1) tries.push((await allowLinkCode(observe(ledger, visitor), { browser })) === 0);
    assert.deepEqual(tries, [true, true, true, true, true, false]);
    const opened = await accept({ ledger, actor: visitor, recorded: [] }, openLink, { token, browser: null, device });
    assert.ok('code' in opened);
    ledger.clock.advance({ minutes: 15 });
    assert.ok((await allowLinkCode(observe(ledger, visitor), { browser })) > 0, 'no sixth try while it lasts');
    await refuseAll({ ledger, actor: visitor }, enterLinkCode, {
      'accounts/code-not-valid': [['over', { browser, code: opened.code, device }]],
      'accounts/account-closed': [],
    });
  });

  test('an address gets three letters in a quarter of an hour however it is written, a network asks twenty times', async (t) => {
    const ledger = await testVerbs(t);
    const allow = (email: string, network: string) => allowLink(observe(ledger, visitor), { email, network });
    const asked = [];
    for (const email of ['ada@example.org', 'ADA@example.org', 'ada@EXAMPLE.org ', 'ada@example.org'])
      asked.push(await allow(email, `network of ${email}`));
    assert.deepEqual(asked, ['go', 'go', 'go', 'quiet']);
    const answers = [];
    for (let n = 0; n < 21; n += 1) answers.push(await allow(`${n}@example.org`, 'one'));
    assert.deepEqual(new Set(answers.slice(0, 20)), new Set(['go']));
    assert.ok(typeof answers[20] === 'object' && answers[20].wait > 0);
  });

  test('two links to one new address opened at the same moment make one account', async (t) => {
    const ledger = await testVerbs(t);
    const first = await ask(ledger, 'ada@example.org');
    ledger.clock.advance({ seconds: 1 });
    const second = await ask(ledger, 'ada@example.org');
    const both = await Promise.all(
      [first, second].map((link) => act(ledger, visitor, (ctx) => openLink(ctx, { ...link, device }))),
    );
    assert.deepEqual(
      both.map(({ ok }) => ok),
      [true, true],
    );
    assert.equal((await accounts(ledger)).length, 1);
  });

  test('a link leads to the user of an address, never to the member of staff, and into no closed account', async (t) => {
    const ledger = await testVerbs(t);
    await act(ledger, system, (ctx) => createOwner(ctx, { email: 'ada@example.org', passphrase: 'barrel organ seven lakes' }));
    const id = await signIn(ledger, 'ada@example.org');
    assert.deepEqual((await accounts(ledger)).map(({ kind }) => kind).toSorted(), ['staff', 'user']);
    await ledger.db.updateTable('accounts.account').set({ leftAt: ledger.now() }).where('id', '=', id).execute();
    const link = await ask(ledger, 'ada@example.org');
    await refuseAll({ ledger, actor: visitor }, openLink, {
      'accounts/link-not-valid': [],
      'accounts/account-closed': [['closed', { ...link, device }]],
    });
  });

  test('an address changes when the link to the new one is opened, and the old one is told', async (t) => {
    const ledger = await testVerbs(t);
    const zone = 'Europe/Berlin';
    const id = await signIn(ledger, 'ada@example.org');
    await signIn(ledger, 'bob@example.org');
    const change = (email: string) => ({ accountId: id, email, ...about });
    const asked = { ledger, actor: user(id), recorded: ['private user.address-change-asked'] };
    for (const actor of [visitor, user('0d9c1f1e-0000-4000-8000-000000000009')])
      await assert.rejects(
        act(ledger, actor, (ctx) => changeAddress(ctx, change('new@example.org'))),
        PermissionMissing,
      );
    await refuseAll({ ledger, actor: user(id) }, changeAddress, { 'accounts/email-not-valid': [['none', change('new@')]] });

    await accept(asked, changeAddress, change('bob@example.org'));
    const taken = tokenIn((await letters(ledger))[0]?.text ?? '');
    await refuseAll({ ledger, actor: user(id) }, confirmAddress, {
      'accounts/address-taken': [['of another user', { token: taken, zone, ...about }]],
      'accounts/link-not-valid': [],
    });
    ledger.clock.advance({ seconds: 1 });
    await accept(asked, changeAddress, change('new@example.org'));
    const token = tokenIn((await letters(ledger))[0]?.text ?? '');
    assert.equal((await accounts(ledger)).find((each) => each.id === id)?.email, 'ada@example.org', 'nothing changes before');
    const signInLink = await ask(ledger, 'carol@example.org');
    await refuseAll({ ledger, actor: user(id) }, confirmAddress, {
      'accounts/link-not-valid': [
        ['taken back by a second wish', { token: taken, zone, ...about }],
        ['a link to sign in', { token: signInLink.token, zone, ...about }],
      ],
      'accounts/address-taken': [],
    });
    await refuseAll({ ledger, actor: visitor }, openLink, {
      'accounts/link-not-valid': [['a link to confirm an address', { token, browser: null, device }]],
      'accounts/account-closed': [],
    });
    const pressed = act(ledger, visitor, (ctx) => confirmAddress(ctx, { token, zone, ...about }));
    await assert.rejects(pressed, PermissionMissing, 'whoever reads the mailbox alone');
    const owner = user('0d9c1f1e-0000-4000-8000-000000000009');
    await refuseAll({ ledger, actor: owner }, confirmAddress, {
      'accounts/link-not-valid': [['the mailbox’s owner, signed in as somebody else', { token, zone, ...about }]],
      'accounts/address-taken': [],
    });
    ledger.clock.advance({ seconds: 1 });
    await accept({ ledger, actor: user(id), recorded: ['private user.address-changed'] }, confirmAddress, {
      token,
      zone,
      ...about,
    });
    const [told] = await letters(ledger);
    assert.equal(told?.to, 'ada@example.org');
    assert.doesNotMatch(`${told?.text}${told?.subject}`, /new@example/);
    assert.equal(await signIn(ledger, 'new@example.org', ['private user.signed-in']), id);
    await refuseAll({ ledger, actor: user(id) }, confirmAddress, {
      'accounts/link-not-valid': [['spent', { token, zone, ...about }]],
      'accounts/address-taken': [],
    });
  });

  test('a sign-in from a browser and network never seen is told to the owner once, the first of all and known ones are not', async (t) => {
    const ledger = await testVerbs(t);
    const accountId = await signIn(ledger, 'ada@example.org');
    const told = async () => {
      const { rows } = await sql<{ payload: { signIn: string } }>`
        select payload from graphile_worker._private_jobs job join graphile_worker._private_tasks task on task.id = job.task_id
        where identifier = 'accounts/tell-new-device'`.execute(ledger.db);
      return rows.map(({ payload }) => payload.signIn);
    };
    const open = (from: typeof device) =>
      act(ledger, visitor, (ctx) => openSession(ctx, { accountId, method: 'link', device: from }));
    assert.deepEqual(await told(), []);
    await open(device);
    assert.deepEqual(await told(), []);
    await open(phone);
    await open(phone);
    const [event = '', ...more] = await told();
    assert.deepEqual(more, []);
    for (let n = 0; n < 2; n += 1)
      await act(ledger, system, async (ctx) =>
        done(await tellNewDevice(ctx, { signIn: event, zone: 'Europe/Berlin', ...about })),
      );
    const found = (await letters(ledger)).filter(({ subject }) => subject.startsWith('A new device'));
    assert.equal(found.length, 1);
    assert.match(
      found[0]?.text ?? '',
      /Safari · iPhone\n- Network: 198\.51\.100\.\*[\s\S]*https:\/\/trust\.example\/en\/me\/security/,
    );
  });
});
