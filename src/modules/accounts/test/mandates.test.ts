import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type Actor, PermissionMissing, ProofNeeded } from '../../../kernel/context.ts';
import { act, observe } from '../../../ledger/index.ts';
import { system } from '../../../../tests/support/ledger.ts';
import { accept, needs, refuseAll, staff, tablesWith, testVerbs } from '../../../../tests/support/verbs.ts';
import {
  acceptMandate,
  approveMandate,
  createOwner,
  endMandate,
  listAllMandates,
  listMandates,
  offerMandate,
  readMandateCase,
  refuseMandate,
  requestMandate,
} from '../index.ts';
import { asking, granting, holder, newReviewer, newUser, offering, tokenOf, until, yearsAgo } from './mandate-people.ts';

const nobody = '00000000-0000-4000-8000-000000000000';

suite('mandates', { concurrency: 2 }, () => {
  test('whoever asks to act for somebody does so once staff approve, as far as they allow, and both see it', async (t) => {
    const ledger = await testVerbs(t);
    const reviewer = await newReviewer(ledger);
    const dora = await newUser(ledger, 'dora@example.org');
    const petra = await newUser(ledger, 'Petra@example.org');
    const token = await tokenOf(ledger, dora);
    const requesting = { ledger, actor: dora, recorded: ['private user.mandate-requested'] };
    const { mandateId } = await accept(requesting, requestMandate, asking(ledger, dora));
    for (const typed of ['My aunt', 'court of Husum', 'Petra Principal'])
      assert.deepEqual(await tablesWith(ledger.db, typed), []);
    assert.deepEqual((await holder(ledger, token)).mandates, [], 'a request allows nothing');
    const shown = await readMandateCase(observe(ledger, reviewer), mandateId);
    assert.deepEqual([shown?.words?.proof, shown?.addressKnown], ['Order of the court of Husum of 2026-10-01', true]);
    const recorded = ['private user.mandate-granted', 'private user.mandate-granted', 'private staff.mandate-decided'];
    await accept({ ledger, actor: reviewer, recorded }, approveMandate, granting(ledger, mandateId));
    const [mandate] = (await holder(ledger, token)).mandates;
    assert.deepEqual([mandate?.subject, [...(mandate?.scope ?? [])]], [petra.id, ['self:read']], 'the scope was cut');
    const [forPetra] = (await listMandates(observe(ledger, petra), petra.id)).forMe;
    const [forDora] = (await listMandates(observe(ledger, dora), dora.id)).asDelegate;
    assert.deepEqual([forPetra?.person, forPetra?.state], ['dora@example.org', 'active']);
    assert.deepEqual([forDora?.person, forDora?.state], ['Petra@example.org', 'active']);
  });

  test('a request is judged by what it says alone: whether the other person has an account changes nothing', async (t) => {
    const ledger = await testVerbs(t);
    const dora = await newUser(ledger, 'dora@example.org');
    await newUser(ledger, 'petra@example.org');
    const sent = (changed: object) => asking(ledger, dora, changed);
    const kept = async (address: string) => {
      const answer = await act(ledger, dora, (ctx) => requestMandate(ctx, sent({ principalAddress: address })));
      return answer.ok && (await listMandates(observe(ledger, dora), dora.id)).asDelegate.map((seen) => ({ ...seen, id: '' }));
    };
    const [known] = (await kept('petra@example.org')) || [];
    const [unknown] = (await kept('unheard-of@example.org')) || [];
    assert.deepEqual(known, unknown);
    await refuseAll({ ledger, actor: dora }, requestMandate, {
      'accounts/mandate-kind-not-known': [['an invented one', sent({ kind: 'friend' })]],
      'accounts/mandate-scope-not-known': [
        ['none', sent({ scope: [] })],
        ['to change how they prove who they are', sent({ scope: ['self:read', 'self:secure'] })],
        ['of staff', sent({ scope: ['accounts:manage'] })],
      ],
      'accounts/principal-missing': [['no name', sent({ principalName: ' ' })]],
      'accounts/principal-address-not-valid': [['no address', sent({ principalAddress: 'petra' })]],
      'accounts/birthday-missing': [
        ['a child without', sent({ kind: 'parent' })],
        ['no day', sent({ kind: 'parent', bornOn: '2020-02-30' })],
      ],
      'accounts/of-age': [['eighteen today', sent({ kind: 'parent', bornOn: yearsAgo(ledger, 18) })]],
      'accounts/proof-missing': [['three letters', sent({ proof: 'yes' })]],
      'accounts/mandate-words-too-long': [['too many', sent({ words: 'x'.repeat(4001) }), { longest: 4000 }]],
      'accounts/mandate-with-oneself': [['their own address', sent({ principalAddress: 'DORA@example.org ' })]],
      'accounts/mandate-end-not-valid': [
        ['yesterday', sent({ until: until(ledger, -1) })],
        ['no day', sent({ until: 'soon' })],
      ],
      'accounts/mandate-too-long': [
        ['three years', sent({ until: until(ledger, 1096) })],
        ['a child that comes of age before', sent({ kind: 'parent', bornOn: yearsAgo(ledger, 18, 30) })],
      ],
      'accounts/too-many-mandates': [],
    });
    for (let more = 0; more < 8; more += 1) await kept('petra@example.org');
    const eleventh = await act(ledger, dora, (ctx) => requestMandate(ctx, sent({})));
    assert.equal(!eleventh.ok && eleventh.refusal, 'accounts/too-many-mandates');
  });

  test('a child gets an account that nobody can sign in to, and a parent acts for it until the day before it is eighteen', async (t) => {
    const ledger = await testVerbs(t);
    const reviewer = await newReviewer(ledger);
    const dora = await newUser(ledger, 'dora@example.org');
    const now = async () => (await holder(ledger, await tokenOf(ledger, dora))).mandates;
    const child = {
      kind: 'parent',
      principalName: 'Kim',
      principalAddress: 'dora@example.org',
      bornOn: yearsAgo(ledger, 18, 30),
    };
    const asked = await act(ledger, dora, (ctx) =>
      requestMandate(ctx, asking(ledger, dora, { ...child, until: until(ledger, 29) })),
    );
    assert(asked.ok);
    const given = { principal: 'without-sign-in' as const, until: until(ledger, 29) };
    const approved = await act(ledger, reviewer, (ctx) => approveMandate(ctx, granting(ledger, asked.value.mandateId, given)));
    assert(approved.ok);
    const { principalId } = approved.value;
    const account = await ledger.db.selectFrom('accounts.account').selectAll().where('id', '=', principalId).executeTakeFirst();
    assert.deepEqual([account?.email, account?.passphraseHash, account?.kind], [null, null, 'user']);
    assert.equal((await now())[0]?.subject, principalId);
    ledger.clock.advance({ hours: 24 * 29 });
    assert.equal((await now()).length, 1, 'on its last day');
    ledger.clock.advance({ hours: 24 });
    assert.deepEqual(await now(), [], 'on the birthday');
  });

  test('staff cut what was asked and never widen it, refuse with a reason, and decide nothing that is their own', async (t) => {
    const ledger = await testVerbs(t);
    const reviewer = await newReviewer(ledger);
    const dora = await newUser(ledger, 'dora@example.org');
    const asked = await act(ledger, dora, (ctx) => requestMandate(ctx, asking(ledger, dora, { scope: ['self:read'] })));
    const selfish = await act(ledger, dora, (ctx) =>
      requestMandate(
        ctx,
        asking(ledger, dora, { kind: 'parent', principalAddress: 'dora@example.org', bornOn: yearsAgo(ledger, 5) }),
      ),
    );
    assert(asked.ok && selfish.ok);
    const { mandateId } = asked.value;
    const give = (changed = {}) => granting(ledger, mandateId, changed);
    await refuseAll({ ledger, actor: reviewer }, approveMandate, {
      'accounts/mandate-not-found': [['nothing asked', give({ mandateId: nobody })]],
      'accounts/mandate-wider': [
        ['more than asked', give({ scope: ['self:read', 'self:manage'] })],
        ['to erase, which was not asked', give({ scope: ['self:read', 'self:erase'] })],
        ['longer than asked', give({ until: until(ledger, 101) })],
      ],
      'accounts/mandate-scope-not-known': [
        ['none', give({ scope: [] })],
        ['to change how they prove who they are', give({ scope: ['self:secure'] })],
      ],
      'accounts/principal-not-found': [['nobody has shown that address', give()]],
      'accounts/mandate-with-oneself': [['the delegate’s own account', give({ mandateId: selfish.value.mandateId })]],
      'accounts/mandate-end-not-valid': [['yesterday', give({ until: until(ledger, -1) })]],
      'accounts/mandate-too-long': [['three years', give({ until: until(ledger, 1096) })]],
      'accounts/of-age': [],
      'accounts/mandate-over': [],
      'accounts/own-mandate': [],
    });
    const owner = await act(ledger, system, (ctx) => createOwner(ctx, { email: 'DORA@example.org', passphrase: 'x'.repeat(12) }));
    assert(owner.ok);
    const herself: Actor = {
      kind: 'staff',
      id: owner.value.accountId,
      may: new Set(['accounts:mandates']),
      within: new Map(),
      onceProved: new Set(),
    };
    const approval = await act(ledger, herself, (ctx) => approveMandate(ctx, give({ principal: 'without-sign-in' })));
    assert.equal(!approval.ok && approval.refusal, 'accounts/own-mandate');
    await refuseAll({ ledger, actor: herself }, refuseMandate, {
      'accounts/own-mandate': [['her own', { mandateId, reason: 'I think not so.' }]],
      'accounts/mandate-not-found': [['nothing asked', { mandateId: nobody, reason: 'I think not so.' }]],
      'accounts/mandate-reason-missing': [['a word', { mandateId, reason: ' no ' }]],
      'accounts/mandate-over': [],
    });
    const recorded = ['private user.mandate-refused', 'private staff.mandate-decided'];
    await accept({ ledger, actor: reviewer, recorded }, refuseMandate, { mandateId, reason: 'The order has run out.' });
    const seen = (await listMandates(observe(ledger, dora), dora.id)).asDelegate.find(({ id }) => id === mandateId);
    assert.deepEqual([seen?.state, seen?.reason], ['refused', 'The order has run out.']);
    const late = await act(ledger, reviewer, (ctx) => approveMandate(ctx, give({ principal: 'without-sign-in' })));
    assert.equal(!late.ok && late.refusal, 'accounts/mandate-over');
    const again = await act(ledger, reviewer, (ctx) => refuseMandate(ctx, { mandateId, reason: 'The order has run out.' }));
    assert.equal(!again.ok && again.refusal, 'accounts/mandate-over');
  });

  test('an offer is found by the owner of its address alone', async (t) => {
    const ledger = await testVerbs(t);
    const reviewer = await newReviewer(ledger);
    const petra = await newUser(ledger, 'petra@example.org');
    const [dora, eve, blank] = [
      await newUser(ledger, 'dora@example.org'),
      await newUser(ledger, 'eve@example.org'),
      await newUser(ledger, null),
    ];
    await refuseAll({ ledger, actor: petra }, offerMandate, {
      'accounts/mandate-kind-not-known': [['by law only', offering(ledger, petra, { kind: 'guardian' })]],
      'accounts/mandate-scope-not-known': [['to be her', offering(ledger, petra, { scope: ['self:secure'] })]],
      'accounts/delegate-address-not-valid': [['none', offering(ledger, petra, { delegateAddress: '' })]],
      'accounts/mandate-words-too-long': [['too many', offering(ledger, petra, { words: 'x'.repeat(4001) }), { longest: 4000 }]],
      'accounts/mandate-with-oneself': [['her own', offering(ledger, petra, { delegateAddress: 'Petra@example.org' })]],
      'accounts/mandate-end-not-valid': [['yesterday', offering(ledger, petra, { until: until(ledger, -1) })]],
      'accounts/mandate-too-long': [['three years', offering(ledger, petra, { until: until(ledger, 1096) })]],
      'accounts/of-age': [],
      'accounts/too-many-mandates': [],
    });
    const offer = () => act(ledger, petra, (ctx) => offerMandate(ctx, offering(ledger, petra)));
    const offered = await offer();
    assert(offered.ok);
    const { mandateId } = offered.value;
    assert.equal((await listMandates(observe(ledger, dora), dora.id)).offers[0]?.words, 'Please look after my settings.');
    assert.deepEqual((await listMandates(observe(ledger, eve), eve.id)).offers, []);
    assert.deepEqual(await listAllMandates(observe(ledger, reviewer)), [], 'staff have no part in it');
    assert.equal(await readMandateCase(observe(ledger, reviewer), mandateId), null);
    for (const other of [eve, petra, blank]) {
      const table = { 'accounts/mandate-not-found': [[`as ${other.id}`, { delegateId: other.id, mandateId }]] } as const;
      await refuseAll({ ledger, actor: other }, acceptMandate, table);
    }
    await assert.rejects(
      act(ledger, eve, (ctx) => acceptMandate(ctx, { delegateId: dora.id, mandateId })),
      PermissionMissing,
    );
    await accept({ ledger, actor: dora, recorded: ['private user.mandate-ended'] }, endMandate, { mandateId });
    const second = await offer();
    assert(second.ok);
    ledger.clock.advance({ hours: 24 * 31 });
    const late = await act(ledger, dora, (ctx) => acceptMandate(ctx, { delegateId: dora.id, mandateId: second.value.mandateId }));
    assert.equal(!late.ok && late.refusal, 'accounts/mandate-not-found');
    for (let more = 0; more < 9; more += 1) assert.ok((await offer()).ok);
    const eleventh = await offer();
    assert.equal(!eleventh.ok && eleventh.refusal, 'accounts/too-many-mandates');
  });

  test('without permission nobody decides, and a stale proof is asked again', async (t) => {
    const ledger = await testVerbs(t);
    await needs(ledger, 'accounts:mandates', approveMandate, granting(ledger, nobody));
    await needs(ledger, 'accounts:mandates', refuseMandate, { mandateId: nobody, reason: 'I think not so.' });
    await needs(ledger, 'accounts:mandates', endMandate, { mandateId: nobody });
    const held = staff('accounts:mandates');
    assert(held.kind === 'staff');
    const stale: Actor = { ...held, onceProved: new Set(['accounts:mandates']) };
    await assert.rejects(
      act(ledger, stale, (ctx) => approveMandate(ctx, granting(ledger, nobody))),
      ProofNeeded,
    );
    await assert.rejects(listAllMandates(observe(ledger, staff('accounts:manage'))), PermissionMissing);
  });
});
