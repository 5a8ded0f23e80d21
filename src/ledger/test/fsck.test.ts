import { sql } from 'kysely';
import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { encodePublicLeaf, leafHash, publicLeafFields } from '@troth/tlog';
import { done } from '../../kernel/outcome.ts';
import { act, type Fault, fsck, openObject, publishCheckpoint, sequencePrivate, sequencePublic } from '../index.ts';
import { memoryStore, system, testLedger, type TestLedger } from '../../../tests/support/ledger.ts';

const leafFields = { ...publicLeafFields, 'note.said': ['n'] };
const at = '2026-11-02T09:00:00.000Z';

/** Puts `count` statements about each of some objects into the database at once, as recording them would. */
async function insertMany({ db }: TestLedger, objects: readonly string[], count: number): Promise<void> {
  for (const object of objects) {
    let prev: string | null = null;
    const rows = Array.from({ length: count }, (_, i) => {
      const members = {
        type: 'note.said',
        object,
        seq: i + 1,
        prev,
        at,
        bodyHash: null,
        bodyLength: 0,
        mediaType: null,
        fields: { n: i },
      };
      const leaf = encodePublicLeaf(members, leafFields);
      prev = Buffer.from(leafHash(leaf)).toString('hex');
      return {
        id: crypto.randomUUID(),
        log: 'public' as const,
        index: null,
        object,
        seq: i + 1,
        type: 'note.said',
        actor: 'system:test',
        at: Temporal.Instant.from(at),
        leaf,
        bodyHash: null,
        sealed: null,
      };
    });
    for (let from = 0; from < count; from += 1000)
      await db
        .insertInto('ledger.event')
        .values(rows.slice(from, from + 1000))
        .execute();
    await db
      .insertInto('ledger.objectHead')
      .values({ object, log: 'public', seq: count, link: Buffer.from(prev ?? '', 'hex') })
      .execute();
  }
}

async function publish(ledger: TestLedger, store: ReturnType<typeof memoryStore>): Promise<void> {
  const scope = { db: ledger.db, secrets: ledger.secrets, store, now: () => ledger.now() };
  while ((await sequencePublic(ledger.db)) > 0);
  await sequencePrivate(ledger.db, ledger.now(), Temporal.Duration.from({ seconds: 10 }));
  for (const id of ['public', 'private'] as const) await publishCheckpoint(scope, id);
}

const tables = ['log', 'event', 'tile', 'body', 'subject', 'object_head'];
const [person, erased] = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'];

/** 263 public entries, the last three with a text, and two people, one of them erased; sound, and put back by `mend`. */
async function soundLogs(t: TestContext) {
  const ledger = await testLedger(t, leafFields);
  const store = memoryStore();
  await insertMany(ledger, [crypto.randomUUID(), crypto.randomUUID()], 130);
  await publish(ledger, store);
  const object = await act(ledger, system, async (ctx) => done(await openObject(ctx, 'public')));
  assert(object.ok);
  for (const n of [1, 2, 3]) {
    const body = { bytes: Buffer.from(`text ${n}`), mediaType: 'text/plain' };
    await act(ledger, system, async (ctx) =>
      done(await ctx.record({ type: 'note.said', object: object.value, fields: { n }, body })),
    );
    await act(ledger, system, async (ctx) => done(await ctx.record({ type: 'thing.done', subject: person, body: { n } })));
  }
  await act(ledger, system, async (ctx) => done(await ctx.record({ type: 'thing.done', subject: erased, body: {} })));
  await act(ledger, system, async (ctx) =>
    done(await ctx.record({ type: 'person.erased', subject: erased, body: {}, thenErase: true })),
  );
  ledger.clock.advance({ seconds: 20 });
  await publish(ledger, store);
  const run = (text: string) => sql.raw(text).execute(ledger.db);
  await run('create schema saved; alter table ledger.event disable trigger event_append_only');
  for (const table of tables) await run(`create table saved.${table} as select * from ledger.${table}`);
  const files = new Map(store.files);
  return {
    ledger,
    store,
    run,
    check: async () => {
      const faults: Fault[] = [];
      const now = () => ledger.now();
      const checked = await fsck({ db: ledger.db, secrets: ledger.secrets, store, now }, (fault) => faults.push(fault));
      return {
        checked,
        faults: faults.map(({ code, log, index }) => [code, log, index]),
        sentences: faults.map(({ sentence }) => sentence),
      };
    },
    mend: async () => {
      await run(`truncate ${tables.map((table) => `ledger.${table}`).join(', ')} cascade`);
      for (const table of tables) await run(`insert into ledger.${table} select * from saved.${table}`);
      store.files.clear();
      for (const [key, bytes] of files) store.files.set(key, bytes);
    },
    indexOf: async (where: string) => {
      const { rows } = await sql
        .raw<{ index: number }>(`select index from ledger.event where ${where} order by index`)
        .execute(ledger.db);
      return rows.map(({ index }) => index);
    },
  };
}

