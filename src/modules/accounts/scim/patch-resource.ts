import { type Outcome, done } from '#kernel/outcome';
import { canonical, fold, isObject, isPassedOver, type JsonObject, type JsonValue, readValue } from './canonical.ts';
import { checkFilter, matches } from './match-filter.ts';
import { type Filter, parsePath, type Path } from './parse-filter.ts';
import { type Attribute, findAttribute, type ResourceType, withoutUrn } from './schema.ts';
import { fault, type ScimFault } from './scim-fault.ts';

const patchUrn = 'urn:ietf:params:scim:api:messages:2.0:patchop';
const mostOperations = 1_000;

type Patched = Outcome<JsonObject, ScimFault>;
type Op = 'add' | 'replace' | 'remove';
type Target = { readonly op: Op; readonly attribute: Attribute; readonly path: Path; readonly value: JsonValue | undefined };

/** A resource after all operations of a PATCH body (RFC 7644 §3.5.2), or the first thing wrong: then none of them counts. */
export function patchResource(resource: JsonObject, body: JsonObject, type: ResourceType): Patched {
  const schemas = member(body, 'schemas');
  if (!Array.isArray(schemas) || !schemas.some((urn) => typeof urn === 'string' && urn.toLowerCase() === patchUrn))
    return fault('accounts/scim-invalid-syntax', 'schemas');
  const operations = member(body, 'operations');
  if (!Array.isArray(operations) || operations.length === 0) return fault('accounts/scim-invalid-syntax', 'Operations');
  if (operations.length > mostOperations) return fault('accounts/scim-too-many', 'Operations');
  let patched = resource;
  for (const operation of operations) {
    const next = isObject(operation)
      ? applyOperation(patched, operation, type)
      : fault('accounts/scim-invalid-syntax', 'Operations');
    if (!next.ok) return next;
    patched = next.value;
  }
  const missing = type.attributes.find(({ required, name }) => required && !Object.hasOwn(patched, name));
  return missing ? fault('accounts/scim-invalid-value', missing.name) : canonical(patched, type);
}

function applyOperation(resource: JsonObject, operation: JsonObject, type: ResourceType): Patched {
  const named = member(operation, 'op');
  const op =
    typeof named === 'string'
      ? (['add', 'replace', 'remove'] as const).find((known) => known === named.toLowerCase())
      : undefined;
  if (!op) return fault('accounts/scim-invalid-syntax', 'op');
  const path = member(operation, 'path');
  const value = member(operation, 'value');
  if (typeof path === 'string' && path.trim() !== '') return applyAt(resource, { op, path, value, strict: true }, type);
  if (path !== undefined && path !== null && path !== '') return fault('accounts/scim-invalid-path', 'path');
  if (op === 'remove') return fault('accounts/scim-no-target', 'path');
  if (!isObject(value)) return fault('accounts/scim-invalid-value', 'value');
  // Without a path each member is one, dotted and bracketed ones too: `{"name.givenName": "Ada"}`.
  let patched = resource;
  for (const [name, each] of Object.entries(value)) {
    const next = applyAt(patched, { op, path: name, value: each, strict: false }, type);
    if (!next.ok) return next;
    patched = next.value;
  }
  return done(patched);
}

type Step = { readonly op: Op; readonly path: string; readonly value: JsonValue | undefined; readonly strict: boolean };

/** @param strict Named as a path: what cannot be set is refused. As a member of a whole resource it is passed over, as in a PUT. */
function applyAt(resource: JsonObject, { op, path: text, value, strict }: Step, type: ResourceType): Patched {
  if (isPassedOver(text, type) || (!strict && text.toLowerCase() === 'schemas')) return done(resource);
  const parsed = parsePath(withoutUrn(text, type));
  if (!parsed.ok) return strict ? parsed : done(resource);
  const path = parsed.value;
  const attribute = findAttribute(type.attributes, path.attribute);
  if (!attribute) return strict ? fault('accounts/scim-invalid-path', text) : done(resource);
  if (attribute.readOnly) return strict ? fault('accounts/scim-mutability', text) : done(resource);
  const target = { op, attribute, path, value };
  if (path.fits) return changeSelected(resource, target, path.fits);
  return path.sub === null ? changeWhole(resource, target) : changeSub(resource, target, path.sub);
}

function changeWhole(resource: JsonObject, { op, attribute, value }: Target): Patched {
  const { name } = attribute;
  const present = resource[name];
  if (op === 'remove') {
    // Entra ID names the members that leave in the value; leaving it unread would remove everybody.
    if (attribute.multiValued && value !== undefined && value !== null) return removeListed(resource, attribute, value);
    if (attribute.required || attribute.type === 'boolean') return fault('accounts/scim-mutability', name);
    return done(without(resource, name));
  }
  const read = readValue(value ?? null, attribute);
  if (!read.ok) return read;
  if (read.value === undefined) {
    if (attribute.required || attribute.type === 'boolean') return fault('accounts/scim-invalid-value', name);
    return done(op === 'add' ? resource : without(resource, name));
  }
  if (attribute.multiValued) {
    const before = op === 'add' ? listAt(resource, name) : [];
    const fresh = Array.isArray(read.value) ? read.value.filter(isObject) : [];
    return done({ ...resource, [name]: joined(before, fresh) });
  }
  return done({ ...resource, [name]: isObject(read.value) && isObject(present) ? { ...present, ...read.value } : read.value });
}

