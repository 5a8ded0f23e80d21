import { sql } from 'kysely';
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type Database, inTransaction, openDatabase, openPool } from '../sql.ts';
import { testDatabase } from '../../../tests/support/database.ts';

async function open(t: { after(hook: () => Promise<void>): void }): Promise<Database> {
  const { url } = await testDatabase(t);
  const db = openDatabase(openPool(url));
  t.after(() => db.destroy());
  await sql`create table place (id integer primary key, instant timestamptz, day date, big bigint, bytes bytea)`.execute(db);
  return db;
}

suite('sql', { concurrency: true }, () => {
  test('an instant comes back to the microsecond, from any session time zone; a date stays a date', async (t) => {
    const db = await open(t);
    const instants = [
      '2026-10-25T00:30:00.123456Z',
      '1969-12-31T23:59:59.999999Z',
      '1883-01-01T00:00:00Z',
      '2026-03-29T01:00:00Z',
    ];
    for (const zone of ['UTC', 'Asia/Kolkata', 'America/St_Johns']) {
      for (const text of instants) {
        const [row] = await inTransaction(db, async (tx) => {
          await sql`select set_config('timezone', ${zone}, true)`.execute(tx);
          const instant = Temporal.Instant.from(text);
          await sql`insert into place values (1, ${instant.toString()}, '2026-02-28', 0, null)`.execute(tx);
          const { rows } = await sql<{
            instant: Temporal.Instant;
            day: string;
          }>`delete from place returning instant, day`.execute(tx);
          return rows;
        });
        assert(row?.instant instanceof Temporal.Instant);
        assert.deepEqual(
          [row.instant.toString(), row.day],
          [Temporal.Instant.from(text).toString(), '2026-02-28'],
          `${text} in ${zone}`,
        );
      }
    }
  });

  test('instants in typed statements are values of the column, in lists too', async (t) => {
    const db = await open(t);
    const now = Temporal.Instant.from('2026-11-02T09:00:00.001Z');
    await db
      .insertInto('accounts.allowance')
      .values({ keyHash: Buffer.alloc(32), fullAt: now })
      .execute();
    for (const at of [now, now.add({ nanoseconds: 0 })]) {
      const rows = await db
        .selectFrom('accounts.allowance')
        .select('fullAt')
        .where('fullAt', 'in', [at, at.add({ hours: 1 })])
        .execute();
      assert.deepEqual(
        rows.map((row) => row.fullAt.toString()),
        [now.toString()],
      );
    }
  });

  test('an integer of eight bytes is exact or an error, and bytes are what they were', async (t) => {
    const db = await open(t);
    const read = async (text: string) => (await sql<{ big: number }>`select ${text}::bigint as big`.execute(db)).rows[0]?.big;
    for (const value of [0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]) assert.equal(await read(String(value)), value);
    await assert.rejects(read('9007199254740993'), RangeError);
    const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    const { rows } = await sql<{ bytes: Buffer }>`select ${all}::bytea as bytes`.execute(db);
    assert.deepEqual(rows[0]?.bytes, all);
  });

  test('whoever loses a race runs again as a whole, and both take effect', async (t) => {
    const db = await open(t);
    await sql`insert into place values (1, null, null, 0, null)`.execute(db);
    let runs = 0;
    const both = Promise.withResolvers<void>();
    const add = () =>
      inTransaction(db, async (tx) => {
        await sql`set transaction isolation level serializable`.execute(tx);
        const { rows } = await sql<{ big: number }>`select big from place where id = 1`.execute(tx);
        runs += 1;
        // Both have read before either writes, so that one of them must lose.
        if (runs === 2) both.resolve();
        await both.promise;
        await sql`update place set big = ${(rows[0]?.big ?? 0) + 1} where id = 1`.execute(tx);
      });
    await Promise.all([add(), add()]);
    const { rows } = await sql<{ big: number }>`select big from place`.execute(db);
    assert.deepEqual([rows[0]?.big, runs], [2, 3]);
  });

  test('two that wait for each other both get through', async (t) => {
    const db = await open(t);
    await sql`insert into place values (1, null, null, 0, null), (2, null, null, 0, null)`.execute(db);
    let holding = 0;
    const both = Promise.withResolvers<void>();
    const cross = (first: number, second: number) =>
      inTransaction(db, async (tx) => {
        await sql`update place set big = big + 1 where id = ${first}`.execute(tx);
        holding += 1;
        if (holding === 2) both.resolve();
        await both.promise;
        await sql`update place set big = big + 1 where id = ${second}`.execute(tx);
      });
    await Promise.all([cross(1, 2), cross(2, 1)]);
    const { rows } = await sql<{ big: number }>`select big from place`.execute(db);
    assert.deepEqual(
      rows.map(({ big }) => big),
      [2, 2],
    );
  });

  test('another error is thrown at once, after five lost races the race itself, and nothing of it stays', async (t) => {
    const db = await open(t);
    let runs = 0;
    const fail = (code: string) =>
      inTransaction(db, async (tx) => {
        runs += 1;
        await sql`insert into place values (1, null, null, 0, null)`.execute(tx);
        throw Object.assign(new Error('failed'), { code });
      });
    await assert.rejects(fail('23505'), { code: '23505' });
    assert.equal(runs, 1);
    runs = 0;
    await assert.rejects(fail('40001'), { code: '40001' });
    assert.equal(runs, 5);
    assert.deepEqual((await sql`select from place`.execute(db)).rows, []);
  });
});
