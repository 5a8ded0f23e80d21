import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { PermissionMissing, ProofNeeded } from '../../../kernel/context.ts';
import { act, observe } from '../../../ledger/index.ts';
import { softwareAuthenticator, type Authenticator, type Twist } from '../../../../tests/support/authenticator.ts';
import { type TestLedger, visitor } from '../../../../tests/support/ledger.ts';
import { accept, everyRow, publicLeaves, refuseAll, testVerbs } from '../../../../tests/support/verbs.ts';
import {
  confirmByPasskey,
  confirmOptions,
  ownPasskeys,
  registerPasskey,
  registrationOptions,
  relyingParty,
  removePasskey,
  renamePasskey,
  signInByPasskey,
  signInOptions,
} from '../index.ts';
import type { AccountKind, Surface } from '../tables.ts';
import { as, device, historyOf, openOne, type Person, signedIn } from './signed-in.ts';

const party = { id: 'trust.example.org', origin: 'https://trust.example.org' };
const surfaceOf = { staff: 'console', user: 'portal' } as const satisfies Record<AccountKind, Surface>;
const notRecognised = { ok: false, refusal: 'accounts/passkey-not-recognised', facts: {} } as const;

const optionsFor = async (ledger: TestLedger, person: Person) =>
  registrationOptions(observe(ledger, await person.actor()), { party, organisation: 'Harbour Bank' });

async function withPasskey(ledger: TestLedger, person: Person, label = 'Laptop'): Promise<Authenticator> {
  const authenticator = softwareAuthenticator(party.origin);
  const answer = authenticator.register(await optionsFor(ledger, person));
  await as(ledger, person, (ctx) => registerPasskey(ctx, { answer, label, party }));
  // Keys of the same millisecond have no order.
  ledger.clock.advance({ seconds: 1 });
  return authenticator;
}

const challenge = (ledger: TestLedger, surface: Surface) => signInOptions(observe(ledger, visitor), { party, surface });

async function enter(ledger: TestLedger, answer: string, surface: Surface = 'console') {
  const tried = await act(ledger, visitor, (ctx) => signInByPasskey(ctx, { answer, surface, party, device }));
  assert(tried.ok);
  return tried.value;
}

