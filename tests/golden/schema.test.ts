import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { withClient } from '../../src/app/with-client.ts';
import { testDatabase } from '../support/database.ts';
import { readForeignKeys, readSchema } from './read-schema.ts';

const golden = join(import.meta.dirname, 'schema.sql');
const update = process.env['UPDATE_GOLDEN'] === '1';

test('the migrations together make the schema of schema.sql, on every supported PostgreSQL', async (t) => {
  const { url } = await testDatabase(t);
  const schema = await withClient(url, readSchema);
  if (update) writeFileSync(golden, schema);
  assert.ok(existsSync(golden), 'UPDATE_GOLDEN=1 writes it');
  assert.equal(schema, readFileSync(golden, 'utf8'));
});

test('a change of any kind is seen in it', async (t) => {
  const { url } = await testDatabase(t);
  await withClient(url, async (client) => {
    await client.query('create table support.note (id integer primary key, of uuid, text text)');
    let before = await readSchema(client);
    for (const change of [
      'alter table support.note add column more text',
      'alter table support.note alter column text set not null',
      "alter table support.note alter column text set default 'x'",
      'alter table support.note alter column more type varchar(3)',
      "alter table support.note add check (text <> '')",
      'alter table support.note add foreign key (of) references support.question on delete cascade',
      'create index on support.note (text) where id > 3',
      'create trigger guard before update on support.note for each row execute function ledger.refuse_rewrite()',
      'alter table support.note disable trigger guard',
      "create function support.one() returns integer language sql as 'select 1'",
      'create view support.notes as select id from support.note',
      'create sequence support.counter',
      "create type support.mood as enum ('good')",
      'create schema elsewhere',
      'drop index support.question_open',
    ]) {
      await client.query(change);
      const after = await readSchema(client);
      assert.notEqual(after, before, change);
      before = after;
    }
  });
});

/** Foreign keys without an index of their own, each with the reason why nobody will miss it. */
const unindexed: Readonly<Record<string, string>> = {
  'ledger.object_head (log)': 'the two rows of ledger.log are never deleted, and no query asks for all heads of a log',
};

test('every foreign key begins an index, or has a reason not to', async (t) => {
  const { url } = await testDatabase(t);
  await withClient(url, async (client) => {
    const keys = await readForeignKeys(client);
    assert.ok(keys.length > 5, 'they were found at all');
    const without = keys.filter(({ indexed }) => !indexed).map(({ key }) => key);
    assert.deepEqual(without, Object.keys(unindexed));
    await client.query('create table support.note (question uuid references support.question)');
    assert.ok((await readForeignKeys(client)).some(({ key, indexed }) => key === 'support.note (question)' && !indexed));
    await client.query('create index on support.note (question) where question is null');
    assert.ok(
      (await readForeignKeys(client)).some(({ key, indexed }) => key === 'support.note (question)' && !indexed),
      'an index of some rows finds not all',
    );
  });
});
