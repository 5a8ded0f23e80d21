import { type Outcome, done } from '#kernel/outcome';
import { type Attribute, findAttribute, isOfExtension, type ResourceType, withoutUrn } from './schema.ts';
import { fault } from './scim-fault.ts';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export type JsonObject = { readonly [name: string]: JsonValue };

type Read = Outcome<JsonValue | undefined, 'accounts/scim-invalid-value'>;

const longestText = 1_000;
const mostValues = 50;
const mostMembers = 20_000;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * What a sender may set, out of what it sent: names as we spell them, values of the declared types, nothing that is unknown,
 * read-only or empty. So nothing a sender invents reaches a row: a payload with `roles`, `id` or `meta` sets none of them.
 */
export function canonical(sent: JsonObject, type: ResourceType): Outcome<JsonObject, 'accounts/scim-invalid-value'> {
  const read = readObject(sent, type.attributes, '', (name) => withoutUrn(name, type));
  return read.ok ? done(isObject(read.value) ? read.value : {}) : read;
}

/** One value of one attribute; `undefined` when it comes to nothing, which is the same as not being there. */
export function readValue(value: JsonValue, attribute: Attribute, at: string = attribute.name): Read {
  if (value === null) return done(undefined);
  if (!attribute.multiValued) return readOne(value, attribute, at);
  const given = Array.isArray(value) ? value : [value];
  if (given.length > (attribute.name === 'members' ? mostMembers : mostValues)) return fault('accounts/scim-invalid-value', at);
  const found: JsonValue[] = [];
  for (const each of given) {
    const read = readOne(each, attribute, at);
    if (!read.ok) return read;
    if (read.value !== undefined) found.push(read.value);
  }
  return done(found.length > 0 ? found : undefined);
}

function readOne(value: JsonValue, attribute: Attribute, at: string): Read {
  if (attribute.type === 'complex') {
    if (isObject(value)) return readObject(value, attribute.subAttributes ?? [], `${at}.`, (name) => name);
    // Some senders give an address or a member as a bare text.
    if (attribute.multiValued && typeof value === 'string')
      return readObject({ value }, attribute.subAttributes ?? [], `${at}.`, (name) => name);
    return fault('accounts/scim-invalid-value', at);
  }
  if (attribute.type === 'boolean') return readBoolean(value, at);
  // U+0000 and half a surrogate pair are texts that the database could not hold.
  const holds = typeof value === 'string' && value.length <= longestText && !value.includes('\0') && value.isWellFormed();
  if (!holds) return fault('accounts/scim-invalid-value', at);
  return done(value === '' ? undefined : value);
}

/** Entra ID sends `"False"`; taking a non-empty text for true would leave somebody in who was let go. */
function readBoolean(value: JsonValue, at: string): Read {
  if (typeof value === 'boolean') return done(value);
  if (typeof value === 'string' && /^(true|false)$/i.test(value)) return done(value.toLowerCase() === 'true');
  return fault('accounts/scim-invalid-value', at);
}

function readObject(value: JsonObject, attributes: readonly Attribute[], at: string, plain: (name: string) => string): Read {
  const found: Record<string, JsonValue> = {};
  for (const [name, each] of Object.entries(value)) {
    const attribute = findAttribute(attributes, plain(name));
    if (!attribute || attribute.readOnly) continue;
    const read = readValue(each, attribute, `${at}${attribute.name}`);
    if (!read.ok) return read;
    if (read.value !== undefined) found[attribute.name] = read.value;
  }
  return done(Object.keys(found).length > 0 ? found : undefined);
}

/** Whether a name outside of the schema is one that senders commonly map, so that it is passed over and not refused. */
export function isPassedOver(name: string, type: ResourceType): boolean {
  const [first = ''] = withoutUrn(name, type).split(/[.[]/);
  return isOfExtension(name, type) || type.ignored.has(first.toLowerCase());
}

/** Texts that a person reads as the same: case, width and composition do not tell two names apart. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().normalize('NFKC');
}
