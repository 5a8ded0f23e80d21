import {
  CamelCasePlugin,
  Kysely,
  type KyselyPlugin,
  OperationNodeTransformer,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  PostgresDialect,
  type PrimitiveValueListNode,
  type ValueNode,
} from 'kysely';
import { Pool, types } from 'pg';

/** Every room adds its tables here by declaration merging, so that one handle knows them all and no room imports another's. */
// oxlint-disable-next-line typescript/no-empty-interface, typescript/no-empty-object-type
export interface Tables {}

export type Database = Kysely<Tables>;

const int8 = 20;
const timestamptz = 1184;
const date = 1082;

// A count or a log size above 2^53 would be rounded in silence; that is a bug to hear about, not a number to show.
function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`integer out of range: ${text}`);
  return value;
}

// pg's own Date cuts microseconds and shifts dates to local midnight.
function parseInstant(text: string): Temporal.Instant {
  return Temporal.Instant.from(text.replace(' ', 'T'));
}

const parsers = new Map<number, (text: string) => unknown>([
  [int8, parseInt8],
  [timestamptz, parseInstant],
  [date, (text) => text],
]);

function parserFor(oid: number, format?: 'text' | 'binary'): unknown {
  const own = format === 'binary' ? undefined : parsers.get(oid);
  // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- see above
  return own ?? types.getTypeParser(oid, format);
}

export function openPool(url: string, { connections = 8 }: { connections?: number } = {}): Pool {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 10_000,
    types: {
      // The library types its table by an enum of known ids; any other id is as good a key.
      getTypeParser: parserFor as typeof types.getTypeParser,
    },
  });
  // A server that goes away breaks idle connections; the next query reports it. Without a listener the process would die.
  pool.on('error', () => undefined);
  // The pool listens to idle connections only. One that breaks between two statements of a transaction would end the process too.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** pg would send a Temporal.Instant as quoted JSON. */
class InstantsAsText extends OperationNodeTransformer {
  protected override transformValue(node: ValueNode): ValueNode {
    return { ...super.transformValue(node), value: plain(node.value) };
  }
  protected override transformPrimitiveValueList(node: PrimitiveValueListNode): PrimitiveValueListNode {
    return { ...super.transformPrimitiveValueList(node), values: node.values.map(plain) };
  }
}

function plain(value: unknown): unknown {
  return value instanceof Temporal.Instant ? value.toString() : value;
}

class InstantPlugin implements KyselyPlugin {
  readonly #transformer = new InstantsAsText();
  transformQuery({ node }: PluginTransformQueryArgs) {
    return this.#transformer.transformNode(node);
  }
  transformResult({ result }: PluginTransformResultArgs) {
    return Promise.resolve(result);
  }
}

export function openDatabase(pool: Pool): Database {
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true }), new InstantPlugin()],
  });
}

const serializationFailure = '40001';
const deadlockDetected = '40P01';
const attempts = 5;

/** Runs the whole body again when PostgreSQL says that it lost a race: the body must do nothing but talk to `tx`. */
export async function inTransaction<Result>(db: Database, body: (tx: Database) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute(body);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if ((code !== serializationFailure && code !== deadlockDetected) || attempt === attempts) throw error;
    }
  }
}
