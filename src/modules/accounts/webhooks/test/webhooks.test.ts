import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Webhook as Verifier } from 'standardwebhooks';
import { outboundFetch } from '../../../../kernel/fetch.ts';
import { act, observe, openObject, publishCheckpoint, sequencePublic } from '../../../../ledger/index.ts';
import { objectId } from '../../../../kernel/ids.ts';
import { done } from '../../../../kernel/outcome.ts';
import { memoryStore, system, type TestLedger } from '../../../../../tests/support/ledger.ts';
import { accept, needs, refuseAll, tablesWith, testVerbs } from '../../../../../tests/support/verbs.ts';
import {
  addWebhook,
  deliverWebhook,
  listWebhooks,
  pauseWebhook,
  removeWebhook,
  replaceWebhookSecret,
  replayDelivery,
  resumeWebhook,
  sendWebhookOnce,
  sweepWebhooks,
  testWebhook,
  wakeWebhooks,
} from '../../index.ts';
import { messageOf } from '../webhook-message.ts';
import { retryDelay } from '../retry-delays.ts';
import { staffCalled } from '../../test/staff-called.ts';
import { accepts, answers, receiver } from './receiver.ts';

const connectorId = objectId();
const connector = staffCalled(connectorId, 'accounts:connect');
const type = 'visibility.changed';
const knownTypes = [type, 'body.withheld'];
const running = { signal: new AbortController().signal };

type Bench = Awaited<ReturnType<typeof bench>>;

async function bench(t: { after(hook: () => Promise<void>): void }) {
  const ledger = await testVerbs(t);
  // Whoever makes a webhook has an account: the row names them.
  const rest = { name: null, passphraseHash: null, passphraseSetAt: null, createdAt: ledger.now(), leftAt: null };
  await ledger.db
    .insertInto('accounts.account')
    .values({ id: connectorId, kind: 'staff', email: 'mara@harbour.example', ...rest })
    .execute();
  const store = memoryStore();
  const inbox = await receiver(t);
  const sending = (db = ledger.db) => ({
    db,
    secrets: ledger.secrets,
    now: ledger.now,
    fetch: outboundFetch({ allow: ['127.0.0.0/8'] }),
  });
  return {
    ledger,
    inbox,
    sending,
    /** Makes so many statements, and signs them. */
    async state(count: number) {
      for (let n = 0; n < count; n += 1)
        await act(ledger, system, async (ctx) => {
          const object = await openObject(ctx, 'public');
          await ctx.record({ type, object, fields: { from: 'rehearsal', to: 'public' } });
          return done(null);
        });
      while ((await sequencePublic(ledger.db)) > 0);
      await publishCheckpoint({ db: ledger.db, secrets: ledger.secrets, store, now: ledger.now }, 'public');
    },
    async add(url = inbox.url, types: readonly string[] = [type]) {
      const added = await act(ledger, connector, (ctx) => addWebhook(ctx, { url, types, knownTypes }));
      assert(added.ok, added.ok ? '' : added.refusal);
      return added.value;
    },
    deliver: (webhook: string, db = ledger.db) => deliverWebhook(sending(db), { webhook }, running),
  };
}

const stateOf = async ({ ledger }: Bench) => (await listWebhooks(observe(ledger, connector)))[0] ?? assert.fail();
const indexes = ({ inbox }: Bench) => inbox.got.map(({ body }) => Number(JSON.parse(body).data.index));
const jobs = async (ledger: TestLedger) => {
  const { sql } = await import('kysely');
  const found = await sql<{ key: string | null; task: string }>`
    select key, task_identifier as task from graphile_worker.jobs order by id`.execute(ledger.db);
  return found.rows;
};

