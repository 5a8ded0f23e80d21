import { sql } from 'kysely';
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { parseCheckpoint, parseNote } from '@troth/tlog';
import { done } from '../../kernel/outcome.ts';
import { act, openObject, publishCheckpoint, reconcileStore, sequencePublic, type StateStore } from '../index.ts';
import { memoryStore, system, type TestLedger } from '../../../tests/support/ledger.ts';
import { everyRow, testVerbs } from '../../../tests/support/verbs.ts';

type Put = (key: string, go: () => Promise<void>) => Promise<void>;

/** A store in memory whose writes pass through `put`. */
function storeThrough(put: Put): StateStore & { readonly files: Map<string, Uint8Array> } {
  const store = memoryStore();
  return { ...store, put: (key, bytes) => put(key, () => store.put(key, bytes)) };
}

const noSpace = () => Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));

async function state(ledger: TestLedger): Promise<void> {
  await act(ledger, system, async (ctx) => {
    const object = await openObject(ctx, 'public');
    return done(await ctx.record({ type: 'policy.document-opened', object, fields: { slug: 'x', language: 'en' } }));
  });
}

async function publish(ledger: TestLedger, store: StateStore): Promise<number | null> {
  while ((await sequencePublic(ledger.db)) > 0);
  return publishCheckpoint({ db: ledger.db, secrets: ledger.secrets, store, now: () => ledger.now() }, 'public');
}

async function signedSize(ledger: TestLedger): Promise<number> {
  return (await ledger.db.selectFrom('ledger.log').select('signedSize').where('id', '=', 'public').executeTakeFirstOrThrow())
    .signedSize;
}

function releasedSize(store: { readonly files: Map<string, Uint8Array> }): number | null {
  const bytes = store.files.get('public/checkpoint');
  if (!bytes) return null;
  const note = parseNote(Buffer.from(bytes).toString());
  const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note;
  assert(checkpoint.ok);
  return checkpoint.value.size;
}

suite('faults of the ledger', { concurrency: 2 }, () => {
  for (const full of ['tile/0', 'tile/entries']) {
    test(`while ${full} does not fit on the disk nothing is signed or released, events wait, and all are signed afterwards`, async (t) => {
      const ledger = await testVerbs(t);
      let free = false;
      const store = storeThrough((key, go) => (key.includes(full) && !free ? noSpace() : go()));
      await reconcileStore(ledger.db, store);
      for (let n = 1; n <= 3; n += 1) {
        await state(ledger);
        await assert.rejects(publish(ledger, store), { code: 'ENOSPC' });
        assert.deepEqual([await signedSize(ledger), releasedSize(store)], [0, null]);
      }
      free = true;
      assert.equal(await publish(ledger, store), 3);
      assert.deepEqual([await signedSize(ledger), releasedSize(store)], [3, 3]);
    });
  }

  test('a note that was signed but did not fit on the disk is released as it is, without waiting for another event', async (t) => {
    const ledger = await testVerbs(t);
    let free = false;
    const store = storeThrough((key, go) => (key.endsWith('checkpoint') && !free ? noSpace() : go()));
    await state(ledger);
    await assert.rejects(publish(ledger, store), { code: 'ENOSPC' });
    const { signedNote } = await ledger.db
      .selectFrom('ledger.log')
      .select('signedNote')
      .where('id', '=', 'public')
      .executeTakeFirstOrThrow();
    assert(signedNote !== null && releasedSize(store) === null);
    await assert.rejects(publish(ledger, store), { code: 'ENOSPC' });
    free = true;
    assert.equal(await publish(ledger, store), 1);
    assert.equal(Buffer.from(store.files.get('public/checkpoint') ?? []).toString(), signedNote);
    assert.equal(await publish(ledger, store), null);
  });

  for (const slow of ['public/tile', 'public/checkpoint']) {
    test(`nobody who records waits until ${slow} is stored`, async (t) => {
      const ledger = await testVerbs(t);
      const [reached, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const store = storeThrough(async (key, go) => {
        if (key.startsWith(slow)) reached.resolve();
        if (key.startsWith(slow)) await gate.promise;
        await go();
      });
      await state(ledger);
      const publishing = publish(ledger, store);
      await reached.promise;
      await state(ledger);
      gate.resolve();
      assert.equal(await publishing, 1);
      assert.equal(await publish(ledger, store), 2);
    });
  }

  test('a store that lost its files while it ran is filled again, whether or not something new is recorded', async (t) => {
    const ledger = await testVerbs(t);
    const store = memoryStore();
    await act(ledger, system, async (ctx) => {
      const object = await openObject(ctx, 'public');
      const event = { type: 'policy.document-opened', object, fields: { slug: 'x', language: 'en' } };
      // More than one tile, so that the first is not written again by what comes after it.
      for (let n = 0; n < 300; n += 1) await ctx.record(event);
      return done(null);
    });
    assert.equal(await publish(ledger, store), 300);
    const before = new Map(store.files);
    store.files.clear();
    assert.equal(await publish(ledger, store), 300);
    assert.deepEqual([...store.files.keys()].toSorted(), [...before.keys()].toSorted());
    store.files.clear();
    await state(ledger);
    assert.equal(await publish(ledger, store), 301);
    for (const key of ['tile/0/000', 'tile/0/001.p/45', 'tile/entries/000', 'tile/1/000.p/1'])
      assert(store.files.has(`public/${key}`), key);
  });

  test('a slow release never takes the place of a newer one', async (t) => {
    const ledger = await testVerbs(t);
    const [reached, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let first = true;
    const store = storeThrough(async (key, go) => {
      if (key.endsWith('checkpoint') && first) {
        first = false;
        reached.resolve();
        await gate.promise;
      }
      await go();
    });
    await state(ledger);
    const slow = publish(ledger, store);
    await reached.promise;
    await state(ledger);
    const quick = publish(ledger, store);
    const waits = async () => {
      const { rows } = await sql`
        select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`.execute(ledger.db);
      return rows.length > 0;
    };
    while (releasedSize(store) !== 2 && !(await waits()));
    gate.resolve();
    await Promise.all([slow, quick]);
    assert.equal(releasedSize(store), 2);
  });

  test('a database that goes away in the middle of an act leaves nothing half, and the next act goes through', async (t) => {
    const ledger = await testVerbs(t);
    let woken = 0;
    const watched = { ...ledger, wake: () => (woken += 1) };
    const before = await everyRow(ledger.db);
    const other = ledger.open();
    await assert.rejects(
      act(watched, system, async (ctx) => {
        const object = await openObject(ctx, 'public');
        await ctx.record({ type: 'policy.document-opened', object, fields: { slug: 'x', language: 'en' } });
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(ctx.db);
        await sql`select pg_terminate_backend(${rows[0]?.pid}, 10000)`.execute(other);
        return done(null);
      }),
      Error,
    );
    assert.deepEqual(await everyRow(ledger.db), before);
    assert.equal(woken, 0);
    await state({ ...ledger, ...watched });
    assert.deepEqual([await sequencePublic(ledger.db), woken], [1, 1]);
  });
});
