import { type Outcome, done } from '#kernel/outcome';
import type { JsonObject } from './canonical.ts';
import { checkFilter, matches } from './match-filter.ts';
import { type Filter, parseFilter } from './parse-filter.ts';
import type { ResourceType } from './schema.ts';

export type Asked = {
  /** As sent; `null` for all. */
  readonly filter: string | null;
  /** From 1. */
  readonly startIndex: number;
  /** 0 asks for the number alone. */
  readonly count: number;
};

export type Listed = { readonly total: number; readonly resources: readonly JsonObject[] };

/** What of a filter an index of the database answers: every match has these values. */
export type Narrowed = { readonly [path in 'id' | 'userName' | 'externalId' | 'displayName']?: string };

/** Where the resources come from: all of the namespace in a fixed order, by pages. */
export type Source = {
  count(): Promise<number>;
  page(offset: number, limit: number, narrowed: Narrowed): Promise<readonly JsonObject[]>;
};

// Read piece by piece: a whole directory at once would stand in memory for each request that filters.
const step = 500;

export async function listResources(
  source: Source,
  type: ResourceType,
  { filter, startIndex, count }: Asked,
): Promise<Outcome<Listed, 'accounts/scim-invalid-filter'>> {
  const first = startIndex - 1;
  if (filter === null) {
    const total = await source.count();
    return done({ total, resources: count === 0 ? [] : await source.page(first, count, {}) });
  }
  const parsed = parseFilter(filter);
  if (!parsed.ok) return parsed;
  const checked = checkFilter(parsed.value, type.attributes);
  if (!checked.ok) return checked;
  const narrowed = narrow(parsed.value);
  const resources: JsonObject[] = [];
  let total = 0;
  for (let offset = 0; ; offset += step) {
    const page = await source.page(offset, step, narrowed);
    for (const resource of page) {
      if (!matches(parsed.value, resource, type.attributes)) continue;
      if (total >= first && resources.length < count) resources.push(resource);
      total += 1;
    }
    if (page.length < step) return done({ total, resources });
  }
}

/** Equalities that hold for every match, found through `and` alone. */
export function narrow(filter: Filter): Narrowed {
  if (filter.is === 'and') return { ...narrow(filter.left), ...narrow(filter.right) };
  if (filter.is !== 'compare' || filter.by !== 'eq' || typeof filter.to !== 'string') return {};
  const path = (['id', 'userName', 'externalId', 'displayName'] as const).find(
    (known) => known.toLowerCase() === filter.path.toLowerCase(),
  );
  return path === undefined ? {} : { [path]: filter.to };
}
