import { isObject, type JsonObject, type JsonValue } from './canonical.ts';
import { type ResourceType, withoutUrn } from './schema.ts';

/**
 * A resource with the attributes that were asked for (RFC 7644 §3.9).
 * @param only Names as sent, also `name.givenName`; empty for all. `id` and `schemas` are always there.
 * @param not Names to leave out, when `only` is empty.
 */
export function projectResource(
  resource: JsonObject,
  type: ResourceType,
  { only, not }: { only: readonly string[]; not: readonly string[] },
): JsonObject {
  const names = (list: readonly string[]) => list.map((name) => withoutUrn(name.trim(), type).toLowerCase()).filter(Boolean);
  const [wanted, unwanted] = [names(only), names(not)];
  if (wanted.length === 0 && unwanted.length === 0) return resource;
  const entries = Object.entries(resource).flatMap(([name, value]): [string, JsonValue][] => {
    if (name === 'id' || name === 'schemas') return [[name, value]];
    const key = name.toLowerCase();
    if (wanted.length === 0) {
      if (unwanted.includes(key)) return [];
      return [[name, inner(value, (sub) => !unwanted.includes(`${key}.${sub.toLowerCase()}`))]];
    }
    if (wanted.includes(key)) return [[name, value]];
    if (!wanted.some((each) => each.startsWith(`${key}.`))) return [];
    return [[name, inner(value, (sub) => wanted.includes(`${key}.${sub.toLowerCase()}`))]];
  });
  return Object.fromEntries(entries);
}

function inner(value: JsonValue, keep: (name: string) => boolean): JsonValue {
  if (Array.isArray(value)) return value.map((each) => inner(each, keep));
  return isObject(value) ? Object.fromEntries(Object.entries(value).filter(([name]) => keep(name))) : value;
}
