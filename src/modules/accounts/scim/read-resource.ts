import { type Outcome, done } from '#kernel/outcome';
import { canonical, type JsonObject } from './canonical.ts';
import type { ResourceType } from './schema.ts';
import { fault, type ScimFault } from './scim-fault.ts';

/** A whole resource out of the body of a POST or PUT. */
export function readResource(sent: JsonObject, type: ResourceType): Outcome<JsonObject, ScimFault> {
  const { schemas } = sent;
  const named =
    Array.isArray(schemas) && schemas.some((urn) => typeof urn === 'string' && urn.toLowerCase() === type.urn.toLowerCase());
  if (!named) return fault('accounts/scim-invalid-syntax', 'schemas');
  const read = canonical(sent, type);
  if (!read.ok) return read;
  const missing = type.attributes.find(({ required, name }) => required && !Object.hasOwn(read.value, name));
  return missing ? fault('accounts/scim-invalid-value', missing.name) : done(read.value);
}
