import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type Context, PermissionMissing } from '../../../kernel/context.ts';
import { done } from '../../../kernel/outcome.ts';
import { act, observe } from '../../../ledger/index.ts';
import { visitor } from '../../../../tests/support/ledger.ts';
import { accept, refuseAll } from '../../../../tests/support/verbs.ts';
import { acceptMandate, actingUnder, endMandate, endMandatesOf, listMandates, offerMandate, requestMandate } from '../index.ts';
import { asking, change, holder, newReviewer, newUser, offering, pair, tokenOf } from './mandate-people.ts';

suite('abuse of mandates', { concurrency: 2 }, () => {
  test('what a delegate does stands in the principal’s record with the mandate, and both are shown it', async (t) => {
    const { ledger, dora, petra, mandateId, token } = await pair(t);
    ledger.clock.advance({ minutes: 1 });
    const acting = actingUnder(await holder(ledger, token), mandateId);
    assert(acting);
    await accept({ ledger, actor: acting.actor, recorded: ['private user.language-set'] }, change, petra.id);
    const event = await ledger.db
      .selectFrom('ledger.event')
      .select(['actor', 'object'])
      .where('type', '=', 'user.language-set')
      .executeTakeFirst();
    assert.deepEqual(event, { actor: `user:${dora.id}`, object: petra.id });
    await act(ledger, petra, (ctx) => change(ctx, petra.id));
    const done = [{ type: 'user.language-set', at: ledger.now(), what: null }];
    const [forPetra] = (await listMandates(observe(ledger, petra), petra.id)).forMe;
    assert.deepEqual(forPetra?.acts, done, 'what she does herself is no act of a delegate');
    const [forDora] = (await listMandates(observe(ledger, dora), dora.id)).asDelegate;
    assert.deepEqual(forDora?.acts, done);
  });

  test('a mandate reaches its principal and no further than its scope, and its number is of no use to others', async (t) => {
    const { ledger, petra, mandateId, token } = await pair(t);
    const eve = await newUser(ledger, 'eve@example.org');
    const dora = await holder(ledger, token);
    const stranger = await holder(ledger, await tokenOf(ledger, eve));
    assert.equal(actingUnder(stranger, mandateId), null);
    const ask = (subject: string) => (ctx: Context) => {
      ctx.require('self:erase', { subject });
      return Promise.resolve(done(null));
    };
    await assert.rejects(act(ledger, dora, ask(petra.id)), PermissionMissing);
    await assert.rejects(
      act(ledger, dora, (ctx) => change(ctx, eve.id)),
      PermissionMissing,
    );
    await assert.rejects(
      act(ledger, stranger, (ctx) => change(ctx, petra.id)),
      PermissionMissing,
    );
    await refuseAll({ ledger, actor: stranger }, endMandate, {
      'accounts/mandate-not-found': [['somebody else’s', { mandateId }]],
      'accounts/mandate-over': [],
    });
    await assert.rejects(
      act(ledger, visitor, (ctx) => endMandate(ctx, { mandateId })),
      PermissionMissing,
    );
  });

  test('acting under one mandate leaves the others out', async (t) => {
    const { ledger, petra, mandateId, token, dora } = await pair(t);
    const otto = await newUser(ledger, 'otto@example.org');
    const offered = await act(ledger, otto, (ctx) => offerMandate(ctx, offering(ledger, otto)));
    assert(offered.ok);
    const other = offered.value.mandateId;
    await act(ledger, dora, (ctx) => acceptMandate(ctx, { delegateId: dora.id, mandateId: other }));
    const signedIn = await holder(ledger, token);
    assert.equal(signedIn.mandates.length, 2);
    const acting = actingUnder(signedIn, mandateId);
    assert(acting);
    await assert.rejects(
      act(ledger, acting.actor, (ctx) => change(ctx, otto.id)),
      PermissionMissing,
    );
    assert.equal((await act(ledger, acting.actor, (ctx) => change(ctx, petra.id))).ok, true);
  });

  test('a delegate neither passes a mandate on, nor sees or ends who else acts for the same person', async (t) => {
    const { ledger, petra, token } = await pair(t);
    const dora = await holder(ledger, token);
    const other = await act(ledger, petra, (ctx) =>
      offerMandate(ctx, offering(ledger, petra, { delegateAddress: 'eve@example.org' })),
    );
    assert(other.ok);
    for (const verb of [
      (ctx: Context) => offerMandate(ctx, offering(ledger, petra)),
      (ctx: Context) => requestMandate(ctx, asking(ledger, petra)),
      (ctx: Context) => acceptMandate(ctx, { delegateId: petra.id, mandateId: other.value.mandateId }),
    ])
      await assert.rejects(act<unknown, string>(ledger, dora, verb), PermissionMissing);
    await assert.rejects(listMandates(observe(ledger, dora), petra.id), PermissionMissing);
    await refuseAll({ ledger, actor: dora }, endMandate, {
      'accounts/mandate-not-found': [['of the same person with somebody else', other.value]],
      'accounts/mandate-over': [],
    });
  });

  for (const [who, ended] of [
    ['the principal', 'petra'],
    ['the delegate', 'dora'],
    ['staff', 'staff'],
  ] as const)
    test(`a mandate that ${who} ends in the middle of a session allows nothing at the next request`, async (t) => {
      const { ledger, petra, dora, mandateId, token } = await pair(t);
      const actor = ended === 'petra' ? petra : ended === 'dora' ? dora : await newReviewer(ledger);
      assert.equal((await holder(ledger, token)).mandates.length, 1);
      const recorded = ['private user.mandate-ended', 'private user.mandate-ended'];
      await accept({ ledger, actor, recorded }, endMandate, { mandateId });
      const now = await holder(ledger, token);
      assert.deepEqual(now.mandates, []);
      await assert.rejects(
        act(ledger, now, (ctx) => change(ctx, petra.id)),
        PermissionMissing,
      );
      await refuseAll({ ledger, actor }, endMandate, {
        'accounts/mandate-over': [['twice', { mandateId }]],
        'accounts/mandate-not-found': [],
      });
    });

  test('an expired mandate is gone with the next request, whatever its row says', async (t) => {
    const { ledger, petra, token } = await pair(t);
    const { expiresAt } = await ledger.db.selectFrom('accounts.mandate').select('expiresAt').executeTakeFirstOrThrow();
    await ledger.db
      .updateTable('accounts.session')
      .set({ expiresAt: expiresAt.add({ hours: 48 }), seenAt: expiresAt })
      .execute();
    ledger.clock.advance(ledger.now().until(expiresAt).subtract({ seconds: 1 }));
    assert.equal((await holder(ledger, token)).mandates.length, 1);
    ledger.clock.advance({ seconds: 1 });
    assert.deepEqual((await holder(ledger, token)).mandates, []);
    const [seen] = (await listMandates(observe(ledger, petra), petra.id)).forMe;
    assert.equal(seen?.state, 'expired');
  });

  test('nobody acts for a person who was erased or whose account is closed', async (t) => {
    const { ledger, petra, dora, token } = await pair(t);
    await ledger.db.updateTable('accounts.account').set({ leftAt: ledger.now() }).where('id', '=', petra.id).execute();
    assert.deepEqual((await holder(ledger, token)).mandates, [], 'closed');
    await ledger.db.updateTable('accounts.account').set({ leftAt: null }).where('id', '=', petra.id).execute();
    await act(ledger, petra, async (ctx) => {
      await endMandatesOf(ctx, petra.id);
      await ctx.record({ type: 'person.erased', subject: petra.id, body: {}, thenErase: true });
      return done(null);
    });
    assert.deepEqual((await holder(ledger, token)).mandates, [], 'erased');
    await ledger.db.updateTable('accounts.mandate').set({ state: 'active', endedAt: null }).execute();
    assert.deepEqual((await holder(ledger, token)).mandates, [], 'even if the row had stayed');
    const [seen] = (await listMandates(observe(ledger, dora), dora.id)).asDelegate;
    assert.deepEqual([seen?.state, seen?.acts], ['active', []]);
  });
});
