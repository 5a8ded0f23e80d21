import { type Outcome, done } from '#kernel/outcome';
import { fold, isObject, type JsonObject, type JsonValue } from './canonical.ts';
import type { Comparison, Filter, Literal } from './parse-filter.ts';
import { type Attribute, findAttribute } from './schema.ts';
import { fault } from './scim-fault.ts';

/** Refuses a filter that asks for what a resource cannot have, or compares what has no order. */
export function checkFilter(filter: Filter, attributes: readonly Attribute[]): Outcome<null, 'accounts/scim-invalid-filter'> {
  if (filter.is === 'and' || filter.is === 'or') {
    const left = checkFilter(filter.left, attributes);
    return left.ok ? checkFilter(filter.right, attributes) : left;
  }
  if (filter.is === 'not') return checkFilter(filter.of, attributes);
  const attribute = attributeAt(attributes, filter.path);
  if (!attribute) return fault('accounts/scim-invalid-filter', filter.path);
  if (filter.is === 'some') return checkFilter(filter.fits, attribute.subAttributes ?? []);
  if (filter.is === 'compare' && attribute.type === 'boolean' && !['eq', 'ne'].includes(filter.by))
    return fault('accounts/scim-invalid-filter', filter.path);
  if (filter.is === 'compare' && attribute.type === 'dateTime' && instantOf(filter.to) === null)
    return fault('accounts/scim-invalid-filter', filter.path);
  return done(null);
}

/** Whether a resource, or one value of a multi-valued attribute, fits. The filter was checked against the same attributes. */
export function matches(filter: Filter, resource: JsonObject, attributes: readonly Attribute[]): boolean {
  if (filter.is === 'and') return matches(filter.left, resource, attributes) && matches(filter.right, resource, attributes);
  if (filter.is === 'or') return matches(filter.left, resource, attributes) || matches(filter.right, resource, attributes);
  if (filter.is === 'not') return !matches(filter.of, resource, attributes);
  const attribute = attributeAt(attributes, filter.path);
  if (!attribute) return false;
  const values = valuesAt(resource, attributes, filter.path);
  if (filter.is === 'present') return values.length > 0;
  if (filter.is === 'some')
    return values.some((value) => isObject(value) && matches(filter.fits, value, attribute.subAttributes ?? []));
  const { by, to } = filter;
  // What is not there equals null and differs from everything else (RFC 7644, table 3).
  if (to === null || values.length === 0)
    return by === 'ne' ? (to === null) === values.length > 0 : by === 'eq' && to === null && values.length === 0;
  if (by === 'ne') return !values.some((value) => compare('eq', value, to, attribute));
  return values.some((value) => compare(by, value, to, attribute));
}

function attributeAt(attributes: readonly Attribute[], path: string): Attribute | undefined {
  const [first = '', second] = path.split('.');
  const attribute = findAttribute(attributes, first);
  return second === undefined ? attribute : findAttribute(attribute?.subAttributes ?? [], second);
}

function valuesAt(resource: JsonObject, attributes: readonly Attribute[], path: string): JsonValue[] {
  const [first = '', second] = path.split('.');
  const attribute = findAttribute(attributes, first);
  const value = attribute && Object.hasOwn(resource, attribute.name) ? resource[attribute.name] : undefined;
  const values = value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
  if (!attribute || second === undefined) return values;
  return values.flatMap((each) => (isObject(each) ? valuesAt(each, attribute.subAttributes ?? [], second) : []));
}

function compare(by: Comparison, value: JsonValue, to: Literal, attribute: Attribute): boolean {
  // `emails eq "x"` means the value of one of them (RFC 7643 §2.4).
  if (attribute.type === 'complex') {
    const sub = findAttribute(attribute.subAttributes ?? [], 'value');
    const inner = isObject(value) ? value['value'] : undefined;
    return sub !== undefined && inner !== undefined && compare(by, inner, to, sub);
  }
  if (attribute.type === 'boolean') return value === (typeof to === 'string' ? to.toLowerCase() === 'true' : to);
  if (typeof value !== 'string' || typeof to === 'boolean' || to === null) return false;
  if (attribute.type === 'dateTime') {
    const [a, b] = [instantOf(value), instantOf(to)];
    return a !== null && b !== null && inOrder(by, Math.sign(Temporal.Instant.compare(a, b)));
  }
  const [a, b] = attribute.caseExact ? [value, String(to)] : [fold(value), fold(String(to))];
  if (by === 'co') return a.includes(b);
  if (by === 'sw') return a.startsWith(b);
  if (by === 'ew') return a.endsWith(b);
  return inOrder(by, a === b ? 0 : a < b ? -1 : 1);
}

function inOrder(by: Comparison, order: number): boolean {
  if (by === 'eq') return order === 0;
  if (by === 'gt') return order > 0;
  if (by === 'ge') return order >= 0;
  if (by === 'lt') return order < 0;
  return by === 'le' && order <= 0;
}

function instantOf(value: Literal): Temporal.Instant | null {
  if (typeof value !== 'string') return null;
  try {
    return Temporal.Instant.from(value);
  } catch {
    return null;
  }
}
