import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { may, PermissionMissing } from '../../../kernel/context.ts';
import { act, observe } from '../../../ledger/index.ts';
import { readCaught, sendMessage } from '../../../mail/index.ts';
import { type TestLedger, visitor } from '../../../../tests/support/ledger.ts';
import { accept, everyRow, refuseAll, tablesWith, testVerbs } from '../../../../tests/support/verbs.ts';
import {
  allowProof,
  askForLink,
  askForProof,
  confirmAddress,
  confirmByLetterCode,
  confirmByLink,
  endSession,
  openLink,
  readUserSession,
} from '../index.ts';
import { device, historyOf, openOne, type Person, signedIn } from './signed-in.ts';

const about = { publicUrl: 'https://trust.example', organisation: 'Harbour Bank', locale: 'en', device };
const returnTo = '/en/me/security/passkeys/new';

/** The newest letter to an address. */
async function letterTo(ledger: TestLedger, email: string): Promise<string> {
  const queued = await ledger.db.selectFrom('mail.message').select('id').where('state', '=', 'queued').execute();
  const task = sendMessage({ ...ledger, delivery: { kind: 'catch' } });
  for (const { id } of queued) await task({ message: id }, { attempt: 1, attempts: 1, signal: new AbortController().signal });
  ledger.clock.advance({ seconds: 1 });
  return (await readCaught(ledger)).find(({ to }) => to === email)?.text ?? assert.fail('a letter came');
}

const tokenIn = (text: string) => /token=([\w-]{43})\b/.exec(text)?.[1] ?? assert.fail('the letter holds a link');
const codeIn = (text: string) => /\b(\d{4} \d{4})\b/.exec(text)?.[1] ?? assert.fail('the letter holds a code');

async function ask(ledger: TestLedger, person: Person): Promise<{ token: string; code: string }> {
  const { sessionId, email } = person;
  const told = { ledger, actor: await person.actor(), recorded: ['private user.proof-asked'] };
  await accept(told, askForProof, { sessionId, returnTo, ...about });
  const text = await letterTo(ledger, email);
  return { token: tokenIn(text), code: codeIn(text) };
}

const proved = async (ledger: TestLedger, { id }: Person, token: string) => {
  const session = await readUserSession(observe(ledger, visitor), { token });
  return session !== null && may(session.actor, 'self:secure', { subject: id });
};