suite('passkeys', { concurrency: 2 }, () => {
  for (const kind of ['staff', 'user'] as const) {
    test(`${kind} register several passkeys, sign in by any without typing an address, rename and remove them`, async (t) => {
      const ledger = await testVerbs(t);
      const ada = await signedIn(ledger, kind, 'ada@example.org');
      const [laptop, key] = [await withPasskey(ledger, ada), await withPasskey(ledger, ada, 'Key on my keyring')];
      const eve = await signedIn(ledger, kind, 'eve@example.org');
      await withPasskey(ledger, eve, 'Telephone');
      const actor = await ada.actor();
      const own = await ownPasskeys(observe(ledger, actor));
      assert.deepEqual(
        own.map(({ label, rpId }) => [label, rpId]),
        [
          ['Laptop', party.id],
          ['Key on my keyring', party.id],
        ],
      );
      for (const one of [laptop, key]) {
        ledger.clock.advance({ seconds: 1 });
        assert((await enter(ledger, one.assert(await challenge(ledger, surfaceOf[kind])), surfaceOf[kind])).ok);
      }
      assert.deepEqual((await historyOf(ledger, ada.id)).slice(1), ['passkey signed-in', 'passkey signed-in']);
      const [first] = own;
      assert(first);
      const told = { ledger, actor };
      await accept({ ...told, recorded: [`private ${kind}.passkey-renamed`] }, renamePasskey, {
        passkeyId: first.id,
        label: '  Old   laptop ',
      });
      const [others] = await ownPasskeys(observe(ledger, await eve.actor()));
      assert(others);
      await refuseAll(told, renamePasskey, {
        'accounts/passkey-label-not-valid': [
          ['no name', { passkeyId: first.id, label: ' ' }, { longest: 60 }],
          ['a long name', { passkeyId: first.id, label: 'x'.repeat(61) }, { longest: 60 }],
        ],
        'accounts/passkey-not-found': [
          ["another's", { passkeyId: others.id, label: 'Mine now' }],
          ['no key at all', { passkeyId: "'; drop", label: 'Mine now' }],
        ],
      });
      await refuseAll(told, removePasskey, {
        'accounts/passkey-not-found': [
          ["another's", { passkeyId: others.id }],
          ['no key at all', { passkeyId: 'x' }],
        ],
      });
      await accept({ ...told, recorded: [`private ${kind}.passkey-removed`] }, removePasskey, { passkeyId: first.id });
      assert.deepEqual(
        (await ownPasskeys(observe(ledger, actor))).map(({ label }) => label),
        ['Key on my keyring'],
      );
      assert.deepEqual(
        await enter(ledger, laptop.assert(await challenge(ledger, surfaceOf[kind])), surfaceOf[kind]),
        notRecognised,
      );
      assert((await enter(ledger, key.assert(await challenge(ledger, surfaceOf[kind])), surfaceOf[kind])).ok);
      assert.equal(await publicLeaves(ledger.db), '');
      const unverified = key.assert(await challenge(ledger, surfaceOf[kind]), { verified: false });
      const { ok } = await enter(ledger, unverified, surfaceOf[kind]);
      assert.equal(ok, kind === 'user', 'staff verify themselves to the device; users reach nothing but their own');
    });
  }

  test('an answer is refused that lies about anything the device signs, and the owner sees the attempt', async (t) => {
    const ledger = await testVerbs(t);
    const ada = await signedIn(ledger, 'staff', 'ada@example.org');
    const key = await withPasskey(ledger, ada);
    const lies: Record<string, Twist> = {
      'another origin': { origin: 'https://trust.example.org.evil.example' },
      'the same host without TLS': { origin: 'http://trust.example.org' },
      'another port': { origin: 'https://trust.example.org:8443' },
      'another host of the passkey': { rpId: 'example.org' },
      'the answer to making one': { type: 'webauthn.create' },
      'a challenge of our own making': { challenge: Buffer.alloc(53, 1).toString('base64url') },
      'nobody verified': { verified: false },
    };
    for (const [says, twist] of Object.entries(lies)) {
      ledger.clock.advance({ seconds: 1 });
      assert.deepEqual(await enter(ledger, key.assert(await challenge(ledger, 'console'), twist)), notRecognised, says);
    }
    assert.deepEqual((await historyOf(ledger, ada.id)).slice(1), Array(7).fill('passkey refused'));
    const spoilt = JSON.parse(key.assert(await challenge(ledger, 'console')));
    spoilt.response.signature = `${spoilt.response.signature.slice(0, -4)}AAAA`;
    assert.deepEqual(await enter(ledger, JSON.stringify(spoilt)), notRecognised);
    const before = await everyRow(ledger.db);
    for (const nonsense of ['', 'null', '{}', '[1]', '{"id":1}', JSON.stringify({ ...spoilt, id: 'AAAA', rawId: 'AAAA' })])
      assert.deepEqual(await enter(ledger, nonsense), notRecognised, nonsense);
    assert.deepEqual(await enter(ledger, key.assert(await challenge(ledger, 'console'), { userHandle: null })), notRecognised);
    assert.deepEqual(await everyRow(ledger.db), before, 'what names no passkey leaves nothing behind');
    assert((await enter(ledger, key.assert(await challenge(ledger, 'console')))).ok, 'and the passkey still works');
  });

  test('an answer opens once, within five minutes, also when it arrives twice at the same time', async (t) => {
    const ledger = await testVerbs(t);
    const ada = await signedIn(ledger, 'staff', 'ada@example.org');
    const key = await withPasskey(ledger, ada);
    const options = await challenge(ledger, 'console');
    const both = await Promise.all([1, 2].map(() => enter(ledger, key.assert(options))));
    assert.deepEqual(both.map(({ ok }) => ok).toSorted(), [false, true]);
    const answer = key.assert(await challenge(ledger, 'console'));
    assert((await enter(ledger, answer)).ok);
    assert.deepEqual(await enter(ledger, answer), notRecognised, 'sent again');
    const late = key.assert(await challenge(ledger, 'console'));
    ledger.clock.advance({ minutes: 5 });
    assert.deepEqual(await enter(ledger, late), notRecognised, 'after five minutes');
    assert.equal((await ledger.db.selectFrom('accounts.spentChallenge').selectAll().execute()).length, 3);
    assert((await enter(ledger, key.assert(await challenge(ledger, 'console')))).ok);
    assert.equal(
      (await ledger.db.selectFrom('accounts.spentChallenge').selectAll().execute()).length,
      1,
      'old ones are forgotten',
    );
  });

  test("a challenge is answered for its own purpose, surface and account, and for nobody else's", async (t) => {
    const ledger = await testVerbs(t);
    const [ada, eve] = [await signedIn(ledger, 'staff', 'ada@example.org'), await signedIn(ledger, 'staff', 'eve@example.org')];
    const [hers, theirs] = [await withPasskey(ledger, ada), await withPasskey(ledger, eve)];
    const confirmFor = async (person: Person) => confirmOptions(observe(ledger, await person.actor()), { party });
    const confirm = (person: Person, answer: string) =>
      as(ledger, person, (ctx) => confirmByPasskey(ctx, { answer, party, device, sessionId: person.sessionId }));
    const forAda = await confirmFor(ada);
    assert.deepEqual(
      forAda.allowCredentials?.map(({ id }) => id),
      [hers.credentialId],
    );
    assert.deepEqual(await enter(ledger, hers.assert(forAda)), notRecognised, 'a proof is no sign-in');
    assert.deepEqual(await confirm(ada, hers.assert(await challenge(ledger, 'console'))), notRecognised, 'a sign-in is no proof');
    assert.deepEqual(await confirm(ada, theirs.assert(forAda)), notRecognised, "another's passkey");
    assert.deepEqual(await confirm(eve, theirs.assert(forAda)), notRecognised, "another's challenge");
    assert.deepEqual(
      await enter(ledger, hers.assert(await challenge(ledger, 'console'), { userHandle: handleOf(eve) })),
      notRecognised,
      "a passkey that says it is another's",
    );
    assert.deepEqual(
      await enter(ledger, hers.assert(await challenge(ledger, 'portal')), 'portal'),
      notRecognised,
      'staff in the portal',
    );
    assert.deepEqual(
      await enter(ledger, hers.assert(await challenge(ledger, 'portal'))),
      notRecognised,
      'a challenge of the portal',
    );
    const renewed = await confirm(ada, hers.assert(forAda));
    assert(renewed.ok);
    const elsewhere = { id: 'moved.example.org', origin: 'https://moved.example.org' };
    const moved = await signInOptions(observe(ledger, visitor), { party: elsewhere, surface: 'console' });
    const answer = hers.assert(moved, { origin: elsewhere.origin, rpId: elsewhere.id });
    assert.deepEqual(
      await act(ledger, visitor, (ctx) => signInByPasskey(ctx, { answer, surface: 'console', party: elsewhere, device })),
      { ok: true, value: notRecognised },
      'after a move to another host',
    );
  });

  test('whoever has left signs in no more', async (t) => {
    const ledger = await testVerbs(t);
    const ada = await signedIn(ledger, 'staff', 'ada@example.org');
    const key = await withPasskey(ledger, ada);
    const options = await challenge(ledger, 'console');
    await ledger.db.updateTable('accounts.account').set({ leftAt: ledger.now() }).where('id', '=', ada.id).execute();
    assert.deepEqual(await enter(ledger, key.assert(options)), notRecognised);
  });

  test('a passkey that counts backwards is refused and recorded; one that does not count goes on', async (t) => {
    const ledger = await testVerbs(t);
    const ada = await signedIn(ledger, 'staff', 'ada@example.org');
    const key = await withPasskey(ledger, ada);
    assert((await enter(ledger, key.assert(await challenge(ledger, 'console'), { counter: 8 }))).ok);
    for (const counter of [8, 7, 0]) {
      const answer = key.assert(await challenge(ledger, 'console'), { counter });
      const refused = await accept({ ledger, actor: visitor, recorded: ['private staff.passkey-refused'] }, signInByPasskey, {
        answer,
        surface: 'console',
        party,
        device,
      });
      assert.deepEqual(refused, { ok: false, refusal: 'accounts/passkey-copied', facts: {} });
    }
    const forged = key.assert(await challenge(ledger, 'console'), { counter: 1, origin: 'https://evil.example' });
    await accept({ ledger, actor: visitor, recorded: [] }, signInByPasskey, {
      answer: forged,
      surface: 'console',
      party,
      device,
    });
    assert((await enter(ledger, key.assert(await challenge(ledger, 'console'), { counter: 9 }))).ok);
    const still = softwareAuthenticator(party.origin);
    const made = still.register(await optionsFor(ledger, ada), { counter: 0 });
    await as(ledger, ada, (ctx) => registerPasskey(ctx, { answer: made, label: 'Telephone', party }));
    for (let n = 0; n < 3; n += 1)
      assert((await enter(ledger, still.assert(await challenge(ledger, 'console'), { counter: 0 }))).ok);
  });

  test('only what this site asked this account for is taken as a new passkey, once, up to twenty', async (t) => {
    const ledger = await testVerbs(t);
    const [ada, eve] = [await signedIn(ledger, 'staff', 'ada@example.org'), await signedIn(ledger, 'staff', 'eve@example.org')];
    const known = softwareAuthenticator(party.origin);
    const first = known.register(await optionsFor(ledger, ada));
    await accept({ ledger, actor: await ada.actor(), recorded: ['private staff.passkey-added'] }, registerPasskey, {
      answer: first,
      label: 'Laptop',
      party,
    });
    const options = await optionsFor(ledger, ada);
    assert.deepEqual(
      options.excludeCredentials?.map(({ id }) => id),
      [known.credentialId],
    );
    assert.equal(options.authenticatorSelection?.userVerification, 'required');
    const fresh = () => softwareAuthenticator(party.origin);
    const proof = await confirmOptions(observe(ledger, await ada.actor()), { party });
    const sent = (answer: string, label = 'Laptop') => ({ answer, label, party });
    await refuseAll({ ledger, actor: await ada.actor() }, registerPasskey, {
      'accounts/passkey-label-not-valid': [['no name', sent(fresh().register(options), ''), { longest: 60 }]],
      'accounts/passkey-not-taken': [
        ['nothing', sent('')],
        ["another's challenge", sent(fresh().register(await optionsFor(ledger, eve)))],
        ['a challenge to prove again', sent(fresh().register({ ...options, challenge: proof.challenge }))],
        ['another origin', sent(fresh().register(options, { origin: 'https://evil.example' }))],
        ['another host', sent(fresh().register(options, { rpId: 'evil.example' }))],
        ['nobody verified', sent(fresh().register(options, { verified: false }))],
        ['an answer for signing in', sent(known.assert(options))],
      ],
      'accounts/passkey-known': [
        ['the same credential', sent(known.register(options))],
        ['the same answer again', sent(first)],
      ],
      'accounts/too-many-passkeys': [],
    });
    for (let n = 1; n < 20; n += 1) await withPasskey(ledger, ada);
    await refuseAll({ ledger, actor: await ada.actor() }, registerPasskey, {
      'accounts/passkey-label-not-valid': [],
      'accounts/passkey-not-taken': [],
      'accounts/passkey-known': [],
      'accounts/too-many-passkeys': [['the 21st', sent(fresh().register(options)), { most: 20 }]],
    });
  });

  test('passkeys are added and removed after a fresh proof alone, and by nobody else', async (t) => {
    const ledger = await testVerbs(t);
    for (const kind of ['staff', 'user'] as const) {
      const ada = await signedIn(ledger, kind, 'ada@example.org');
      ledger.clock.advance({ minutes: 11 });
      for (const verb of [() => optionsFor(ledger, ada), () => as(ledger, ada, (ctx) => removePasskey(ctx, { passkeyId: 'x' }))])
        await assert.rejects(verb, ProofNeeded);
      ada.token = await openOne(ledger, ada.id);
      await optionsFor(ledger, ada);
    }
    const program = {
      kind: 'program',
      id: 'a key',
      may: new Set(['self:read'] as const),
      within: new Map(),
      onceProved: new Set<never>(),
    } as const;
    for (const actor of [visitor, { kind: 'system', name: 'jobs' } as const, program])
      await assert.rejects(ownPasskeys(observe(ledger, actor)), PermissionMissing);
  });

  test('the relying party is the name in the confirmed address, and there is none for a number', () => {
    assert.deepEqual(relyingParty('https://trust.example.org'), party);
    for (const own of ['http://127.0.0.1:8080', 'http://localhost:8080', 'http://[::1]:8080'])
      assert.deepEqual(relyingParty(own), { id: 'localhost', origin: 'http://localhost:8080' });
    for (const number of ['https://203.0.113.9', 'https://[2001:db8::1]:8443']) assert.equal(relyingParty(number), null);
  });
});

function handleOf({ id }: Person): string {
  return Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
}