suite('webhooks', { concurrency: 2 }, () => {
  test('each entry is sent once, in the order of the log, and signed so that a stranger’s library accepts it', async (t) => {
    const on = await bench(t);
    await on.state(2);
    const { webhookId, secret } = await on.add();
    assert.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
    assert.deepEqual(await tablesWith(on.ledger.db, secret), [], 'the secret is kept in a box');
    await on.state(3);
    on.ledger.clock.set(new Date().toISOString());
    await on.deliver(webhookId);
    assert.deepEqual(indexes(on), [2, 3, 4], 'what was before it was made is not sent');
    const [first] = on.inbox.got;
    assert(first);
    const payload = new Verifier(secret).verify(first.body, first.headers);
    assert.deepEqual(Object.keys(Object(payload)), ['type', 'timestamp', 'data']);
    assert.equal(JSON.parse(first.body).type, 'visibility.changed');
    assert.throws(() => new Verifier(secret).verify(first.body.replace('public', 'secret'), first.headers));
    assert.throws(() => new Verifier(`whsec_${'A'.repeat(43)}=`).verify(first.body, first.headers));
    await on.deliver(webhookId);
    assert.equal(on.inbox.got.length, 3);
    const { behind, deliveries } = await stateOf(on);
    assert.deepEqual([behind, deliveries.length, deliveries[0]?.status], [0, 3, 204]);
    assert.deepEqual(await tablesWith(on.ledger.db, 'what it says'), []);
  });

  test('during a change of secrets both verify, and afterwards the new one alone', async (t) => {
    const on = await bench(t);
    const { webhookId, secret } = await on.add();
    const replaced = await accept(
      { ledger: on.ledger, actor: connector, recorded: ['private webhook.secret-replaced'] },
      replaceWebhookSecret,
      { webhookId },
    );
    on.ledger.clock.set(new Date().toISOString());
    await act(on.ledger, connector, (ctx) => replaceWebhookSecret(ctx, { webhookId }));
    const again = await act(on.ledger, connector, (ctx) => replaceWebhookSecret(ctx, { webhookId }));
    assert(again.ok);
    await on.state(1);
    await on.deliver(webhookId);
    const [both] = on.inbox.got;
    assert(both);
    assert.equal(both.headers['webhook-signature']?.split(' ').length, 2);
    new Verifier(again.value.secret).verify(both.body, both.headers);
    for (const old of [secret, replaced.secret]) assert.throws(() => new Verifier(old).verify(both.body, both.headers));
    await on.ledger.db.updateTable('accounts.webhook').set({ oldSecretUntil: on.ledger.now() }).execute();
    await on.state(1);
    await on.deliver(webhookId);
    assert.equal(on.inbox.got[1]?.headers['webhook-signature']?.split(' ').length, 1);
  });

  test('a failure is tried again under the same id after growing pauses; after three days it is broken and keeps its place', async (t) => {
    const on = await bench(t);
    const { webhookId } = await on.add();
    await on.state(2);
    on.inbox.answer = answers(500);
    let waited = 0;
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      await on.deliver(webhookId);
      await on.deliver(webhookId);
      assert.equal(on.inbox.got.length, attempt, 'not before its time');
      const delay = retryDelay(attempt);
      const { state, nextAttemptAt } = await stateOf(on);
      assert.equal(state, delay ? 'active' : 'broken');
      if (!delay || !nextAttemptAt) continue;
      assert.equal(nextAttemptAt.since(on.ledger.now()).total('seconds'), delay.total('seconds'));
      waited += delay.total('hours');
      on.ledger.clock.advance(delay);
    }
    assert(waited > 72 && waited < 80, String(waited));
    assert.equal(new Set(on.inbox.got.map(({ headers }) => headers['webhook-id'])).size, 1);
    assert.equal(new Set(on.inbox.got.map(({ body }) => body)).size, 1);
    assert.deepEqual(new Set(indexes(on)), new Set([0]), 'the entry behind it waits');
    await on.deliver(webhookId);
    assert.equal(on.inbox.got.length, 10, 'broken is broken until somebody resumes it');
    on.inbox.answer = accepts;
    await act(on.ledger, connector, (ctx) => resumeWebhook(ctx, { webhookId }));
    await on.deliver(webhookId);
    assert.deepEqual(indexes(on).slice(10), [0, 1]);
    assert.equal((await stateOf(on)).state, 'active');
  });

  test('each fault is one failed attempt with its name, and what follows is the entry it stood at', async (t) => {
    const on = await bench(t);
    const { webhookId } = await on.add();
    await on.state(1);
    const faults = [
      ['reset', (response) => void response.destroy(), null, 'fetch/not-reached'],
      ['redirect', answers(302, { location: on.inbox.url }), 302, null],
      ['not found', answers(404), 404, null],
      ['too large', (response) => void response.writeHead(200).end('x'.repeat(70_000)), null, 'fetch/too-large'],
    ] as const satisfies readonly (readonly [string, typeof on.inbox.answer, number | null, string | null])[];
    for (const [says, answer, status, fault] of faults) {
      on.inbox.answer = answer;
      await on.deliver(webhookId);
      const [last] = (await stateOf(on)).deliveries;
      assert.deepEqual([last?.status, last?.fault, last?.delivered], [status, fault, false], says);
      on.ledger.clock.advance({ hours: 24 });
    }
    assert.equal(on.inbox.got.length, faults.length, 'a redirect is not followed');
    on.inbox.answer = accepts;
    await on.deliver(webhookId);
    assert.equal((await stateOf(on)).deliveries[0]?.delivered, true);
    assert.equal((await stateOf(on)).deliveries[0]?.attempts, faults.length + 1);
  });

  test('a receiver that never answers costs one bounded attempt', async (t) => {
    const on = await bench(t);
    const { webhookId } = await on.add();
    await on.state(1);
    const impatient = { ...on.sending() };
    const bounds: unknown[] = [];
    const fetch: typeof impatient.fetch = (url, sent, given) => {
      bounds.push(given);
      return impatient.fetch(url, sent, { ...given, milliseconds: 50 });
    };
    on.inbox.answer = () => undefined;
    await deliverWebhook({ ...impatient, fetch }, { webhook: webhookId }, running);
    assert.equal((await stateOf(on)).deliveries[0]?.fault, 'fetch/too-slow');
    assert.deepEqual(bounds, [{ milliseconds: 15_000, bytes: 64_000, redirects: 0 }]);
  });

  test('410 ends it, and an address inside the network is never reached', async (t) => {
    const on = await bench(t);
    const { webhookId } = await on.add();
    await on.state(1);
    const strict = { ...on.sending(), fetch: outboundFetch({ allow: [] }) };
    await deliverWebhook(strict, { webhook: webhookId }, running);
    assert.equal(on.inbox.got.length, 0);
    assert.equal((await stateOf(on)).deliveries[0]?.fault, 'fetch/not-public');
    on.ledger.clock.advance({ hours: 1 });
    on.inbox.answer = answers(410);
    await on.deliver(webhookId);
    const { state, nextAttemptAt } = await stateOf(on);
    assert.deepEqual([state, nextAttemptAt], ['gone', null]);
    await on.state(1);
    await on.deliver(webhookId);
    assert.equal(on.inbox.got.length, 1);
  });

  test('two processes at once send nothing twice, and keep the order', async (t) => {
    const on = await bench(t);
    const { webhookId } = await on.add();
    await on.state(12);
    const [one, two] = [on.ledger.open(), on.ledger.open()];
    await Promise.all([on.deliver(webhookId, one), on.deliver(webhookId, two), on.deliver(webhookId, one)]);
    await on.deliver(webhookId, two);
    assert.deepEqual(
      indexes(on),
      Array.from({ length: 12 }, (_, n) => n),
    );
  });

  test('a process that died while sending is taken over after a minute, and the id is the same', async (t) => {
    const on = await bench(t);
    const { webhookId } = await on.add();
    await on.state(1);
    const dying = {
      ...on.sending(),
      fetch: async (...given: Parameters<ReturnType<typeof outboundFetch>>) => {
        await on.sending().fetch(...given);
        throw new Error('killed before it was noted');
      },
    };
    await assert.rejects(deliverWebhook(dying, { webhook: webhookId }, running));
    await on.deliver(webhookId);
    assert.equal(on.inbox.got.length, 1, 'the lease holds');
    on.ledger.clock.advance({ seconds: 60 });
    await on.deliver(webhookId);
    assert.deepEqual(indexes(on), [0, 0]);
    assert.equal(new Set(on.inbox.got.map(({ headers }) => headers['webhook-id'])).size, 1);
  });

  test('growth of the record wakes who is behind, and neither who waits for an attempt nor who is off', async (t) => {
    const on = await bench(t);
    const [one, off] = [await on.add(), await on.add()];
    await act(on.ledger, connector, (ctx) => pauseWebhook(ctx, { webhookId: off.webhookId }));
    await wakeWebhooks(on.ledger.db);
    assert.deepEqual(await jobs(on.ledger), []);
    await on.state(1);
    await wakeWebhooks(on.ledger.db);
    await sweepWebhooks(on.ledger.db, on.ledger.now());
    assert.deepEqual(await jobs(on.ledger), [{ key: `webhook/${one.webhookId}`, task: 'webhooks/deliver' }]);
    await on.deliver(off.webhookId);
    assert.equal(on.inbox.got.length, 0);
  });

  test('a test, and one message once more, are sent out of turn', async (t) => {
    const on = await bench(t);
    const { webhookId } = await on.add();
    await on.state(1);
    await on.deliver(webhookId);
    const { messageId } = (await stateOf(on)).deliveries[0] ?? assert.fail();
    const actor = { ledger: on.ledger, actor: connector, recorded: [] };
    await accept(actor, testWebhook, { webhookId });
    await accept(actor, replayDelivery, { webhookId, messageId });
    assert.deepEqual((await jobs(on.ledger)).filter(({ task }) => task === 'webhooks/send-once').length, 2);
    await sendWebhookOnce(on.sending(), { webhook: webhookId, index: null });
    await sendWebhookOnce(on.sending(), { webhook: webhookId, index: 0 });
    assert.equal(JSON.parse(on.inbox.got[1]?.body ?? '').type, 'webhook.test');
    assert.equal(on.inbox.got[2]?.headers['webhook-id'], messageId);
    assert.equal((await stateOf(on)).deliveries.find((each) => each.messageId === messageId)?.attempts, 2);
  });

  test('a webhook has a sound address and known types, and only who may connect makes one', async (t) => {
    const on = await bench(t);
    const good = { url: 'https://hooks.harbour.example/troth', types: [type], knownTypes };
    const { ledger } = on;
    await refuseAll({ ledger, actor: connector }, addWebhook, {
      'accounts/webhook-address-not-valid': ['', 'hooks', 'ftp://x.example', 'https://a:b@x.example/', 'javascript:alert(1)'].map(
        (url) => [`${url} is none`, { ...good, url }] as const,
      ),
      'accounts/webhook-not-https': [['plain http to elsewhere', { ...good, url: 'http://hooks.harbour.example' }]],
      'accounts/webhook-types-missing': [['nothing to tell', { ...good, types: [] }]],
      'accounts/webhook-types-unknown': [['a type of private events', { ...good, types: ['staff.signed-in'] }]],
      'accounts/webhook-too-many': [],
    });
    await needs(ledger, 'accounts:connect', addWebhook, good);
    const { webhookId } = await accept({ ledger, actor: connector, recorded: ['private webhook.added'] }, addWebhook, good);
    for (const verb of [pauseWebhook, resumeWebhook, replaceWebhookSecret, testWebhook, removeWebhook]) {
      await needs(ledger, 'accounts:connect', verb, { webhookId });
      const unknown = { webhookId: 'x' };
      await refuseAll({ ledger, actor: connector }, verb, { 'accounts/webhook-not-found': [['nobody', unknown]] });
    }
    await accept({ ledger, actor: connector, recorded: ['private webhook.removed'] }, removeWebhook, { webhookId });
    assert.deepEqual(await listWebhooks(observe(ledger, connector)), []);
    for (let n = 0; n < 20; n += 1) await on.add();
    const more = await act(ledger, connector, (ctx) => addWebhook(ctx, good));
    assert.deepEqual(more, { ok: false, refusal: 'accounts/webhook-too-many', facts: { most: 20 } });
  });

  test('a message names the entry and says nothing that a person wrote', () => {
    const leaf = {
      type: 'policy.version-published',
      object: 'o',
      seq: 2,
      prev: 'aa',
      at: '2026-11-02T09:00:00.000Z',
      bodyHash: 'bb',
      bodyLength: 3,
      mediaType: 'text/markdown',
      fields: { number: 2 },
    };
    const { id, body } = messageOf('w', { index: 7, leaf });
    assert.match(id, /^msg_[\w-]{27}$/);
    assert.deepEqual(JSON.parse(body), {
      type: 'policy.version_published',
      timestamp: '2026-11-02T09:00:00.000Z',
      data: { object: 'o', index: 7, seq: 2, bodyHash: 'bb', fields: { number: 2 } },
    });
  });
});
