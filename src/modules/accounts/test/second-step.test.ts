import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ProofNeeded } from '../../../kernel/context.ts';
import { act, observe } from '../../../ledger/index.ts';
import { system, type TestLedger, visitor } from '../../../../tests/support/ledger.ts';
import { accept, needs, publicLeaves, refuseAll, staff, tablesWith, testVerbs } from '../../../../tests/support/verbs.ts';
import {
  beginSecondStep,
  finishSecondStep,
  makeRecoveryCodes,
  offerTotp,
  readHalfSession,
  readStaffSession,
  removeTotp,
  resetOwner,
  resetProofs,
  setUpTotp,
  takeCodeAllowance,
} from '../index.ts';
import { base32, stepAt, totpAddress, totpCode } from '../totp/totp-code.ts';
import { as, device, historyOf, openOne, type Person, signedIn } from './signed-in.ts';

const party = { id: 'trust.example.org', origin: 'https://trust.example.org' };
const wrong = { ok: false, refusal: 'accounts/code-not-recognised', facts: {} } as const;
const over = { ok: false, refusal: 'accounts/half-session-ended', facts: {} } as const;

/** An app that shows what ours should. */
async function withApp(ledger: TestLedger, person: Person): Promise<{ secret: Uint8Array; code: (steps?: number) => string }> {
  const { secret, sealed } = offerTotp(observe(ledger, await person.actor()));
  const code = (steps = 0) => totpCode(secret, stepAt(ledger.now()) + steps);
  await as(ledger, person, (ctx) => setUpTotp(ctx, { sealed, code: code() }));
  ledger.clock.advance({ seconds: 30 });
  return { secret, code };
}

async function half(ledger: TestLedger, { id }: Person): Promise<string | null> {
  const begun = await act(ledger, visitor, (ctx) => beginSecondStep(ctx, { accountId: id, party }));
  assert(begun.ok);
  return begun.value?.token ?? null;
}

async function finish(ledger: TestLedger, token: string, code: string) {
  const tried = await act(ledger, visitor, (ctx) => finishSecondStep(ctx, { token, code, device }));
  assert(tried.ok);
  return tried.value;
}

async function halfOf(ledger: TestLedger, person: Person): Promise<string> {
  return (await half(ledger, person)) ?? assert.fail('no second step was asked for');
}