suite('a fresh proof by a letter', { concurrency: 2 }, () => {
  test('a link in a letter proves once and in its own session who it is, and leads back to where it was asked for', async (t) => {
    const ledger = await testVerbs(t);
    const uma = await signedIn(ledger, 'user', 'uma@example.org');
    const eve = await signedIn(ledger, 'user', 'eve@example.org');
    ledger.clock.advance({ minutes: 11 });
    assert.equal(await proved(ledger, uma, uma.token), false);
    const other = await openOne(ledger, uma.id);
    const otherSession = (await readUserSession(observe(ledger, visitor), { token: other }))?.session.id ?? assert.fail();
    const { sessionId } = uma;
    const first = await ask(ledger, uma);
    const { token, code } = await ask(ledger, uma);
    for (const secret of [token, code, code.replace(' ', '')])
      assert.deepEqual(
        (await tablesWith(ledger.db, secret)).filter((table) => table !== 'mail.message'),
        [],
      );
    await refuseAll({ ledger, actor: await uma.actor() }, confirmByLink, {
      'accounts/proof-link-not-valid': [
        ['replaced by a newer one', { sessionId, token: first.token }],
        ['another session of the same person', { sessionId: otherSession, token }],
        ['invented', { sessionId, token: 'A'.repeat(43) }],
        ['nothing', { sessionId, token: '' }],
      ],
      'accounts/session-not-found': [],
    });
    await refuseAll({ ledger, actor: await eve.actor() }, confirmByLink, {
      'accounts/proof-link-not-valid': [
        ["somebody else's session", { sessionId: eve.sessionId, token }],
        ['by somebody else', { sessionId, token }],
      ],
      'accounts/session-not-found': [],
    });
    const told = { ledger, actor: await uma.actor(), recorded: ['private user.proved-again'] };
    const done = await accept(told, confirmByLink, { sessionId, token });
    assert.equal(done.returnTo, returnTo);
    assert.ok(await proved(ledger, uma, done.token));
    assert.equal(await proved(ledger, uma, uma.token), false, 'the session goes on under a new token');
    uma.token = done.token;
    await refuseAll({ ledger, actor: await uma.actor() }, confirmByLink, {
      'accounts/proof-link-not-valid': [['spent', { sessionId, token }]],
      'accounts/session-not-found': [],
    });
    ledger.clock.advance({ minutes: 11 });
    const late = await ask(ledger, uma);
    ledger.clock.advance({ minutes: 15 });
    await refuseAll({ ledger, actor: await uma.actor() }, confirmByLink, {
      'accounts/proof-link-not-valid': [['too late', { sessionId, token: late.token }]],
      'accounts/session-not-found': [],
    });
  });

  test('a letter that proves signs nobody in, and one that signs in or confirms an address proves nothing', async (t) => {
    const ledger = await testVerbs(t);
    const uma = await signedIn(ledger, 'user', 'uma@example.org');
    const { sessionId } = uma;
    const { token } = await ask(ledger, uma);
    const before = await everyRow(ledger.db);
    for (const browser of [null, 'A'.repeat(43)]) {
      const opened = await act(ledger, visitor, (ctx) => openLink(ctx, { token, browser, device }));
      assert.equal(!opened.ok && opened.refusal, 'accounts/link-not-valid');
    }
    const words = { publicUrl: about.publicUrl, organisation: about.organisation, zone: 'Europe/Berlin', locale: 'en' };
    const address = await act(ledger, await uma.actor(), (ctx) => confirmAddress(ctx, { token, ...words }));
    assert.equal(!address.ok && address.refusal, 'accounts/link-not-valid');
    assert.deepEqual(await everyRow(ledger.db), before);
    await accept({ ledger, actor: visitor, recorded: [] }, askForLink, { email: uma.email, ...about });
    const signIn = tokenIn(await letterTo(ledger, uma.email));
    const tried = await act(ledger, await uma.actor(), (ctx) => confirmByLink(ctx, { sessionId, token: signIn }));
    assert.equal(!tried.ok && tried.refusal, 'accounts/proof-link-not-valid');
  });

  test('the code of a letter is typed in the session that asked, wrong ones are shown to the owner, and it ends with the link', async (t) => {
    const ledger = await testVerbs(t);
    const uma = await signedIn(ledger, 'user', 'uma@example.org');
    const { sessionId } = uma;
    const { token, code } = await ask(ledger, uma);
    const type = async (typed: string) => {
      const answer = await act(ledger, await uma.actor(), (ctx) => confirmByLetterCode(ctx, { sessionId, code: typed, device }));
      assert(answer.ok);
      return answer.value;
    };
    const wrong = code.startsWith('0') ? code.replace('0', '1') : code.replace(/^./, '0');
    for (const typed of [wrong, '', code.slice(0, 4)]) {
      const answer = await type(typed);
      assert.equal(!answer.ok && answer.refusal, 'accounts/letter-code-not-valid');
    }
    assert.deepEqual((await historyOf(ledger, uma.id)).slice(-3), Array(3).fill('link refused'));
    const done = await type(code.replace(' ', '-'));
    assert(done.ok && done.value.returnTo === returnTo);
    uma.token = done.value.token;
    assert.equal((await type(code)).ok, false, 'spent');
    const spent = await act(ledger, await uma.actor(), (ctx) => confirmByLink(ctx, { sessionId, token }));
    assert.equal(spent.ok, false, 'the link went with it');
  });

  test('a letter goes to the address of the account alone, at most three in a quarter of an hour, and ends with its session', async (t) => {
    const ledger = await testVerbs(t);
    const uma = await signedIn(ledger, 'user', 'uma@example.org');
    const bo = await signedIn(ledger, 'staff', 'bo@example.org');
    const request = { sessionId: uma.sessionId, returnTo, ...about };
    await refuseAll({ ledger, actor: await bo.actor() }, askForProof, {
      'accounts/no-address': [['staff prove by what they hold', { ...request, sessionId: bo.sessionId }]],
      'accounts/session-not-found': [["another's session", request]],
    });
    await assert.rejects(
      act(ledger, visitor, (ctx) => askForProof(ctx, request)),
      PermissionMissing,
    );
    for (let n = 0; n < 3; n += 1) assert.equal(await allowProof(observe(ledger, visitor), uma.id), 0);
    assert.ok((await allowProof(observe(ledger, visitor), uma.id)) > 0);
    assert.equal(await allowProof(observe(ledger, visitor), bo.id), 0, 'nobody else waits');
    const { token } = await ask(ledger, uma);
    // The address that the letter went to is no longer the account's.
    await ledger.db.updateTable('accounts.account').set({ email: 'new@example.org' }).where('id', '=', uma.id).execute();
    const { sessionId } = uma;
    const moved = await act(ledger, await uma.actor(), (ctx) => confirmByLink(ctx, { sessionId, token }));
    assert.equal(!moved.ok && moved.refusal, 'accounts/proof-link-not-valid');
    assert((await act(ledger, await uma.actor(), (ctx) => endSession(ctx, { sessionId }))).ok);
    assert.deepEqual(await ledger.db.selectFrom('accounts.link').select('id').execute(), []);
  });
});
