import { sql } from 'kysely';
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  hashBody,
  parseCheckpoint,
  parsePublicLeaf,
  parseVkey,
  leafHash,
  publicLeafFields,
  verifyNote,
  rootFromTiles,
  tilePath,
} from '@troth/tlog';
import { done, refuse } from '../../kernel/outcome.ts';
import {
  act,
  moveVisibility,
  openObject,
  publishCheckpoint,
  readEntry,
  readSubject,
  reconcileStore,
  sequencePrivate,
  sequencePublic,
  withholdBody,
} from '../index.ts';
import { memoryStore, system, testLedger, type TestLedger } from '../../../tests/support/ledger.ts';

const leafFields = { ...publicLeafFields, 'note.said': ['n'] };
const tenSeconds = Temporal.Duration.from({ seconds: 10 });

async function say(ledger: TestLedger, object: string, n: number, text = `text ${n}`): Promise<void> {
  const body = { bytes: Buffer.from(text), mediaType: 'text/plain' };
  await act(ledger, system, async (ctx) => done(await ctx.record({ type: 'note.said', object, fields: { n }, body })));
}

async function newObject(ledger: TestLedger, visibility: 'public' | 'rehearsal' = 'public'): Promise<string> {
  const opened = await act(ledger, system, async (ctx) => done(await openObject(ctx, visibility)));
  assert(opened.ok);
  return opened.value;
}

async function publish(ledger: TestLedger, store = memoryStore()) {
  while ((await sequencePublic(ledger.db)) > 0);
  await publishCheckpoint({ db: ledger.db, secrets: ledger.secrets, store, now: ledger.now }, 'public');
  return store;
}