const flip = (column: string, position: number) => `set_byte(${column}, ${position}, get_byte(${column}, ${position}) # 1)`;

const event = (index: number, log = 'public') => `log = '${log}' and index = ${index}`;
const objectOf = (index: number) => `select object from ledger.event where ${event(index)}`;
const update = (set: string, where: string) => `update ledger.event set ${set} where ${where}`;

suite('fsck', { concurrency: true }, () => {
  test('sound logs have no fault, also with an erased person, cover entries and something recorded a moment ago', async (t) => {
    const { ledger, check } = await soundLogs(t);
    await act(ledger, system, async (ctx) => done(await ctx.record({ type: 'thing.done', subject: person, body: {} })));
    assert.deepEqual(await check(), {
      checked: [
        { log: 'public', entries: 263, files: 8 },
        { log: 'private', entries: 8, files: 3 },
      ],
      faults: [],
      sentences: [],
    });
    ledger.clock.advance({ seconds: 62 });
    assert.deepEqual((await check()).faults, [['pending-too-long', 'private', null]]);
  });

  test('whatever is changed in the database is found, and exactly its entry is named', async (t) => {
    const { run, check, mend, indexOf, ledger } = await soundLogs(t);
    const [text = 0] = await indexOf("log = 'public' and body_hash is not null");
    const [, mine = 0] = await indexOf(`object = '${person}'`);
    const [cover = 0] = await indexOf("log = 'private' and object is null");
    const zeros = `'"prev":"........', '"prev":"00000000'`;
    const relink = `leaf = convert_to(regexp_replace(convert_from(leaf, 'UTF8'), ${zeros}), 'UTF8')`;
    const body = `event_id in (select id from ledger.event where ${event(text)})`;
    const breaks: [says: string, statement: string, faults: [code: string, log: string, index: number | null][]][] = [
      [
        'a byte of a leaf',
        update(`leaf = ${flip('leaf', 7)}`, event(41)),
        [
          ['row-differs', 'public', 41],
          ['leaf-differs', 'public', 41],
        ],
      ],
      [
        'a leaf that is none',
        update("leaf = 'x'", event(259)),
        [
          ['leaf-unreadable', 'public', 259],
          ['leaf-differs', 'public', 259],
        ],
      ],
      [
        'a link',
        update(relink, event(41)),
        [
          ['leaf-differs', 'public', 41],
          ['link-broken', 'public', 41],
        ],
      ],
      [
        'an index',
        update('index = 300', event(262)),
        [
          ['index-missing', 'public', 262],
          ['index-beyond-size', 'public', 300],
        ],
      ],
      ['a type beside the leaf', update("type = 'note.other'", event(7)), [['row-differs', 'public', 7]]],
      ['a time beside the leaf', update("at = at + interval '1 ms'", event(8)), [['row-differs', 'public', 8]]],
      ['a text', `update ledger.body set bytes = ${flip('bytes', 0)} where ${body}`, [['body-differs', 'public', text]]],
      ['a salt', `update ledger.body set salt = ${flip('salt', 31)} where ${body}`, [['body-differs', 'public', text]]],
      ['a text taken away', `delete from ledger.body where ${body}`, [['body-missing', 'public', text]]],
      [
        'a hash in a tile',
        `update ledger.tile set hashes = ${flip('hashes', 41 * 32)} where log = 'public' and level = 0 and n = 0`,
        [['leaf-differs', 'public', 41]],
      ],
      [
        'a higher tile',
        `update ledger.tile set hashes = ${flip('hashes', 3)} where log = 'public' and level = 1`,
        [['tile-differs', 'public', 0]],
      ],
      [
        'a tile taken away',
        "delete from ledger.tile where log = 'public' and level = 0 and n = 1",
        [['tile-missing', 'public', 256]],
      ],
      [
        'the right edge',
        `update ledger.log set edge = ${flip('edge', 0)} where id = 'public'`,
        [['edge-differs', 'public', null]],
      ],
      [
        'the signed note',
        "update ledger.log set signed_note = replace(signed_note, '263', '262') where id = 'public'",
        [['checkpoint-unreadable', 'public', null]],
      ],
      [
        'the signing key',
        `update ledger.log set wrapped_seed = ${flip('wrapped_seed', 20)} where id = 'private'`,
        [['signing-key-differs', 'private', null]],
      ],
      [
        'where an object goes on',
        `update ledger.object_head set link = ${flip('link', 0)} where object = (${objectOf(129)})`,
        [['head-differs', 'public', 129]],
      ],
      [
        'a private leaf',
        update(`leaf = ${flip('leaf', 45)}`, event(mine, 'private')),
        [
          ['leaf-differs', 'private', mine],
          ['commitment-differs', 'private', mine],
        ],
      ],
      [
        'a label',
        update(`leaf = ${flip('leaf', 9)}`, event(mine, 'private')),
        [
          ['leaf-differs', 'private', mine],
          ['label-differs', 'private', mine],
        ],
      ],
      ['a cover leaf', update(`leaf = ${flip('leaf', 9)}`, event(cover, 'private')), [['leaf-differs', 'private', cover]]],
      [
        'what opens a commitment',
        update(`sealed = ${flip('sealed', 30)}`, event(mine, 'private')),
        [['event-unreadable', 'private', mine]],
      ],
      ['a private type', update("type = 'thing.undone'", event(mine, 'private')), [['commitment-differs', 'private', mine]]],
    ];
    for (const [says, statement, faults] of breaks) {
      await run(statement);
      const { faults: found, sentences } = await check();
      assert.deepEqual(found, faults, says);
      for (const [i, [, log, index]] of faults.entries()) {
        const name = index === null ? new RegExp(`the ${log} log`) : new RegExp(`[Ee]ntry ${index} of the ${log} log`);
        assert.match(sentences[i] ?? '', name, says);
      }
      await mend();
    }
    await run(`delete from ledger.event where ${event(41)}`);
    assert.deepEqual((await check()).faults, [
      ['index-missing', 'public', 41],
      ['sequence-broken', 'public', 42],
    ]);
    await mend();
    await run(`update ledger.subject set wrapped_key = ${flip('wrapped_key', 20)} where id = '${person}'`);
    const [first] = await indexOf(`object = '${person}'`);
    assert.deepEqual((await check()).faults, [['subject-key-unreadable', 'private', first]]);
    await mend();
    // Whoever rewrites leaf and tile alike is still caught by the signature.
    await run(update(`leaf = ${flip('leaf', 9)}`, event(cover, 'private')));
    const { rows } = await sql<{
      leaf: Buffer;
    }>`select leaf from ledger.event where log = 'private' and index = ${cover}`.execute(ledger.db);
    const hash = Buffer.from(leafHash(rows[0]?.leaf ?? Buffer.alloc(0))).toString('hex');
    const place = cover * 32 + 1;
    await run(
      `update ledger.tile set hashes = overlay(hashes placing '\\x${hash}' from ${place}) where log = 'private' and level = 0`,
    );
    const rewritten = (await check()).faults;
    assert.deepEqual(
      rewritten.filter(([code]) => code === 'stored-tile-differs'),
      Array.from({ length: 2 }, () => ['stored-tile-differs', 'private', cover]),
    );
    assert.deepEqual(
      rewritten.filter(([code]) => code !== 'stored-tile-differs'),
      [['edge-differs', 'private', null], ...Array.from({ length: 2 }, () => ['checkpoint-differs', 'private', null])],
    );
    await mend();
    assert.deepEqual((await check()).faults, []);
  });

  test('whatever is changed in the data folder is found, and exactly its entry is named', async (t) => {
    const { store, check, mend } = await soundLogs(t);
    const change = (key: string, position: number) => {
      const bytes = Uint8Array.from(store.files.get(key) ?? []);
      assert.ok(position < bytes.length, key);
      bytes[position] = (bytes[position] ?? 0) ^ 1;
      store.files.set(key, bytes);
    };
    const breaks: [says: string, act: () => void, faults: unknown[][]][] = [
      ['a tile', () => change('public/tile/0/000', 41 * 32 + 5), [['stored-tile-differs', 'public', 41]]],
      [
        'a partial tile of an older checkpoint',
        () => change('public/tile/0/001.p/4', 64),
        [['stored-tile-differs', 'public', 258]],
      ],
      ['a higher tile', () => change('public/tile/1/000.p/1', 0), [['stored-tile-differs', 'public', 0]]],
      [
        'a tile cut short',
        () => store.files.set('public/tile/0/000', new Uint8Array(32)),
        [['stored-tile-differs', 'public', 0]],
      ],
      ['a bundle', () => change('private/tile/entries/000.p/8', 98 * 3 + 50), [['stored-tile-differs', 'private', 3]]],
      ['a tile taken away', () => store.files.delete('public/tile/0/001.p/7'), [['stored-tile-missing', 'public', 256]]],
      ['a bundle taken away', () => store.files.delete('public/tile/entries/000'), [['stored-tile-missing', 'public', 0]]],
      [
        'a tile from nowhere',
        () => store.files.set('public/tile/0/009', new Uint8Array(8192)),
        [['stored-file-unknown', 'public', null]],
      ],
      [
        'a file from nowhere',
        () => store.files.set('public/notes.txt', new Uint8Array(1)),
        [['stored-file-unknown', 'public', null]],
      ],
      ['the checkpoint', () => change('public/checkpoint', 40), [['checkpoint-unreadable', 'public', null]]],
    ];
    for (const [says, act, faults] of breaks) {
      act();
      assert.deepEqual((await check()).faults, faults, says);
      await mend();
    }
  });

  test('20,000 entries are checked in pages', async (t) => {
    const ledger = await testLedger(t, leafFields);
    const store = memoryStore();
    await insertMany(
      ledger,
      Array.from({ length: 10 }, () => crypto.randomUUID()),
      2000,
    );
    await publish(ledger, store);
    const faults: Fault[] = [];
    const before = process.memoryUsage();
    const started = performance.now();
    const now = () => ledger.now();
    const checked = await fsck({ db: ledger.db, secrets: ledger.secrets, store, now }, (fault) => faults.push(fault));
    const grown = (process.memoryUsage().rss - before.rss) / 2 ** 20;
    t.diagnostic(
      `20,000 entries checked in ${((performance.now() - started) / 1000).toFixed(1)} s, memory grew by ${grown.toFixed(0)} MB`,
    );
    assert.deepEqual([checked[0]?.entries, faults], [20_000, []]);
    await sql`alter table ledger.event disable trigger event_append_only`.execute(ledger.db);
    await sql.raw(`update ledger.event set leaf = ${flip('leaf', 7)} where index = 19999`).execute(ledger.db);
    await fsck({ db: ledger.db, secrets: ledger.secrets, store, now }, (fault) => faults.push(fault));
    assert.deepEqual(
      faults.map(({ code, index }) => [code, index]),
      [
        ['row-differs', 19_999],
        ['leaf-differs', 19_999],
      ],
    );
  });
});
