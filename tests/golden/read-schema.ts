import type { ClientBase } from 'pg';

const ours = `(select oid, nspname from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'public', 'graphile_worker'))`;

// The queue's schema is its library's, with migrations of its own.
/**
 * Everything our migrations made, as text that is the same on each PostgreSQL from 15 on. It is for reading and comparing:
 * dumps differ between versions in their comments and settings, the catalogue's own printing of a definition does not.
 */
const parts: readonly string[] = [
  `select nspname as place, 1 as kind, '' as name, 'create schema ' || nspname || ';' as line from ${ours} as schema`,

  `select format('%s.%s', nspname, relname), 2, lpad(attnum::text, 4, '0'),
      format('  column %I %s%s%s%s', attname, format_type(atttypid, atttypmod), case when attnotnull then ' not null' else '' end,
        case when attgenerated = 's' then ' generated ' when adbin is not null then ' default ' else '' end
          || coalesce(pg_get_expr(adbin, adrelid), ''),
        case when attidentity = '' then '' else ' identity ' || attidentity::text end)
    from pg_attribute join pg_class on pg_class.oid = attrelid join ${ours} as schema on schema.oid = relnamespace
      left join pg_attrdef on adrelid = attrelid and adnum = attnum
    where relkind in ('r', 'p') and attnum > 0 and not attisdropped`,

  // From 18 on the catalogue lists NOT NULL here as well (contype n); the columns say it already.
  `select format('%s.%s', nspname, relname), 3, conname, format('  constraint %I %s', conname, pg_get_constraintdef(pg_constraint.oid))
    from pg_constraint join pg_class on pg_class.oid = conrelid join ${ours} as schema on schema.oid = relnamespace
    where contype <> 'n'`,

  // The index of a primary key or unique constraint is printed with the constraint.
  `select format('%s.%s', nspname, owner.relname), 4, index.relname, '  ' || pg_get_indexdef(indexrelid)
    from pg_index join pg_class as index on index.oid = indexrelid join pg_class as owner on owner.oid = indrelid
      join ${ours} as schema on schema.oid = owner.relnamespace
    where not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x'))`,

  `select format('%s.%s', nspname, relname), 5, tgname,
      '  ' || pg_get_triggerdef(pg_trigger.oid) || case tgenabled when 'O' then '' else ' -- enabled: ' || tgenabled::text end
    from pg_trigger join pg_class on pg_class.oid = tgrelid join ${ours} as schema on schema.oid = relnamespace where not tgisinternal`,

  `select format('%s.%s', nspname, proname), 6, pg_get_function_identity_arguments(pg_proc.oid), pg_get_functiondef(pg_proc.oid)
    from pg_proc join ${ours} as schema on schema.oid = pronamespace`,

  // What we have none of so far: named, so that a first one is noticed and this query made to print it.
  `select format('%s.%s', nspname, relname), 7, '', format('  other relation of kind %s', relkind)
    from pg_class join ${ours} as schema on schema.oid = relnamespace where relkind not in ('r', 'p', 'i', 'I', 't', 'c')`,

  `select format('%s.%s', nspname, typname), 7, '', format('  type of kind %s', typtype)
    from pg_type join ${ours} as schema on schema.oid = typnamespace where typtype <> 'c' and typelem = 0`,
];

type Line = { place: string; kind: number; line: string };

export async function readSchema(client: ClientBase): Promise<string> {
  const { rows } = await client.query<Line>(
    `select place, kind, line from (${parts.join('\nunion all\n')}) as parts
      order by place collate "C", kind, name collate "C", line collate "C"`,
  );
  return rows
    .map(({ place, kind, line }, at) => {
      const begins =
        kind > 1 && kind < 6 && rows[at - 1]?.place !== place ? `\ntable ${place}\n` : kind > 5 || kind === 1 ? '\n' : '';
      return `${begins}${line.trimEnd()}\n`;
    })
    .join('')
    .trimStart();
}

/** Every foreign key as `schema.table (columns)`, and whether an index of all rows begins with exactly its columns. */
export async function readForeignKeys(client: ClientBase): Promise<{ key: string; indexed: boolean }[]> {
  const { rows } = await client.query<{ key: string; indexed: boolean }>(`
    select format('%s.%s (%s)', nspname, relname,
        (select string_agg(attname, ', ' order by place) from unnest(conkey) with ordinality as part(attnum, place)
          join pg_attribute on attrelid = conrelid and pg_attribute.attnum = part.attnum)) as key,
      exists (select from pg_index where indrelid = conrelid and indpred is null
        and (indkey::smallint[])[0:cardinality(conkey) - 1] @> conkey) as indexed
    from pg_constraint join pg_class on pg_class.oid = conrelid join ${ours} as schema on schema.oid = relnamespace
    where contype = 'f' order by 1`);
  return rows;
}