suite('ledger', { concurrency: true }, () => {
  test('an event and its row are committed together, and a refusal leaves neither', async (t) => {
    const ledger = await testLedger(t, leafFields);
    const object = await newObject(ledger);
    const refused = await act(ledger, system, async (ctx) => {
      await ctx.record({ type: 'note.said', object, fields: { n: 1 } });
      return refuse('test/no');
    });
    assert.deepEqual(refused, { ok: false, refusal: 'test/no', facts: {} });
    await assert.rejects(
      act(ledger, system, async (ctx) => {
        await ctx.record({ type: 'note.said', object, fields: { n: 1 } });
        throw new Error('bug');
      }),
      /bug/,
    );
    assert.equal(await sequencePublic(ledger.db), 0);
    await say(ledger, object, 1);
    assert.equal(await sequencePublic(ledger.db), 1);
  });

  test('each leaf carries the hash of its body and links to the leaf before it of the same object', async (t) => {
    const ledger = await testLedger(t, leafFields);
    const [a, b] = [await newObject(ledger), await newObject(ledger)];
    for (const n of [1, 2, 3]) for (const object of [a, b]) await say(ledger, object, n);
    await publish(ledger);
    const entries = await Promise.all(Array.from({ length: 6 }, (_, index) => readEntry(ledger.db, index)));
    for (const object of [a, b]) {
      const own = entries.flatMap((entry) => (entry && entry.leaf.object === object ? [entry] : []));
      assert.deepEqual(
        own.map(({ leaf }) => leaf.seq),
        [1, 2, 3],
      );
      for (const [i, entry] of own.entries()) {
        const before = own[i - 1];
        assert.equal(entry.leaf.prev, before ? Buffer.from(leafHash(before.leafBytes)).toString('hex') : null);
        assert(entry.body.state === 'open');
        assert.equal(entry.leaf.bodyHash, hashBody(entry.body.salt, entry.body.bytes));
        assert(parsePublicLeaf(entry.leafBytes, leafFields).ok);
      }
    }
  });

  test('the signed checkpoint covers exactly what was committed, and its tiles give its root', async (t) => {
    const ledger = await testLedger(t, leafFields);
    const object = await newObject(ledger);
    const store = memoryStore();
    for (let n = 1; n <= 5; n += 1) {
      await say(ledger, object, n);
      await publish(ledger, store);
      const { verifierKey } = await ledger.db
        .selectFrom('ledger.log')
        .select('verifierKey')
        .where('id', '=', 'public')
        .executeTakeFirstOrThrow();
      const key = parseVkey(verifierKey);
      assert(key.ok);
      const text = Buffer.from(store.files.get('public/checkpoint') ?? []).toString();
      const note = verifyNote(text, [key.value]);
      assert(note.ok);
      const checkpoint = parseCheckpoint(note.value.text);
      assert(checkpoint.ok);
      assert.equal(checkpoint.value.size, n);
      assert.equal(checkpoint.value.origin, 'trust.example.test/log/public');
      const root = await rootFromTiles(
        (level, at, width) => store.files.get(`public/${tilePath({ level, n: at, width })}`) ?? new Uint8Array(),
        n,
      );
      assert.deepEqual(root, checkpoint.value.root);
    }
  });

  test('a type or field outside the allow-list is not written', async (t) => {
    const ledger = await testLedger(t, leafFields);
    const object = await newObject(ledger);
    await assert.rejects(
      act(ledger, system, async (ctx) => done(await ctx.record({ type: 'note.shouted', object }))),
      /type-not-allowed/,
    );
    await assert.rejects(
      act(ledger, system, async (ctx) => done(await ctx.record({ type: 'note.said', object, fields: { author: 'A. Person' } }))),
      /field-not-allowed/,
    );
    assert.equal(await sequencePublic(ledger.db), 0);
  });

  test('several processes sequence and publish at once: every event once, one dense log', async (t) => {
    const ledger = await testLedger(t, leafFields);
    const others = [ledger.db, ledger.open(), ledger.open()];
    const objects = await Promise.all(Array.from({ length: 5 }, () => newObject(ledger)));
    const store = memoryStore();
    await Promise.all([
      ...objects.flatMap((object) => Array.from({ length: 8 }, (_, n) => say(ledger, object, n))),
      ...others.map(async (db) => {
        for (let round = 0; round < 10; round += 1) {
          await sequencePublic(db);
          await publishCheckpoint({ db, secrets: ledger.secrets, store, now: ledger.now }, 'public');
        }
      }),
    ]);
    await publish(ledger, store);
    const rows = await ledger.db
      .selectFrom('ledger.event')
      .select(['index', 'object', 'seq'])
      .where('log', '=', 'public')
      .orderBy('index')
      .execute();
    assert.deepEqual(
      rows.map(({ index }) => index),
      Array.from({ length: 40 }, (_, index) => index),
    );
    for (const object of objects) {
      assert.deepEqual(
        rows.filter((row) => row.object === object).map(({ seq }) => seq),
        [1, 2, 3, 4, 5, 6, 7, 8],
      );
    }
  });

  test('private events move only at the interval, in padded batches, and open for the person alone', async (t) => {
    const ledger = await testLedger(t, leafFields);
    const subject = crypto.randomUUID();
    const store = memoryStore();
    assert.equal(await sequencePrivate(ledger.db, ledger.now(), tenSeconds), 0);
    for (const n of [1, 2, 3])
      await act(ledger, system, async (ctx) => done(await ctx.record({ type: 'thing.done', subject, body: { n } })));
    assert.equal(await sequencePrivate(ledger.db, ledger.now(), tenSeconds), 8);
    await act(ledger, system, async (ctx) => done(await ctx.record({ type: 'thing.done', subject, body: { n: 4 } })));
    assert.equal(await sequencePrivate(ledger.db, ledger.now(), tenSeconds), 0);
    ledger.clock.advance({ seconds: 10 });
    assert.equal(await sequencePrivate(ledger.db, ledger.now(), tenSeconds), 8);
    await publishCheckpoint({ db: ledger.db, secrets: ledger.secrets, store, now: ledger.now }, 'private');
    const read = await act(ledger, system, async (ctx) => done(await readSubject(ctx, subject)));
    assert(read.ok);
    assert.deepEqual(
      read.value.entries.map(({ n, canonical }) => [n, JSON.parse(Buffer.from(canonical).toString()).body]),
      [1, 2, 3, 4].map((n) => [n, { n }]),
    );
    const bundle = store.files.get('private/tile/entries/000.p/16');
    assert(bundle && bundle.length === 16 * 98);
  });

  test('erasing a person destroys what opens their events and changes no leaf', async (t) => {
    const ledger = await testLedger(t, leafFields);
    const subject = crypto.randomUUID();
    await act(ledger, system, async (ctx) => done(await ctx.record({ type: 'thing.done', subject, body: { secret: 'x' } })));
    const leaves = () =>
      ledger.db.selectFrom('ledger.event').select('leaf').where('object', '=', subject).where('seq', '=', 1).execute();
    const before = await leaves();
    await act(ledger, system, async (ctx) =>
      done(await ctx.record({ type: 'person.erased', subject, body: {}, thenErase: true })),
    );
    assert.deepEqual(await leaves(), before);
    await assert.rejects(
      act(ledger, system, async (ctx) => done(await readSubject(ctx, subject))),
      /erased/,
    );
    const sealed = await ledger.db.selectFrom('ledger.event').select('sealed').where('object', '=', subject).execute();
    assert(sealed.length === 2 && sealed.every((row) => row.sealed === null));
  });

  test('an object in rehearsal leaves only commitments; entering and leaving the public are public', async (t) => {
    const ledger = await testLedger(t, leafFields);
    const object = await newObject(ledger, 'rehearsal');
    await say(ledger, object, 1);
    assert.equal(await sequencePublic(ledger.db), 0);
    for (const to of ['public', 'customers', 'rehearsal'] as const) {
      assert((await act(ledger, system, (ctx) => moveVisibility(ctx, object, to))).ok);
    }
    await publish(ledger);
    const entries = await Promise.all([0, 1, 2].map((index) => readEntry(ledger.db, index)));
    assert.deepEqual(
      entries.map((entry) => entry?.leaf.fields),
      [
        { from: 'rehearsal', to: 'public' },
        { from: 'public', to: 'customers' },
        { from: 'customers', to: 'rehearsal' },
      ],
    );
  });

  test('a body withheld is gone with its salt; leaf and proofs stay and the log says why', async (t) => {
    const ledger = await testLedger(t, leafFields);
    const object = await newObject(ledger);
    await say(ledger, object, 1, 'unlawful');
    await publish(ledger);
    const before = await readEntry(ledger.db, 0);
    assert(before?.leaf.bodyHash);
    const hash = Buffer.from(before.leaf.bodyHash, 'hex');
    assert((await act(ledger, system, (ctx) => withholdBody(ctx, { hash, reason: 'court-order' }))).ok);
    assert.deepEqual(await act(ledger, system, (ctx) => withholdBody(ctx, { hash, reason: 'court-order' })), {
      ok: false,
      refusal: 'ledger/body-already-withheld',
      facts: {},
    });
    await publish(ledger);
    const after = await readEntry(ledger.db, 0);
    assert.equal(after?.body.state, 'withheld');
    assert.deepEqual(after?.leafBytes, before.leafBytes);
    assert.deepEqual((await readEntry(ledger.db, 1))?.leaf.fields, { reason: 'court-order', withheld: before.leaf.bodyHash });
    assert.doesNotMatch(
      JSON.stringify(await ledger.db.selectFrom('ledger.body').selectAll().execute()),
      new RegExp(Buffer.from('unlawful').toString('hex')),
    );
  });

  test('a database put back to before the last checkpoint is refused', async (t) => {
    const ledger = await testLedger(t, leafFields);
    const object = await newObject(ledger);
    const store = memoryStore();
    await reconcileStore(ledger.db, store);
    await say(ledger, object, 1);
    await publish(ledger, store);
    const { signedSize, signedNote, size, edge } = await ledger.db
      .selectFrom('ledger.log')
      .selectAll()
      .where('id', '=', 'public')
      .executeTakeFirstOrThrow();
    await say(ledger, object, 2);
    await publish(ledger, store);
    await ledger.db.updateTable('ledger.log').set({ signedSize, signedNote, size, edge }).where('id', '=', 'public').execute();
    // What a restored backup would have: the second event never happened, and the next one would take its place.
    await sql`alter table ledger.event disable trigger event_append_only`.execute(ledger.db);
    await sql`delete from ledger.body where event_id in (select id from ledger.event where index = 1)`.execute(ledger.db);
    await sql`delete from ledger.event where index = 1`.execute(ledger.db);
    await assert.rejects(reconcileStore(ledger.db, store), { code: 'ledger/database-behind-checkpoint' });
    await ledger.db.updateTable('ledger.objectHead').set({ seq: 1 }).execute();
    await say(ledger, object, 3);
    await assert.rejects(publish(ledger, store), { code: 'ledger/database-behind-checkpoint' });
  });

  test('a store that lost its files, or died before the release, is brought up to the signed note', async (t) => {
    const ledger = await testLedger(t, leafFields);
    const object = await newObject(ledger);
    const store = memoryStore();
    await reconcileStore(ledger.db, store);
    for (let n = 1; n <= 3; n += 1) await say(ledger, object, n);
    await publish(ledger, store);
    const released = store.files.get('public/checkpoint');
    store.files.clear();
    await reconcileStore(ledger.db, store);
    assert.deepEqual(store.files.get('public/checkpoint'), released);
    assert(store.files.has('public/tile/0/000.p/3') && store.files.has('public/tile/entries/000.p/3'));
  });

  test('a database never publishes into the store of another', async (t) => {
    const [one, two] = [await testLedger(t, leafFields), await testLedger(t, leafFields)];
    const store = memoryStore();
    await reconcileStore(one.db, store);
    await reconcileStore(two.db, memoryStore());
    await assert.rejects(reconcileStore(two.db, store), { code: 'ledger/other-store' });
  });

  test('two first events of a person at once share one key', async (t) => {
    const ledger = await testLedger(t, leafFields);
    const subject = crypto.randomUUID();
    await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        act(ledger, system, async (ctx) => done(await ctx.record({ type: 'thing.done', subject, body: { n } }))),
      ),
    );
    const read = await act(ledger, system, async (ctx) => done(await readSubject(ctx, subject)));
    assert(read.ok);
    assert.deepEqual(
      read.value.entries.map(({ n }) => n),
      [1, 2, 3, 4, 5, 6],
    );
  });
});