suite('second step', { concurrency: 2 }, () => {
  test('codes are those of RFC 6238, appendix B, and secrets are written as in RFC 4648 §10', () => {
    const secrets = {
      sha1: Buffer.from('12345678901234567890'),
      sha256: Buffer.from('12345678901234567890123456789012'),
      sha512: Buffer.from('1234567890123456789012345678901234567890123456789012345678901234'),
    };
    for (const [seconds, sha1, sha256, sha512] of [
      [59, '94287082', '46119246', '90693936'],
      [1_111_111_109, '07081804', '68084774', '25091201'],
      [1_111_111_111, '14050471', '67062674', '99943326'],
      [1_234_567_890, '89005924', '91819424', '93441116'],
      [2_000_000_000, '69279037', '90698825', '38618901'],
      [20_000_000_000, '65353130', '77737706', '47863826'],
    ] as const) {
      const step = stepAt(Temporal.Instant.fromEpochMilliseconds(seconds * 1000));
      for (const [hash, code] of [
        ['sha1', sha1],
        ['sha256', sha256],
        ['sha512', sha512],
      ] as const)
        assert.equal(totpCode(secrets[hash], step, { digits: 8, hash }), code);
    }
    for (const [text, written] of [
      ['', ''],
      ['f', 'MY'],
      ['fo', 'MZXQ'],
      ['foo', 'MZXW6'],
      ['foob', 'MZXW6YQ'],
      ['fooba', 'MZXW6YTB'],
      ['foobar', 'MZXW6YTBOI'],
    ] as const)
      assert.equal(base32(Buffer.from(text)), written);
    assert.equal(
      totpAddress(Buffer.from('foobar'), { issuer: 'Harbour & Sons', account: 'ada+x@example.org' }),
      'otpauth://totp/Harbour%20%26%20Sons:ada%2Bx%40example.org?secret=MZXW6YTBOI&issuer=Harbour%20%26%20Sons',
    );
  });

  test('an app is set up by its first code, kept sealed, and removed; a secret of another or of yesterday is not taken', async (t) => {
    const ledger = await testVerbs(t);
    const [ada, eve] = [await signedIn(ledger, 'staff', 'ada@example.org'), await signedIn(ledger, 'staff', 'eve@example.org')];
    const { secret, sealed } = offerTotp(observe(ledger, await ada.actor()));
    const theirs = offerTotp(observe(ledger, await eve.actor()));
    assert.equal(secret.length, 20);
    assert.equal((await ledger.db.selectFrom('accounts.totp').selectAll().execute()).length, 0, 'looking writes nothing');
    const now = stepAt(ledger.now());
    const told = { ledger, actor: await ada.actor() };
    await refuseAll(told, setUpTotp, {
      'accounts/code-not-recognised': [
        ['another code', { sealed, code: totpCode(secret, now + 2) }],
        ['no code', { sealed, code: '' }],
      ],
      'accounts/totp-offer-ended': [
        ["another's secret", { sealed: theirs.sealed, code: totpCode(theirs.secret, now) }],
        ['no secret', { sealed: '', code: '000000' }],
      ],
      'accounts/totp-there': [],
    });
    await accept({ ...told, recorded: ['private staff.totp-added'] }, setUpTotp, { sealed, code: totpCode(secret, now) });
    assert.deepEqual(await tablesWith(ledger.db, Buffer.from(secret).toString('latin1')), []);
    const rows = await ledger.db.selectFrom('accounts.totp').select('secret').execute();
    assert.ok(!rows.some((row) => row.secret.includes(secret)), 'the secret lies open');
    await refuseAll(told, setUpTotp, {
      'accounts/code-not-recognised': [],
      'accounts/totp-offer-ended': [],
      'accounts/totp-there': [['a second app', { sealed, code: totpCode(secret, now) }]],
    });
    await accept({ ...told, recorded: ['private staff.totp-removed'] }, removeTotp, undefined);
    await refuseAll(told, removeTotp, { 'accounts/totp-not-there': [['twice', undefined]] });
    ledger.clock.advance({ minutes: 15 });
    ada.token = await openOne(ledger, ada.id);
    await refuseAll({ ledger, actor: await ada.actor() }, setUpTotp, {
      'accounts/code-not-recognised': [],
      'accounts/totp-offer-ended': [['a secret shown long ago', { sealed, code: totpCode(secret, stepAt(ledger.now())) }]],
      'accounts/totp-there': [],
    });
  });

  test('the passphrase alone opens nothing once there is an app; a code does, once, half a minute early or late', async (t) => {
    const ledger = await testVerbs(t);
    const ada = await signedIn(ledger, 'staff', 'ada@example.org');
    assert.equal(await half(ledger, ada), null, 'nothing set up, nothing asked');
    const { code } = await withApp(ledger, ada);
    const token = await halfOf(ledger, ada);
    assert.equal(await readStaffSession(observe(ledger, visitor), { token }), null, 'a half session is no session');
    assert.deepEqual((await readHalfSession(observe(ledger, visitor), { token, party }))?.ways, {
      passkeys: 0,
      totp: true,
      recoveryCodes: 0,
      passphrase: true,
    });
    assert.deepEqual(await finish(ledger, token, code(2)), wrong);
    assert.deepEqual(await finish(ledger, token, ''), wrong);
    const now = code();
    const opened = await finish(ledger, token, `${now.slice(0, 3)} ${now.slice(3)}`);
    assert(opened.ok && opened.value.codesLeft === null);
    assert.ok(await readStaffSession(observe(ledger, visitor), opened.value));
    assert.deepEqual(await finish(ledger, token, code(1)), over, 'a half session is used once');
    assert.deepEqual(await finish(ledger, await halfOf(ledger, ada), now), wrong, 'a code is used once');
    assert((await finish(ledger, await halfOf(ledger, ada), code(1))).ok);
    assert.deepEqual(await finish(ledger, await halfOf(ledger, ada), now), wrong, 'nor one before the last');
    ledger.clock.advance({ minutes: 2 });
    const both = await halfOf(ledger, ada);
    const twice = await Promise.all([1, 2].map(() => finish(ledger, both, code(-1))));
    assert.deepEqual(twice.map(({ ok }) => ok).toSorted(), [false, true], 'sent twice at once');
    assert.deepEqual((await historyOf(ledger, ada.id)).filter((line) => line === 'totp refused').length, 4);
    assert.equal(await publicLeaves(ledger.db), '');
  });

  test('a half session ends after five minutes, with the sessions of the account, and when its owner leaves', async (t) => {
    const ledger = await testVerbs(t);
    const ada = await signedIn(ledger, 'staff', 'ada@example.org');
    const { code } = await withApp(ledger, ada);
    const late = await halfOf(ledger, ada);
    ledger.clock.advance({ minutes: 5 });
    assert.deepEqual(await finish(ledger, late, code()), over);
    assert.equal(await readHalfSession(observe(ledger, visitor), { token: late, party }), null);
    assert.deepEqual(await finish(ledger, 'no such token', code()), over);
    const left = await halfOf(ledger, ada);
    await ledger.db.updateTable('accounts.account').set({ leftAt: ledger.now() }).where('id', '=', ada.id).execute();
    assert.deepEqual(await finish(ledger, left, code()), over);
  });

  test('ten recovery codes are told once, each opens once, in any spelling, and new ones end the old', async (t) => {
    const ledger = await testVerbs(t);
    const [ada, eve] = [await signedIn(ledger, 'staff', 'ada@example.org'), await signedIn(ledger, 'staff', 'eve@example.org')];
    await withApp(ledger, ada);
    await withApp(ledger, eve);
    const make = async () =>
      accept({ ledger, actor: await ada.actor(), recorded: ['private staff.recovery-codes-made'] }, makeRecoveryCodes, undefined);
    const { codes } = await make();
    assert.equal(new Set(codes).size, 10);
    const [first = '', second = ''] = codes;
    assert.deepEqual(await tablesWith(ledger.db, first), []);
    assert.deepEqual(await finish(ledger, await halfOf(ledger, eve), first), wrong, "another's code");
    const used = await accept(
      { ledger, actor: visitor, recorded: ['private staff.recovery-code-used', 'private staff.signed-in'] },
      finishSecondStep,
      { token: await halfOf(ledger, ada), code: first.toLowerCase().replaceAll('-', ' '), device },
    );
    assert(used.ok && used.value.codesLeft === 9);
    assert.deepEqual(await finish(ledger, await halfOf(ledger, ada), first), wrong, 'used already');
    await make();
    assert.deepEqual(await finish(ledger, await halfOf(ledger, ada), second), wrong, 'replaced');
    // All in one instant, so in no order.
    const history = (await historyOf(ledger, ada.id)).filter((line) => line.startsWith('recovery-code'));
    assert.deepEqual(history.toSorted(), ['recovery-code refused', 'recovery-code refused', 'recovery-code signed-in']);
    ledger.clock.advance({ minutes: 11 });
    await assert.rejects(make(), ProofNeeded);
  });

  test('whoever lost every device is let in again by the passphrase, after a manager or the machine itself took the rest', async (t) => {
    const ledger = await testVerbs(t);
    const ada = await signedIn(ledger, 'staff', 'ada@example.org');
    await withApp(ledger, ada);
    await as(ledger, ada, makeRecoveryCodes);
    const manager = { ledger, actor: staff('accounts:manage') };
    await needs(ledger, 'accounts:manage', resetProofs, { accountId: ada.id });
    await refuseAll(manager, resetProofs, {
      'accounts/account-not-found': [
        ['nobody', { accountId: '0d9c1f1e-0000-4000-8000-000000000009' }],
        ['no key', { accountId: 'x' }],
      ],
      'accounts/above-own': [],
      'accounts/own-proofs': [['their own', { accountId: '0d9c1f1e-0000-4000-8000-000000000001' }]],
    });
    await accept({ ...manager, recorded: ['private staff.proofs-reset'] }, resetProofs, { accountId: ada.id });
    assert.equal(await half(ledger, ada), null);
    assert.equal(await readStaffSession(observe(ledger, visitor), { token: ada.token }), null);
    ada.token = await openOne(ledger, ada.id);
    await withApp(ledger, ada);
    await ledger.db
      .insertInto('accounts.assignment')
      .values({ accountId: ada.id, role: 'owner', departmentId: null, grantedAt: ledger.now() })
      .execute();
    await accept({ ledger, actor: system, recorded: ['private staff.passphrase-reset'] }, resetOwner, {
      passphrase: 'a new long passphrase',
    });
    assert.equal(await half(ledger, ada), null);
  });

  test('codes are guessed five times from one place and twenty times in all, then one waits', async (t) => {
    const ledger = await testVerbs(t);
    const ctx = observe(ledger, visitor);
    for (let n = 0; n < 20; n += 1) {
      const from = { ...device, network: `203.0.${Math.floor(n / 5)}.*` };
      assert.equal(await takeCodeAllowance(ctx, 'ada', from), 0);
      if (n % 5 === 4) assert.ok((await takeCodeAllowance(ctx, 'ada', from)) > 0, 'a sixth from the same place');
    }
    assert.ok((await takeCodeAllowance(ctx, 'ada', { ...device, network: '198.51.100.*' })) > 0);
    assert.equal(await takeCodeAllowance(ctx, 'eve', { ...device, network: '198.51.100.*' }), 0, 'nobody else waits');
  });
});