function removeListed(resource: JsonObject, attribute: Attribute, value: JsonValue): Patched {
  const read = readValue(value, attribute);
  if (!read.ok) return read;
  const gone = new Set((Array.isArray(read.value) ? read.value : []).filter(isObject).map((each) => each['value']));
  return done(
    kept(
      resource,
      attribute.name,
      listAt(resource, attribute.name).filter((each) => !gone.has(each['value'])),
    ),
  );
}

function changeSub(resource: JsonObject, target: Target, sub: string): Patched {
  const { attribute, op } = target;
  const { name } = attribute;
  if (attribute.multiValued) {
    const values = listAt(resource, name);
    return rewritten(resource, target, sub, values, values);
  }
  const inner = findAttribute(attribute.subAttributes ?? [], sub);
  if (!inner) return fault('accounts/scim-invalid-path', `${name}.${sub}`);
  const present = resource[name];
  const changed = withSub(isObject(present) ? present : {}, inner, op, target.value);
  if (!changed.ok) return changed;
  return done(Object.keys(changed.value).length === 0 ? without(resource, name) : { ...resource, [name]: changed.value });
}

function changeSelected(resource: JsonObject, target: Target, fits: Filter): Patched {
  const { attribute, op, path, value } = target;
  const inner = attribute.subAttributes ?? [];
  if (!attribute.multiValued || !checkFilter(fits, inner).ok) return fault('accounts/scim-invalid-path', attribute.name);
  const values = listAt(resource, attribute.name);
  const selected = values.filter((each) => matches(fits, each, inner));
  if (op === 'remove' && path.sub === null)
    return done(
      kept(
        resource,
        attribute.name,
        values.filter((each) => !selected.includes(each)),
      ),
    );
  if (selected.length === 0) {
    if (op === 'remove') return done(resource);
    if (op === 'replace') return fault('accounts/scim-no-target', attribute.name);
    // Adding `emails[type eq "work"].value` where there is none makes the value that the path describes.
    const made = equalities(fits);
    return rewritten(resource, target, path.sub, [...values, made], [made]);
  }
  return rewritten(resource, { ...target, value }, path.sub, values, selected);
}

/** All values, with those of `changed` set anew; a value that becomes the primary one makes the others secondary. */
function rewritten(
  resource: JsonObject,
  target: Target,
  sub: string | null,
  values: readonly JsonObject[],
  changed: readonly JsonObject[],
): Patched {
  const { attribute, op, value } = target;
  const inner = sub === null ? null : findAttribute(attribute.subAttributes ?? [], sub);
  if (inner === undefined) return fault('accounts/scim-invalid-path', `${attribute.name}.${sub}`);
  const result: JsonObject[] = [];
  let newPrimary = -1;
  for (const each of values) {
    if (!changed.includes(each)) {
      result.push(each);
      continue;
    }
    const next = inner === null ? merged(each, attribute, value) : withSub(each, inner, op, value);
    if (!next.ok) return next;
    if (next.value['primary'] === true && each['primary'] !== true) newPrimary = result.length;
    result.push(next.value);
  }
  const single = result.map((each, at) =>
    newPrimary >= 0 && at !== newPrimary && each['primary'] === true ? { ...each, primary: false } : each,
  );
  return done(
    kept(
      resource,
      attribute.name,
      single.filter((each) => Object.hasOwn(each, 'value')),
    ),
  );
}

function merged(present: JsonObject, attribute: Attribute, value: JsonValue | undefined): Patched {
  const read = readValue(isObject(value) ? value : Array.isArray(value) ? (value[0] ?? null) : null, attribute);
  if (!read.ok) return read;
  const [given] = Array.isArray(read.value) ? read.value : [];
  return isObject(given) ? done({ ...present, ...given }) : fault('accounts/scim-invalid-value', attribute.name);
}

function withSub(present: JsonObject, inner: Attribute, op: Op, value: JsonValue | undefined): Patched {
  if (inner.readOnly) return fault('accounts/scim-mutability', inner.name);
  if (op === 'remove') return done(without(present, inner.name));
  const read = readValue(value ?? null, inner);
  if (!read.ok) return read;
  return done(read.value === undefined ? without(present, inner.name) : { ...present, [inner.name]: read.value });
}

function joined(before: readonly JsonObject[], fresh: readonly JsonObject[]): JsonObject[] {
  const known = new Map(before.map((each) => [keyOf(each), each]));
  const newPrimary = fresh.findLast((each) => each['primary'] === true);
  for (const each of fresh) known.set(keyOf(each), { ...known.get(keyOf(each)), ...each });
  const primaryKey = newPrimary && keyOf(newPrimary);
  return [...known].map(([key, each]) =>
    primaryKey !== undefined && key !== primaryKey && each['primary'] === true ? { ...each, primary: false } : each,
  );
}

/** Values of one attribute are one when value and type are. */
function keyOf({ value, type }: JsonObject): string {
  return JSON.stringify([typeof value === 'string' ? fold(value) : null, type ?? null]);
}

function equalities(filter: Filter): JsonObject {
  if (filter.is === 'and') return { ...equalities(filter.left), ...equalities(filter.right) };
  return filter.is === 'compare' && filter.by === 'eq' ? { [filter.path]: filter.to } : {};
}

function listAt(resource: JsonObject, name: string): JsonObject[] {
  const value = resource[name];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function kept(resource: JsonObject, name: string, values: readonly JsonObject[]): JsonObject {
  return values.length === 0 ? without(resource, name) : { ...resource, [name]: values };
}

function without(resource: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(resource).filter(([key]) => key !== name));
}

function member(value: JsonObject, name: string): JsonValue | undefined {
  return Object.entries(value).find(([key]) => key.toLowerCase() === name)?.[1];
}
