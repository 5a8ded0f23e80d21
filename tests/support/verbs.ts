import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { publicLeafFields } from '@troth/tlog';
import type { Actor, Context, Permission } from '../../src/kernel/context.ts';
import { PermissionMissing } from '../../src/kernel/context.ts';
import type { Outcome } from '../../src/kernel/outcome.ts';
import type { Database } from '../../src/kernel/sql.ts';
import { act } from '../../src/ledger/index.ts';
import { organisationLeafFields } from '../../src/modules/organisation/index.ts';
import { policyLeafFields } from '../../src/modules/policies/index.ts';
import { supportLeafFields } from '../../src/modules/support/index.ts';
import { permissions } from '../../src/modules/accounts/index.ts';
import { testLedger, type TestLedger, visitor } from './ledger.ts';

/** The allow-list of the running application. */
const leafFields = { ...publicLeafFields, ...organisationLeafFields, ...policyLeafFields, ...supportLeafFields };

export type Verb<Input, Value, Refusal extends string> = (ctx: Context, input: Input) => Promise<Outcome<Value, Refusal>>;

/** What is sent, why it is refused, and the facts its sentence may name. */
type Refused<Input> = readonly [says: string, sent: Input, facts?: Readonly<Record<string, string | number>>];

export function testVerbs(t: { after(hook: () => Promise<void>): void }, options?: { logs?: boolean }): Promise<TestLedger> {
  return testLedger(t, leafFields, options);
}

/** Somebody who may do exactly this. */
export function staff(...may: Permission[]): Actor {
  return {
    kind: 'staff',
    id: '0d9c1f1e-0000-4000-8000-000000000001',
    may: new Set(may),
    within: new Map(),
    onceProved: new Set(),
  };
}

/** Runs a verb that must succeed, and that must record exactly these events, as `log type`, in any order. */
export async function accept<Input, Value>(
  { ledger, actor, recorded }: { ledger: TestLedger; actor: Actor; recorded: readonly string[] },
  verb: Verb<Input, Value, string>,
  sent: Input,
): Promise<Value> {
  const before = new Set((await events(ledger.db)).map(({ id }) => id));
  const answer = await act(ledger, actor, (ctx) => verb(ctx, sent));
  assert.ok(answer.ok, answer.ok ? '' : `refused with ${answer.refusal}`);
  const fresh = (await events(ledger.db)).filter(({ id }) => !before.has(id));
  assert.deepEqual(fresh.map(({ log, type }) => `${log} ${type}`).toSorted(), recorded.toSorted());
  return answer.value;
}

/**
 * Every refusal of a verb, each with at least one way to bring it about: a refusal without one does not compile.
 * Whatever is refused leaves not one row different.
 */
export async function refuseAll<Input, Refusal extends string>(
  { ledger, actor }: { ledger: TestLedger; actor: Actor },
  verb: Verb<Input, unknown, Refusal>,
  table: Readonly<Record<NoInfer<Refusal>, readonly Refused<NoInfer<Input>>[]>>,
): Promise<void> {
  for (const [refusal, rows] of Object.entries<readonly Refused<Input>[]>(table)) {
    for (const [says, sent, facts] of rows) {
      const before = await everyRow(ledger.db);
      const answer = await act(ledger, actor, (ctx) => verb(ctx, sent));
      assert.deepEqual({ says, ...answer }, { says, ok: false, refusal, facts: facts ?? (answer.ok ? {} : answer.facts) });
      assert.deepEqual(await everyRow(ledger.db), before, `${says}: something was written`);
    }
  }
}

/** Staff without the permission, staff with every other one and visitors get the same exception, and nothing changes. */
export async function needs<Input>(
  ledger: TestLedger,
  permission: Permission,
  verb: Verb<Input, unknown, string>,
  sent: Input,
): Promise<void> {
  const others = permissions.filter((each) => each !== permission);
  assert.equal(others.length, permissions.length - 1, `${permission} is a permission that some role has`);
  const before = await everyRow(ledger.db);
  for (const actor of [staff(), staff(...others), visitor]) {
    await assert.rejects(
      act(ledger, actor, (ctx) => verb(ctx, sent)),
      (error) => error instanceof PermissionMissing && error.permission === permission,
    );
  }
  assert.deepEqual(await everyRow(ledger.db), before);
}

/** All rows of all our tables as text, by table; bytes are in hexadecimal. */
export async function everyRow(db: Database): Promise<ReadonlyMap<string, string>> {
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') order by 1`.execute(db);
  const found = new Map<string, string>();
  for (const { name } of tables) {
    const { rows } = await sql<{ all: string | null }>`
      select string_agg(row::text, ${'\n'} order by row::text) as all from ${sql.raw(name)} as row`.execute(db);
    found.set(name, rows[0]?.all ?? '');
  }
  return found;
}

/** The same of a whole server, without what changes by the clock: empty batches of the private log, pulse and timetable of its jobs. */
export async function rowsAtRest(db: Database): Promise<ReadonlyMap<string, string>> {
  const restless = /^(ledger\.(log|event|tile)|kernel\.job_runner|graphile_worker\..*)$/;
  return new Map([...(await everyRow(db))].filter(([table]) => !restless.test(table)));
}

/** The tables in which a phrase can be read, as text or inside bytes. */
export async function tablesWith(db: Database, phrase: string): Promise<string[]> {
  const hex = Buffer.from(phrase).toString('hex');
  return [...(await everyRow(db))].flatMap(([name, text]) => (text.includes(phrase) || text.includes(hex) ? [name] : []));
}

/** The bytes of every public leaf one after the other. Nothing a person entered may be in them, only a hash of it. */
export async function publicLeaves(db: Database): Promise<string> {
  const rows = await db.selectFrom('ledger.event').select('leaf').where('log', '=', 'public').orderBy('id').execute();
  return rows.map(({ leaf }) => leaf.toString('utf8')).join('\n');
}

function events(db: Database) {
  return db.selectFrom('ledger.event').select(['id', 'log', 'type']).where('type', 'is not', null).execute();
}
