import type { ClientBase } from 'pg';
import type { Room } from '../rooms.ts';
import { schemaOf } from '../rooms.ts';
import type { Manifest, TableHead } from './backup-file.ts';

export const quoted = (...names: string[]) => names.map((name) => `"${name.replaceAll('"', '""')}"`).join('.');

/**
 * Every table in the rooms' schemas, with the columns that hold data: generated ones are computed anew. A partitioned table
 * stands for its partitions. The record of migrations is left out: the manifest holds it, and restoring writes its own.
 */
export async function storedTables(client: ClientBase, rooms: readonly Room[]): Promise<TableHead[]> {
  const { rows } = await client.query<{ schema: string; table: string; columns: string[] }>(
    `select n.nspname as schema, c.relname as table,
            coalesce(array_agg(a.attname::text order by a.attnum) filter (where a.attname is not null), '{}') as columns
       from pg_class c
       join pg_namespace n on n.oid = c.relnamespace
       left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      where n.nspname = any ($1) and c.relkind in ('r', 'p') and not c.relispartition
        and (n.nspname, c.relname) not in (('kernel', 'migration'), ('kernel', 'migration_lock'))
      group by 1, 2 order by 1, 2`,
    [rooms.map(schemaOf)],
  );
  return rows.map((row) => ({ kind: 'table', ...row }));
}

export async function storedSequences(client: ClientBase, rooms: readonly Room[]): Promise<Manifest['sequences']> {
  const { rows } = await client.query<{ schema: string; name: string }>(
    `select schemaname as schema, sequencename as name from pg_sequences where schemaname = any ($1) order by 1, 2`,
    [rooms.map(schemaOf)],
  );
  const sequences: Manifest['sequences'] = [];
  for (const { schema, name } of rows) {
    const state = await client.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${quoted(schema, name)}`,
    );
    const [first] = state.rows;
    if (first) sequences.push({ schema, name, ...first });
  }
  return sequences;
}
